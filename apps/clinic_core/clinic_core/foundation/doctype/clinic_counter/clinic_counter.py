from clinic_core.foundation.document import ClinicDocument


class ClinicCounter(ClinicDocument):
	pass
