from clinic_core.foundation.document import ClinicDocument


class ClinicPatient(ClinicDocument):
	pass
