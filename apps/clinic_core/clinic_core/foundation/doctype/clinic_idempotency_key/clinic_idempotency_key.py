from clinic_core.foundation.document import ClinicDocument


class ClinicIdempotencyKey(ClinicDocument):
	"""A request that was answered, so that its twin gets the same answer."""
