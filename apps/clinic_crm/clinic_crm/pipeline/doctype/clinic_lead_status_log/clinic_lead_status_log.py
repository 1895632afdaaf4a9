from clinic_core.foundation.append_only import AppendOnly


class ClinicLeadStatusLog(AppendOnly):
	"""Written once by its module, never changed."""
