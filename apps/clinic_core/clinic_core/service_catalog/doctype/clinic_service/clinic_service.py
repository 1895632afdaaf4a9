from clinic_core.foundation.coded_master import CodedMaster


class ClinicService(CodedMaster):
	"""A master named by its code; without one the next `SRV-` number is given."""

	code_prefix = "SRV"
