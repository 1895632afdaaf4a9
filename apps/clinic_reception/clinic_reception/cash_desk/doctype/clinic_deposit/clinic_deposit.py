from clinic_core.foundation.document import ClinicDocument


class ClinicDeposit(ClinicDocument):
	pass
