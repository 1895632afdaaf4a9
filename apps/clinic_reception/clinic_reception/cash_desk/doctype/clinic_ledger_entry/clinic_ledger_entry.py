from clinic_core.foundation.append_only import AppendOnly


class ClinicLedgerEntry(AppendOnly):
	"""Written once by its module, never changed."""
