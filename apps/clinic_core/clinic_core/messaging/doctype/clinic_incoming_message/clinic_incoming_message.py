from clinic_core.foundation.append_only import AppendOnly


class ClinicIncomingMessage(AppendOnly):
	"""What somebody answered to one of our lines (N9)."""
