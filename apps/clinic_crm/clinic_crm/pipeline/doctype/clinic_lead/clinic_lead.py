from clinic_core.foundation.document import ClinicDocument


class ClinicLead(ClinicDocument):
	pass
