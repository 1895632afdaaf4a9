from clinic_core.foundation.coded_master import CodedMaster


class ClinicMarketingChannel(CodedMaster):
	"""A master named by its code; without one the next `CH-` number is given."""

	code_prefix = "CH"
