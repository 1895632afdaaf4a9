from clinic_core.foundation.coded_master import CodedMaster


class ClinicPaymentMethod(CodedMaster):
	"""A master named by its code; without one the next `PM-` number is given."""

	code_prefix = "PM"
