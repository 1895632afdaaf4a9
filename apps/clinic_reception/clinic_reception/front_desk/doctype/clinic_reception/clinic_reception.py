from clinic_core.foundation.document import ClinicDocument


class ClinicReception(ClinicDocument):
	pass
