from clinic_core.foundation.coded_master import CodedMaster


class ClinicDepartment(CodedMaster):
	"""A master named by its code; without one the next `DEP-` number is given."""

	code_prefix = "DEP"
