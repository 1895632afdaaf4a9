from clinic_core.foundation.append_only import AppendOnly


class ClinicServicePrice(AppendOnly):
	"""Clinic Service Price."""
