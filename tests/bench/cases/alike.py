"""Who somebody may be, asked while he is typed in (B17, D22)."""

from typing import Any

from clinic_core.people import tokens

from tests.bench.case import Case, WrongAnswer
from tests.bench.data import people
from tests.bench.lab import Plain

_NEW_FROM = 8_000_000
"""Numbers of invented people who are in no data set."""
_MOST = 5


class PossibleDuplicates(Case):
	"""A newcomer whose name many already have: every one of them is compared."""

	name = "possible-duplicates"
	endpoint = "clinic_core.people.api.possible_duplicates"

	def arguments(self, number: int) -> dict[str, Any]:
		first, last = people.given_and_family(43, number, "Female")
		mobile = "0" + people.mobile(_NEW_FROM + number)[3:]
		return {"first_name": first, "last_name": last, "mobile": mobile, "gender": "Female"}

	def floor(self, sql: Plain, number: int, arguments: dict[str, Any]) -> Any:
		"""Those who share the number or the whole name, with what tells them apart."""
		phone = "+98" + arguments["mobile"][1:]
		name = f"{arguments['first_name']} {arguments['last_name']}"
		wanted = sorted(tokens.all_tokens([name], [(phone, phone[3:])], [], []))
		looks = " OR ".join(["(kind = %s AND token = %s)"] * len(wanted))
		values = [value for token in wanted for value in (token.kind, token.token)]
		return sql.rows(
			"SELECT p.name, p.full_name, p.file_no, p.mobile, p.gender, p.birth_date, p.last_visit_on"
			" FROM `tabClinic Patient` p JOIN (SELECT DISTINCT reference_name FROM `tabClinic Search Key`"
			f" WHERE reference_doctype = 'Clinic Patient' AND ({looks}) LIMIT 100) k"
			" ON k.reference_name = p.name",
			*values,
		)

	def check(self, answer: Any, floor: Any) -> None:
		if len(answer) > _MOST or any(not row["reasons"] for row in answer):
			raise WrongAnswer(f"{self.name}: {answer!r:.300}")
