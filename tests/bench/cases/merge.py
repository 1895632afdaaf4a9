"""Merging two files, one with a thousand linked documents (D45, N6)."""

from typing import Any

from clinic_core.people.merging import references

from tests.bench.case import Case, WrongAnswer
from tests.bench.cases import rows
from tests.bench.keep import Keeper
from tests.bench.lab import Plain

LINKED = 1000
_PARTS = (
	("Clinic Appointment", "patient", 400),
	("Clinic Visit", "patient", 300),
	("ToDo", "reference_name", 300),
)
PATIENT = "Clinic Patient"


class Merge(Case):
	"""A pair of files for each repetition and another for its floor; all documents lie on the second."""

	name = "merge-1000"
	endpoint = "clinic_core.people.api.merge_patients"
	role = "manager"
	repetitions = 20
	warm_up = 2

	def prepare(self, keeper: Keeper, times: int) -> None:
		with self.lab.plain() as sql:
			for number in range(2 * (times + self.warm_up)):
				self._pair(sql, number)
			sql.commit()

	def _pair(self, sql: Plain, number: int) -> None:
		for side in ("keep", "twin"):
			name = f"bm-{side}-{number:04d}"
			row = rows.document(sql, first_name=side, full_name=name, file_no=name, status="Active")
			sql.insert(PATIENT, {**row, "name": name})
		twin = f"bm-twin-{number:04d}"
		for doctype, field, count in _PARTS:
			about = {field: twin} | ({"reference_type": PATIENT} if doctype == "ToDo" else {})
			about |= {} if doctype == "ToDo" else {"status": "Cancelled"}
			sql.insert(doctype, *(rows.document(sql, **about) for _row in range(count)))

	def arguments(self, number: int) -> dict[str, Any]:
		return {"keep": f"bm-keep-{2 * number:04d}", "duplicate": f"bm-twin-{2 * number:04d}"}

	def floor(self, sql: Plain, number: int, arguments: dict[str, Any]) -> int:
		"""Lock both, one UPDATE for each column that may point there, one for the tombstone."""
		keep, twin = f"bm-keep-{2 * number + 1:04d}", f"bm-twin-{2 * number + 1:04d}"
		sql.rows(f"SELECT name FROM `tab{PATIENT}` WHERE name IN (%s, %s) FOR UPDATE", keep, twin)
		for one in references.movable():
			condition = f" AND `{one.type_field}` = '{PATIENT}'" if one.type_field else ""
			sql.do(
				f"UPDATE `tab{one.doctype}` SET `{one.field}` = %s WHERE `{one.field}` = %s{condition}",
				keep,
				twin,
			)
		sql.do(f"UPDATE `tab{PATIENT}` SET status = 'Merged', merged_into = %s WHERE name = %s", keep, twin)
		sql.commit()
		return LINKED

	def check(self, answer: Any, floor: Any) -> None:
		if answer["moved"] != floor:
			raise WrongAnswer(f"merge: {answer}")
