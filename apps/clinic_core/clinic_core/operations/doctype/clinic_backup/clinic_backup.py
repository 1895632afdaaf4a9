from clinic_core.foundation.document import ClinicDocument


class ClinicBackup(ClinicDocument):
	"""One run of the backup: what came of it, where the files are, what was checked (N7)."""
