from clinic_core.foundation.document import ClinicDocument


class ClinicLeadForm(ClinicDocument):
	pass
