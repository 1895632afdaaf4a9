from clinic_core.foundation.coded_master import CodedMaster
from clinic_core.foundation.errors import refuse_input
from frappe import _


class ClinicTeam(CodedMaster):
	"""People who share leads; named by its code, without one the next `TEAM-` number is given."""

	code_prefix = "TEAM"

	def validate(self) -> None:
		seen = set()
		for row in self.members:
			if row.user in seen:
				refuse_input(_("Members"), _("{0} is in the team twice.").format(row.user))
			seen.add(row.user)
