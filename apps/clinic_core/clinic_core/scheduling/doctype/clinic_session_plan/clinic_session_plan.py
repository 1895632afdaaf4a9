from clinic_core.foundation.document import ClinicDocument


class ClinicSessionPlan(ClinicDocument):
	pass
