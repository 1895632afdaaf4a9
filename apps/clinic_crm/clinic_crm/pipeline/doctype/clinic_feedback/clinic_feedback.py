from clinic_core.foundation.coded_master import CodedMaster


class ClinicFeedback(CodedMaster):
	"""A master named by its code; without one the next `FB-` number is given."""

	code_prefix = "FB"
