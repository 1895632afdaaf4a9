from clinic_core.foundation.document import ClinicDocument


class ClinicBackupSettings(ClinicDocument):
	"""When backups are made, how long they are kept, and where."""
