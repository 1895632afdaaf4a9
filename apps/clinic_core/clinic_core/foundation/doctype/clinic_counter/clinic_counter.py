from clinic_core.foundation.document import ClinicDocument


class ClinicCounter(ClinicDocument):
	"""The last number given of one kind; moved by `foundation.counters` only."""
