from clinic_core.foundation.document import ClinicDocument


class ClinicSession(ClinicDocument):
	pass
