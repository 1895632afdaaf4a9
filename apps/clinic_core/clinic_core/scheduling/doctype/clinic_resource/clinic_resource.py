from clinic_core.foundation.coded_master import CodedMaster


class ClinicResource(CodedMaster):
	"""A master named by its code; without one the next `RES-` number is given."""

	code_prefix = "RES"
