from clinic_core.foundation.document import ClinicDocument


class ClinicSchedule(ClinicDocument):
	pass
