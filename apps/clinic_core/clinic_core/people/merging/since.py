"""What happened after a merge that undoing it would tear apart (N6)."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import escape_html

from clinic_core.people.merging import identities, references
from clinic_core.people.merging.journal import CHANGED, IDENTITY, MOVED, Entry, chunks
from clinic_core.people.merging.references import Reference
from clinic_core.scheduling.claims import DOCTYPE as CLAIM

PATIENT = "Clinic Patient"
TWO_COLUMNS = frozenset({"name", "modified"})
DEEPEST = 5


@dataclass
class Since:
	"""`written`: rows of append-only tables, nothing can go back over them. `changed`: moved documents
	that were changed. `values`: (DocType, name, column) of the files that were changed. `new`: documents of
	the kept file that hang on moved ones, by their column."""

	written: list[tuple[str, str]] = field(default_factory=list)
	changed: list[tuple[str, str]] = field(default_factory=list)
	values: set[tuple[str, str, str]] = field(default_factory=set)
	new: dict[Reference, list[str]] = field(default_factory=dict)

	def sentences(self) -> list[str]:
		"""What happened, one sentence each, in the reader's language."""
		found = [_("{0}: written since").format(_(one)) for one in sorted({d for d, _n in self.written})]
		found += [_("{0}: changed since").format(_named(*one)) for one in self.changed]
		found += [
			_("{0}: new since").format(_named(one.doctype, name))
			for one, names in sorted(self.new.items())
			for name in names
		]
		return found + [
			_("{0}: changed since").format(_(frappe.get_meta(doctype).get_label(column)))
			for doctype, _name, column in sorted(self.values)
		]


def look(merge: Document, entries: list[Entry]) -> Since:
	"""Everything that happened since. A few statements for each column that moved."""
	found = Since()
	shown = _names_shown()
	for entry in entries:
		if entry.kind == MOVED and entry.doctype != CLAIM:
			found.changed += [(entry.doctype, name) for name in _changed_rows(entry)]
		elif entry.kind == CHANGED and (entry.doctype, entry.field) not in shown:
			found.values |= {(entry.doctype, name, entry.field) for name in changed_values(entry)}
		elif entry.kind == IDENTITY and not identities.is_as_merged(entry.rows[0]):
			found.values.add((PATIENT, merge.kept, "national_code"))
	_look_for_new(merge, entries, found)
	return found


def _names_shown() -> set[tuple[str, str]]:
	"""(DocType, column) of every name shown beside a link: it follows the file, nobody typed it."""
	return {(doctype, column) for (doctype, _link), column in references.columns_of_names().items()}


def _changed_rows(entry: Entry) -> list[str]:
	"""Moved rows that are gone, point elsewhere, or were saved since."""
	table, now = frappe.qb.DocType(entry.doctype), {}
	for names in chunks([row[0] for row in entry.rows]):
		query = frappe.qb.from_(table).select(table.name, table.modified, table[entry.field])
		now |= {name: rest for name, *rest in query.where(table.name.isin(names)).run()}
	return [
		name for name, modified in entry.rows if now.get(name) and now[name] != [_moment(modified), entry.new]
	]


def _moment(text: str) -> datetime.datetime | None:
	return frappe.utils.get_datetime(text) if text else None


def changed_values(entry: Entry) -> list[str]:
	"""Rows of a `Changed` entry whose value is not the one the merge wrote."""
	table, now = frappe.qb.DocType(entry.doctype), {}
	for names in chunks([row[0] for row in entry.rows]):
		query = frappe.qb.from_(table).select(table.name, table[entry.field])
		now |= dict(query.where(table.name.isin(names)).run())
	return [name for name, _old, new in entry.rows if name not in now or _text(now[name]) != _text(new)]


def _text(value: Any) -> str:
	return "" if value is None else str(value)


def _look_for_new(merge: Document, entries: list[Entry], found: Since) -> None:
	"""Documents of the kept file made since that hang on what moved, and what hangs on those."""
	young = _young(merge)
	hung: dict[str, set[str]] = defaultdict(set)
	for entry in entries:
		if entry.kind == MOVED:
			hung[entry.doctype] |= {row[0] for row in entry.rows}
	for _depth in range(DEEPEST):
		more: dict[str, set[str]] = defaultdict(set)
		for one, names in young.items():
			if hanging := _hanging(one.doctype, names, hung):
				more[one.doctype] |= hanging
				names -= hanging
				_keep(found, one, sorted(hanging))
		if not more:
			return
		for doctype, names in more.items():
			hung[doctype] |= names


def _keep(found: Since, one: Reference, names: list[str]) -> None:
	if references.is_append_only(one.doctype):
		found.written += [(one.doctype, name) for name in names]
	else:
		found.new.setdefault(one, []).extend(names)


def _young(merge: Document) -> dict[Reference, set[str]]:
	"""Rows of the kept file that were made after the merge."""
	young = {}
	for one in [*references.movable(), *references.staying()]:
		if one.is_table or one.doctype == PATIENT:
			continue
		table = frappe.qb.DocType(one.doctype)
		query = frappe.qb.from_(table).select(table.name).where(one.holds(table, [merge.kept]))
		if names := set(query.where(table.creation >= merge.merged_at).run(pluck=True)):
			young[one] = names
	return young


def _hanging(doctype: str, names: Iterable[str], hung: dict[str, set[str]]) -> set[str]:
	"""Which of these documents name one of the hung ones, in themselves or in their tables."""
	names = sorted(names)
	if not names:
		return set()
	meta = frappe.get_meta(doctype)
	found = _naming(doctype, "name", names, hung)
	for df in meta.get_table_fields():
		found |= _naming(df.options, "parent", names, hung)
	return found


def _naming(doctype: str, column: str, names: list[str], hung: dict[str, set[str]]) -> set[str]:
	"""Values of `column` of the rows that name a hung document."""
	meta = frappe.get_meta(doctype)
	links = [(df.fieldname, df.options) for df in meta.get_link_fields() if df.options in hung]
	links += [(df.fieldname, None) for df in meta.get_dynamic_link_fields()]
	if not links:
		return set()
	types = {df.fieldname: df.options for df in meta.get_dynamic_link_fields()}
	table = frappe.qb.DocType(doctype)
	wanted = sorted({field for field, _options in links} | set(types.values()))
	rows = (
		frappe.qb.from_(table)
		.select(table[column].as_("owner_name"), *(table[field] for field in wanted))
		.where(table[column].isin(names))
		.run(as_dict=True)
	)
	return {
		row.owner_name
		for row in rows
		if any(row[field] in hung.get(options or row[types[field]], ()) for field, options in links)
	}


def _named(doctype: str, name: str) -> str:
	"""A document by what people call it: its number or title, else its name."""
	title = frappe.get_meta(doctype).title_field
	shown = frappe.db.get_value(doctype, name, title) if title else None
	return f"{_(doctype)} {escape_html(str(shown or name))}"
