from clinic_core.foundation.coded_master import CodedMaster


class ClinicSuggestedService(CodedMaster):
	"""Clinic Suggested Service."""

	code_prefix = "SUG"
