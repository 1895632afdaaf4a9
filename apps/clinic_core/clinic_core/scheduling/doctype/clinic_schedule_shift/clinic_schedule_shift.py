from clinic_core.foundation.document import RowWithTimes


class ClinicScheduleShift(RowWithTimes):
	"""Row of its parent, which validates it."""
