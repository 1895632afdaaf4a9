from clinic_core.foundation.document import ClinicDocument


class ClinicDisclosurePatient(ClinicDocument):
	"""One person whose data was given to somebody."""
