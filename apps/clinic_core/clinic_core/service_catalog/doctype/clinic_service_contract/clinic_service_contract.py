from clinic_core.foundation.coded_master import CodedMaster


class ClinicServiceContract(CodedMaster):
	"""Clinic Service Contract."""

	code_prefix = "CON"
