from clinic_core.foundation.coded_master import CodedMaster


class ClinicBranch(CodedMaster):
	"""A master named by its code; without one the next `BR-` number is given."""

	code_prefix = "BR"
