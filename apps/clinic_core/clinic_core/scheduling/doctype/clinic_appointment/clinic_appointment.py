from clinic_core.foundation.document import ClinicDocument


class ClinicAppointment(ClinicDocument):
	pass
