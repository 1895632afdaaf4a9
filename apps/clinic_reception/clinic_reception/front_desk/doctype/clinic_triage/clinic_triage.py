from clinic_core.foundation.document import ClinicDocument


class ClinicTriage(ClinicDocument):
	pass
