from clinic_core.foundation.document import ClinicDocument


class ClinicTimeClaim(ClinicDocument):
	pass
