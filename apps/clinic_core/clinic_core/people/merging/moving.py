"""Moves what points to the duplicate to the file that is kept, by SQL and table by table (N6)."""

from typing import Any

import frappe

from clinic_core.people.merging import references
from clinic_core.people.merging.journal import Journal, set_column
from clinic_core.people.merging.references import PATIENT, Reference
from clinic_core.scheduling.claims import DOCTYPE as CLAIM
from clinic_core.scheduling.slots import patient_key

_CLAIMED = Reference(CLAIM, "resource_key")


def move_all(journal: Journal, keep: str, duplicate: str) -> None:
	"""Every row that may move. Three statements at most for each column that has rows."""
	unique = _unique_columns()
	for one in references.movable():
		_move(journal, one, duplicate, keep, unique.get(one.doctype, []), besides={keep, duplicate})
	keys = patient_key(duplicate), patient_key(keep)
	_move(journal, _CLAIMED, *keys, unique.get(CLAIM, []), besides=set())


def counted(names: list[str], among: list[Reference]) -> dict[str, int]:
	"""How many rows point to these patients, by DocType; for previews."""
	counts: dict[str, int] = {}
	for one in among:
		table = frappe.qb.DocType(one.doctype)
		query = frappe.qb.from_(table).select(frappe.query_builder.functions.Count("*"))
		number = query.where(one.holds(table, names)).run()[0][0]
		if number:
			counts[one.doctype] = counts.get(one.doctype, 0) + number
	return counts


def _move(
	journal: Journal, one: Reference, old: str, new: str, unique: list[list[str]], besides: set[str]
) -> None:
	rows = _rows(one, old)
	rows = [row for row in rows if not _is_part_of(one, row, besides)]
	for columns in unique:
		if rows and one.field in columns:
			rows = _without_clashes(one, rows, (old, new), [c for c in columns if c != one.field])
	if not rows:
		return
	names = [row.name for row in rows]
	set_column(one.doctype, one.field, names, new)
	journal.moved(one.doctype, one.field, [[row.name, str(row.modified or "")] for row in rows], old, new)


def _rows(one: Reference, value: str) -> list[Any]:
	"""Rows that point to the value, in one plain read: writers of a patient wait for his row's lock."""
	table = frappe.qb.DocType(one.doctype)
	query = frappe.qb.from_(table).select(table.name, table.modified).orderby(table.name)
	if one.is_table:
		query = query.select(table.parent, table.parenttype)
	return query.where(one.holds(table, [value])).run(as_dict=True)


def _is_part_of(one: Reference, row: Any, besides: set[str]) -> bool:
	"""The two files themselves: a link of one to the other would become one to itself."""
	if one.is_table:
		return row.parenttype == PATIENT and row.parent in besides
	return one.doctype == PATIENT and row.name in besides


def _without_clashes(
	one: Reference, rows: list[Any], values: tuple[str, str], others: list[str]
) -> list[Any]:
	"""Without rows that the kept file has already where there may be one only: they stay behind."""
	old, new = values
	if not others:
		return [] if _rows(one, new) else rows[:1]
	table = frappe.qb.DocType(one.doctype)

	def keys(value: str) -> dict[str, tuple]:
		query = frappe.qb.from_(table).select(table.name, *(table[column] for column in others))
		return {name: tuple(rest) for name, *rest in query.where(one.holds(table, [value])).run()}

	taken = set(keys(new).values())
	mine = keys(old) if taken else {}
	return [row for row in rows if mine.get(row.name) not in taken or None in mine[row.name]]


def _unique_columns() -> dict[str, list[list[str]]]:
	"""The unique keys of our tables beside the name, by DocType, in one query."""
	schema = frappe.qb.Schema("information_schema").statistics
	rows = (
		frappe.qb.from_(schema)
		.select(schema.table_name, schema.index_name, schema.column_name)
		.where((schema.table_schema == frappe.conf.db_name) & (schema.non_unique == 0))
		.where(schema.index_name != "PRIMARY")
		.run()
	)
	keys: dict[tuple[str, str], list[str]] = {}
	for table, index, column in rows:
		keys.setdefault((table, index), []).append(column)
	found: dict[str, list[list[str]]] = {}
	for (table, _index), columns in keys.items():
		found.setdefault(table.removeprefix("tab"), []).append(columns)
	return found
