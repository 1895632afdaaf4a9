from clinic_core.foundation.document import ClinicDocument


class ClinicActivity(ClinicDocument):
	pass
