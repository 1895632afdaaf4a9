from clinic_core.foundation.document import ClinicDocument


class ClinicSearchKey(ClinicDocument):
	pass
