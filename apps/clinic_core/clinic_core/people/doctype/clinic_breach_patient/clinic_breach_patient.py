from clinic_core.foundation.document import ClinicDocument


class ClinicBreachPatient(ClinicDocument):
	"""One person whom a breach concerns, and when he was told."""
