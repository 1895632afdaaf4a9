from clinic_core.foundation.document import ClinicDocument


class ClinicEventFailure(ClinicDocument):
	pass
