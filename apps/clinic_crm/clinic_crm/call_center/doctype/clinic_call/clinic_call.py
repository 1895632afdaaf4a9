from clinic_core.foundation.document import ClinicDocument


class ClinicCall(ClinicDocument):
	pass
