from clinic_core.foundation.document import ClinicDocument


class ClinicPayment(ClinicDocument):
	pass
