"""What the kinds of a go-live have in common (G13): rows about a patient, each written by itself."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import frappe
from frappe import _

from clinic_core.foundation import settings
from clinic_core.people.importing import masters
from clinic_core.people.importing.columns import Field
from clinic_core.people.importing.kind import Done, Kind, Run, one_by_one
from clinic_core.people.importing.patients import people
from clinic_core.people.importing.rows import Row

BRANCH = Field(
	"branch",
	"Branch",
	headings=("clinic", "شعبه", "مرکز", "şube"),
	is_default=True,
	options="Clinic Branch",
)
NOTE = Field(
	"note", "Note", reader="long_text", headings=("comment", "description", "توضیحات", "شرح", "یادداشت")
)
AT_ONCE = 1000


class GoLiveKind(Kind):
	"""A kind whose rows are about a patient who is there already."""

	is_go_live = True
	chunk = 100

	def missing(self, columns: Mapping[str, int], given: Mapping[str, Any]) -> list[str]:
		"""The patient, and what the kind itself needs."""
		return [*people.needs_reference(columns), *super().missing(columns, given)]

	def begin(self, run: Run) -> None:
		"""Branches by what people call them."""
		run.context["branch"] = masters.load("Clinic Branch", "Branch", "title", filters={"is_active": 1})

	def settle(self, run: Run, rows: Sequence[Row]) -> None:
		"""Find the patients and branches of the rows."""
		people.find(rows)
		for row in rows:
			row.values["branch"] = run.context["branch"].find(row, "branch") or settings.get("default_branch")

	def write(self, run: Run, rows: Sequence[Row]) -> None:
		"""Each row by itself."""
		one_by_one(rows, lambda row: self.write_one(run, row))

	def write_one(self, run: Run, row: Row) -> None:
		"""Write one row and say what came of it. What is refused becomes the row's problem."""
		raise NotImplementedError

	def undo_one(self, run: Run, done: Done) -> None:
		"""Undo one row, or refuse with the reason why it stays."""
		raise NotImplementedError

	def take_back(self, run: Run, done: Sequence[Done]) -> dict[str, str]:
		"""Each by itself, the last ones first."""
		rows = {one.name: Row(0, {}) for one in done}
		wanted = {id(rows[one.name]): one for one in done}
		one_by_one(list(rows.values()), lambda row: self.undo_one(run, wanted[id(row)]))
		return {name: row.problems[0].text for name, row in rows.items() if row.problems}

	def shown(self, run: Run, row: Row) -> dict[str, Any]:
		"""The patient by name and file number, whatever the row called him."""
		values = dict(row.values)
		if values.get("patient"):
			values["full_name"] = values.get("patient_name")
		for key in ("branch", "service", "practitioner"):
			if key in run.context and values.get(key):
				values[key] = run.context[key].titles.get(values[key], values[key])
		values["national_code"] = None
		return values


def reason_of(run: Run) -> str:
	"""Why a go-live is taken back, as the manager said it."""
	said = frappe.db.get_value("Clinic Import", run.name, "take_back_reason")
	return said or _("The import was taken back.")


def in_parts(references: Sequence[str]) -> Iterator[list[str]]:
	"""Names in portions that fit into one query."""
	for start in range(0, len(references), AT_ONCE):
		yield list(references[start : start + AT_ONCE])
