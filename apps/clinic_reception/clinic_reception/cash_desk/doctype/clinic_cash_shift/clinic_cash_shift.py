from clinic_core.foundation.document import ClinicDocument


class ClinicCashShift(ClinicDocument):
	pass
