from clinic_core.foundation.document import ClinicDocument


class ClinicCalendarFeed(ClinicDocument):
	"""That a practitioner's calendar can be read from outside, by whoever knows its secret address (F14)."""
