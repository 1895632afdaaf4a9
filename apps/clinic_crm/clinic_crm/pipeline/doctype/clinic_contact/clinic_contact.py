from clinic_core.foundation.document import ClinicDocument


class ClinicContact(ClinicDocument):
	pass
