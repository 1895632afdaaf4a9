"""Whether records were used: what points to them, found from the meta of all installed apps."""

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

import frappe
from pypika import Table
from pypika.terms import Criterion

# (DocType, column of the DocType's name, column of the document's name) without a Dynamic Link.
_BARE_PAIRS = (("File", "attached_to_doctype", "attached_to_name"),)


class _Pointer(NamedTuple):
	"""A column that may hold names of a DocType; `type_field` says so row by row, or every row does."""

	doctype: str
	field: str
	type_field: str = ""

	def holds(self, table: Table, target: str, names: Sequence[str]) -> Criterion:
		found = table[self.field].isin(list(names))
		return found & (table[self.type_field] == target) if self.type_field else found


def used(target: str, names: Sequence[str], besides: Collection[str]) -> dict[str, str]:
	"""Record → the DocType of something that is about it. One query per column that may point there.

	`besides`: DocTypes that say something about a record without anybody having used it.
	"""
	found: dict[str, str] = {}
	if not names:
		return found
	for pointer in _pointers(target):
		if pointer.doctype in besides:
			continue
		table = frappe.qb.DocType(pointer.doctype)
		query = frappe.qb.from_(table).select(table[pointer.field]).distinct()
		for name in query.where(pointer.holds(table, target, names)).run(pluck=True):
			found.setdefault(name, pointer.doctype)
	return found


def _pointers(target: str) -> list[_Pointer]:
	stored = set(
		frappe.get_all("DocType", {"issingle": 0, "is_virtual": 0}, pluck="name", order_by="name asc")
	)
	found = {
		_Pointer(doctype, field, type_field)
		for doctype, field, type_field in [*_links(target), *_BARE_PAIRS]
		if doctype in stored and frappe.db.has_column(doctype, field)
	}
	return sorted(found)


def _links(target: str) -> Iterator[tuple[str, str, str]]:
	for source, column in (("DocField", "parent"), ("Custom Field", "dt")):
		fields = [f"{column} as doctype", "fieldname", "fieldtype", "options"]
		links = {"fieldtype": "Link", "options": target}
		for filters in (links, {"fieldtype": "Dynamic Link"}):
			rows = frappe.get_all(
				source, filters=filters, fields=fields, order_by=f"{column} asc, idx asc", limit_page_length=0
			)
			for row in rows:
				yield row.doctype, row.fieldname, row.options if row.fieldtype == "Dynamic Link" else ""
