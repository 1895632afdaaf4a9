"""What a merge changed, kept compactly: one entry per column, however many rows (N6).

An entry is a kind, a DocType, a column and its rows: of `Moved` [name, modified] beside one old and one
new value for all; of `Changed` [name, old, new]. A thousand documents are some forty kilobytes.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import frappe

from clinic_core.foundation.document import ClinicDocument

DOCTYPE = "Clinic Patient Merge"
MOVED, CHANGED, IDENTITY = "Moved", "Changed", "Identity"
CHUNK = 1000


@dataclass(frozen=True)
class Entry:
	"""What one column of one DocType went through."""

	kind: str
	doctype: str
	field: str
	rows: list[list[Any]]
	old: Any = None
	new: Any = None

	def as_row(self) -> dict[str, Any]:
		"""The entry as a row of the merge."""
		return {
			"kind": self.kind,
			"reference_doctype": self.doctype,
			"field": self.field,
			"row_count": len(self.rows),
			"rows": json.dumps({"old": self.old, "new": self.new, "rows": self.rows}, default=str),
		}


@dataclass
class Journal:
	"""Collects the entries of a merge; the order is the one in which they were made."""

	entries: list[Entry] = field(default_factory=list)

	def moved(self, doctype: str, column: str, rows: list[list[Any]], old: str, new: str) -> None:
		"""Rows [name, modified] whose column named `old` and now names `new`."""
		if rows:
			self.entries.append(Entry(MOVED, doctype, column, rows, old, new))

	def changed(self, doctype: str, column: str, rows: list[list[Any]]) -> None:
		"""Rows [name, old, new] of a column."""
		if rows:
			self.entries.append(Entry(CHANGED, doctype, column, rows))

	def identity(self, how: str, rows: list[list[Any]]) -> None:
		"""What became of the identity numbers: see `identities`."""
		self.entries.append(Entry(IDENTITY, "Clinic Patient Identity", how, rows))

	def documents(self) -> dict[str, int]:
		"""How many rows moved, by DocType."""
		counts: dict[str, int] = {}
		for entry in self.entries:
			if entry.kind == MOVED:
				counts[entry.doctype] = counts.get(entry.doctype, 0) + len(entry.rows)
		return counts


def read(merge: ClinicDocument) -> list[Entry]:
	"""The entries of a merge, in the order they were made."""
	found = []
	for row in merge.entries:
		kept = json.loads(row.rows)
		found.append(
			Entry(row.kind, row.reference_doctype, row.field, kept["rows"], kept["old"], kept["new"])
		)
	return found


def write_values(
	journal: Journal, doctype: str, name: str, before: dict[str, Any], after: dict[str, Any]
) -> None:
	"""Change columns of one row without touching `modified`, and remember them; equal ones are left."""
	new = {column: value for column, value in after.items() if before.get(column) != value}
	if not new:
		return
	set_values(doctype, name, new)
	for column, value in new.items():
		journal.changed(doctype, column, [[name, before.get(column), value]])


def set_values(doctype: str, name: str, values: dict[str, Any]) -> None:
	"""Write columns of one row as they are."""
	table = frappe.qb.DocType(doctype)
	query = frappe.qb.update(table).where(table.name == name)
	for column, value in values.items():
		query = query.set(table[column], value)
	query.run()


def set_column(doctype: str, column: str, names: list[str], value: Any) -> None:
	"""Write one column of many rows, in chunks."""
	table = frappe.qb.DocType(doctype)
	for some in chunks(names):
		frappe.qb.update(table).set(table[column], value).where(table.name.isin(some)).run()


def chunks(names: list[str]) -> Iterator[list[str]]:
	"""The names in lists short enough for one statement."""
	for start in range(0, len(names), CHUNK):
		yield names[start : start + CHUNK]
