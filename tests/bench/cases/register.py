"""Registering a patient (D22–D25)."""

from typing import Any

from clinic_core.people import tokens
from clinic_core.people.identity import kinds, mask
from clinic_core.people.identity.kinds import Identity

from tests.bench.case import Case, WrongAnswer
from tests.bench.cases import rows
from tests.bench.data import people
from tests.bench.lab import Plain

_NEW_FROM = 7_000_000
"""Numbers of invented people who are in no data set: neither patients nor contacts."""


class Register(Case):
	"""A newcomer with phone and national code, whose name many already have."""

	name = "register"
	endpoint = "clinic_core.people.api.register_patient"

	def arguments(self, number: int) -> dict[str, Any]:
		return self._person(2 * number)

	def _person(self, number: int) -> dict[str, Any]:
		first, last = people.given_and_family(41, number, "Female")
		return {
			"first_name": first,
			"last_name": last,
			"mobile": "0" + people.mobile(_NEW_FROM + number)[3:],
			"national_code": people.national_code(_NEW_FROM + number),
			"referral_source": people.SOURCES[0],
			"gender": "Female",
			"birth_date": "1990-05-01",
			"branch": self.world.branches[0],
		}

	def floor(self, sql: Plain, number: int, arguments: dict[str, Any]) -> Any:
		"""Is the code taken, who looks alike, a number, and one INSERT for each table."""
		person = self._person(2 * number + 1)
		phone, full_name = "+98" + person["mobile"][1:], f"{person['first_name']} {person['last_name']}"
		sql.rows(
			"SELECT name FROM `tabClinic Patient Identity` WHERE unique_key = %s",
			Identity(kinds.NATIONAL_CODE, person["national_code"]).key,
		)
		wanted = tokens.all_tokens([full_name], [(phone, phone[3:])], [person["national_code"]], [])
		marks = ", ".join(["%s"] * len(wanted))
		alike = sql.rows(
			"SELECT p.name, p.full_name, i.number, p.birth_date, p.gender FROM `tabClinic Patient` p"
			" LEFT JOIN `tabClinic Patient Identity` i ON i.name = p.name"
			" JOIN (SELECT DISTINCT reference_name FROM `tabClinic Search Key`"
			" WHERE reference_doctype = 'Clinic Patient' AND kind IN ('name', 'tail', 'code')"
			f" AND token IN ({marks}) LIMIT 100) k ON k.reference_name = p.name",
			*(token.token for token in wanted),
		)
		file_no = f"floor-{sql.number(self._counter):06d}"
		patient = rows.document(
			sql,
			**{key: person[key] for key in ("first_name", "last_name", "referral_source")},
			national_code=mask.mask(person["national_code"]),
			identity_kind=kinds.NATIONAL_CODE,
			**{key: person[key] for key in ("gender", "birth_date", "branch")},
			full_name=full_name,
			mobile=phone,
			file_no=file_no,
			status="Active",
		)
		sql.insert("Clinic Patient", patient)
		identity = Identity(kinds.NATIONAL_CODE, person["national_code"])
		own = {"name": patient["name"], "patient": patient["name"], "unique_key": identity.key}
		sql.insert(
			"Clinic Patient Identity",
			{**rows.document(sql, kind=identity.kind, number=identity.number), **own},
		)
		sql.insert(
			"Clinic Patient Phone",
			rows.child(sql, patient["name"], "Clinic Patient", "phones", phone=phone, is_main=1),
		)
		found = sorted(wanted | tokens.file_tokens(file_no))
		about = {"reference_doctype": "Clinic Patient", "reference_name": patient["name"]}
		sql.insert(
			"Clinic Search Key",
			*(rows.document(sql, kind=one.kind, token=one.token, **about) for one in found),
		)
		sql.commit()
		return len(alike)

	def prepare(self, keeper: Any, times: int) -> None:
		self._counter = rows.newest_counter(self.lab, "file_no")

	def check(self, answer: Any, floor: Any) -> None:
		if not answer["name"] or not answer["file_no"]:
			raise WrongAnswer(f"register: {answer}")
