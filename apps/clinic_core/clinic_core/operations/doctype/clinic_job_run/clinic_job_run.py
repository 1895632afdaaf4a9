from clinic_core.foundation.document import ClinicDocument


class ClinicJobRun(ClinicDocument):
	"""One run of the night job: when, how long, how it ended, step by step."""
