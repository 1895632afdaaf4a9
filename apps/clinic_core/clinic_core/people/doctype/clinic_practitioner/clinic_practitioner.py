from clinic_core.foundation.coded_master import CodedMaster


class ClinicPractitioner(CodedMaster):
	"""A master named by its code; without one the next `DR-` number is given."""

	code_prefix = "DR"
