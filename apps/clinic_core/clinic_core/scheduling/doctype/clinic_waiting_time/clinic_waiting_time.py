from clinic_core.foundation.document import RowWithTimes


class ClinicWaitingTime(RowWithTimes):
	"""One row."""
