from clinic_core.foundation.document import ClinicDocument


class ClinicSettings(ClinicDocument):
	pass
