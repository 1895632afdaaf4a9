from clinic_core.foundation.coded_master import CodedMaster


class ClinicLegalEntity(CodedMaster):
	"""A master named by its code; without one the next `LE-` number is given."""

	code_prefix = "LE"
