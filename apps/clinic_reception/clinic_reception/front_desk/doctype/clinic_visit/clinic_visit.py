from clinic_core.foundation.document import ClinicDocument


class ClinicVisit(ClinicDocument):
	pass
