from clinic_core.foundation.document import ClinicDocument


class ClinicEntitlement(ClinicDocument):
	pass
