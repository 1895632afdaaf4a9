from clinic_core.foundation.document import ClinicDocument


class ClinicImportMapping(ClinicDocument):
	"""Which column was which field, for a set of headings; deleting it forgets it."""
