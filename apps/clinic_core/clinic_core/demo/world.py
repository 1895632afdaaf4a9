"""What the parts of the demo clinic share: a seeded dice, a calendar, and a buffer of rows.

History is written in bulk: three months of a clinic's life document by document would take many
minutes. The parts keep the invariants of the documents themselves (`tests/integration` checks
them), and everything written here can be taken away again: bulk rows by their name, masters and
users by the manifest.
"""

import datetime
import hashlib
import random
from collections.abc import Callable, Iterable
from typing import Any

import frappe
from frappe.utils import now_datetime

from clinic_core.foundation.counters import next_numbers
from clinic_core.foundation.jalali import jalali_year

SEED = 14050830
MARK = "demo-"
PAST_DAYS, COMING_DAYS = 90, 14

Row = dict[str, Any]


class World:
	"""The state of one installation of the demo clinic.

	`lang` is "fa" or "en"; `today` and `now` are the site's. Parts leave what others build upon in
	`shared` (for example `patients`, `appointments`), as lists of rows that may still be changed
	until `flush`; `later` are jobs to do once all rows are stored.
	"""

	def __init__(self, lang: str) -> None:
		self.lang = lang
		self.rng = random.Random(SEED)
		self.now: datetime.datetime = now_datetime().replace(microsecond=0)
		self.today = self.now.date()
		self.shared: dict[str, Any] = {}
		self.later: list[Callable[[], None]] = []
		self.manifest: dict[str, Any] = {"masters": [], "changes": [], "lang": lang, "day": str(self.today)}
		self._rows: dict[str, list[Row]] = {}
		self._counts: dict[str, int] = {}
		self._taken: dict[str, set[str]] = {}

	def say(self, text: str) -> None:
		"""One line of progress."""
		print(f"  demo: {text}", flush=True)  # noqa: T201 (a command's output)

	def text(self, pair: tuple[str, str]) -> str:
		"""The text of a (Persian, English) pair in the language of this clinic."""
		return pair[0] if self.lang == "fa" else pair[1]

	def user(self, name: str) -> str:
		"""Login of a demo user, for example `reception`."""
		return f"{name}@clinic.example"

	def name_for(self, doctype: str) -> str:
		"""The next long name of a bulk row; the same in every run.

		Names of an earlier demo clinic whose records stayed, because people used them, are passed over.
		"""
		if doctype not in self._taken:
			self._taken[doctype] = set(
				frappe.get_all(doctype, {"name": ("like", f"{MARK}%")}, pluck="name", order_by="name asc")
			)
		while True:
			self._counts[doctype] = self._counts.get(doctype, 0) + 1
			name = MARK + hashlib.md5(f"{doctype}:{self._counts[doctype]}".encode()).hexdigest()[:16]
			if name not in self._taken[doctype]:
				return name

	def add(
		self, doctype: str, when: datetime.datetime | None = None, owner: str | None = None, **fields: Any
	) -> Row:
		"""Buffer one row, created `when` by `owner`; it may be changed until `flush`."""
		at = when or self.now
		person = owner or "Administrator"
		row = {
			"name": self.name_for(doctype),
			"creation": at,
			"modified": at,
			"owner": person,
			"modified_by": person,
			"docstatus": 0,
			"idx": 0,
			**fields,
		}
		self._rows.setdefault(doctype, []).append(row)
		return row

	def add_child(
		self, doctype: str, parent: Row, parenttype: str, parentfield: str, idx: int = 1, **fields: Any
	) -> Row:
		"""Buffer one row of a child table."""
		return self.add(
			doctype,
			parent["creation"],
			parent["owner"],
			parent=parent["name"],
			parenttype=parenttype,
			parentfield=parentfield,
			**{**fields, "idx": idx},
		)

	def master(self, doctype: str, code: str, **fields: Any) -> str:
		"""Insert a master through its own document unless the code exists already. Returns its name."""
		if frappe.db.exists(doctype, code):
			return code
		doc = frappe.get_doc({"doctype": doctype, "code": code, **fields})
		doc.insert(ignore_permissions=True)
		self.manifest["masters"].append([doctype, doc.name])
		return doc.name

	def document(self, doctype: str, **fields: Any) -> Any:
		"""Insert any document through its own rules, to be taken away again with the demo."""
		doc = frappe.get_doc({"doctype": doctype, **fields}).insert(ignore_permissions=True)
		self.manifest["masters"].append([doctype, doc.name])
		return doc

	def has(self, doctype: str, **values: Any) -> bool:
		"""Whether a record with these values is here already: the clinic's own, or one that stayed."""
		return bool(frappe.db.exists(doctype, values))

	def once(self, doctype: str, same: dict[str, Any], **fields: Any) -> Any:
		"""The record that has the values `same` already, else a new one: see `document`.

		What people went on using stays when a demo clinic goes, and may be there only once.
		"""
		known = frappe.db.exists(doctype, same)
		return frappe.get_doc(doctype, known) if known else self.document(doctype, **same, **fields)

	def adopt(self, doctype: str, name: str) -> None:
		"""Take this record away with the demo, too."""
		self.manifest["masters"].append([doctype, name])

	def change(self, doctype: str, name: str, field: str, value: Any) -> None:
		"""Change a record that is not ours; removing the demo puts the old value back."""
		old = frappe.db.get_value(doctype, name, field)
		if old == value:
			return
		write_value(doctype, name, field, value)
		self.manifest["changes"].append([doctype, name, field, old, value])

	def number(self, doctype: str, field: str, kind: str, moment: str) -> None:
		"""Give the buffered rows the numbers people read, in the order of their `moment`, by branch and year."""
		groups: dict[tuple[str, int], list[Row]] = {}
		for row in sorted(self.rows(doctype), key=lambda r: (r[moment], r["name"])):
			groups.setdefault((row["branch"], jalali_year(row[moment].date())), []).append(row)
		for (branch, _year), rows in groups.items():
			numbers = next_numbers(kind, len(rows), branch, rows[0][moment].date())
			for row, number in zip(rows, numbers, strict=True):
				row[field] = number

	def rows(self, doctype: str) -> list[Row]:
		"""The rows buffered so far."""
		return self._rows.get(doctype, [])

	def flush(self) -> int:
		"""Write everything buffered. Returns the number of rows."""
		total = 0
		for doctype, rows in self._rows.items():
			_insert(doctype, rows)
			total += len(rows)
		self._rows = {}
		for job in self.later:
			job()
		return total


def write_value(doctype: str, name: str, field: str, value: Any) -> None:
	"""Set one field; a single has no row of its own."""
	if doctype == name:
		frappe.db.set_single_value(doctype, field, value, update_modified=False)
	else:
		frappe.db.set_value(doctype, name, field, value, update_modified=False)


def _insert(doctype: str, rows: list[Row]) -> None:
	columns = _columns(rows)
	blanks = {column: _blank(doctype, column) for column in columns}
	frappe.db.bulk_insert(
		doctype,
		columns,
		[
			[row[column] if row.get(column) is not None else blanks[column] for column in columns]
			for row in rows
		],
		chunk_size=1000,
	)


def _columns(rows: Iterable[Row]) -> list[str]:
	seen: dict[str, None] = {}
	for row in rows:
		seen.update(dict.fromkeys(row))
	return list(seen)


def _blank(doctype: str, column: str) -> Any:
	df = frappe.get_meta(doctype).get_field(column)
	return 0 if df and df.fieldtype in ("Check", "Int", "Float", "Currency", "Percent") else None
