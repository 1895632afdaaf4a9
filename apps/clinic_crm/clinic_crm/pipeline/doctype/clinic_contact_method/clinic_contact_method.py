from clinic_core.foundation.coded_master import CodedMaster


class ClinicContactMethod(CodedMaster):
	"""A master named by its code; without one the next `CM-` number is given."""

	code_prefix = "CM"
