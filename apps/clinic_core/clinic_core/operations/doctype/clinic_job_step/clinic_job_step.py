from clinic_core.foundation.document import ClinicDocument


class ClinicJobStep(ClinicDocument):
	"""The part of one module in a job's run."""
