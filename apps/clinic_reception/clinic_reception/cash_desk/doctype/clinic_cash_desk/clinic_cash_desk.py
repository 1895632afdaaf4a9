from clinic_core.foundation.coded_master import CodedMaster


class ClinicCashDesk(CodedMaster):
	"""A master named by its code; without one the next `DESK-` number is given."""

	code_prefix = "DESK"
