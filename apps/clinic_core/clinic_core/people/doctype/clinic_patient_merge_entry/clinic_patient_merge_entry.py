from clinic_core.foundation.document import ClinicDocument


class ClinicPatientMergeEntry(ClinicDocument):
	"""What one column lost or got in a merge, for many rows at once; written by `merging.journal` only."""
