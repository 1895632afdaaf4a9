from clinic_core.foundation.document import ClinicDocument


class ClinicAlert(ClinicDocument):
	"""What the managers were told about the system, once per code and day, until it is well again."""
