from clinic_core.foundation.document import ClinicDocument


class ClinicPriceUpdate(ClinicDocument):
	"""Clinic Price Update."""
