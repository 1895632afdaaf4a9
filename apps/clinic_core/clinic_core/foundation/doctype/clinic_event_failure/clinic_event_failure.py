from clinic_core.foundation.document import ClinicDocument


class ClinicEventFailure(ClinicDocument):
	"""A handler of another app that failed; retried by a job, shown to the manager."""
