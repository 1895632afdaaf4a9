from clinic_core.foundation.coded_master import CodedMaster


class ClinicTeam(CodedMaster):
	"""A master named by its code; without one the next `TEAM-` number is given."""

	code_prefix = "TEAM"
