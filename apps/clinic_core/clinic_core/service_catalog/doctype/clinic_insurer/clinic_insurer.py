from clinic_core.foundation.coded_master import CodedMaster


class ClinicInsurer(CodedMaster):
	"""Clinic Insurer."""

	code_prefix = "INS"
