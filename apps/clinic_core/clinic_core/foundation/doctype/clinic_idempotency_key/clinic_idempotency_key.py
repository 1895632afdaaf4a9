from clinic_core.foundation.document import ClinicDocument


class ClinicIdempotencyKey(ClinicDocument):
	pass
