"""Whose identity number the kept file has after a merge; the numbers change places, none is lost (N6)."""

import hashlib
from typing import Any

import frappe

from clinic_core.people.merging.journal import Journal, set_values

DOCTYPE = "Clinic Patient Identity"
_CONTENT = ("kind", "number", "country", "no_code_reason", "unique_key")
SWAPPED, CAME_OVER = "swapped", "came over"


def take(journal: Journal, keep: str, duplicate: str) -> None:
	"""The kept file gets the duplicate's identity, and the duplicate what the kept one had."""
	rows = _rows(keep, duplicate)
	if duplicate not in rows:
		return
	how = SWAPPED if keep in rows else CAME_OVER
	_exchange(how, keep, duplicate, rows)
	journal.identity(how, [[keep, duplicate, _print(rows[duplicate])]])


def give_back(how: str, row: list[str]) -> bool:
	"""Undo `take`. False, and nothing done, when the number was changed since."""
	keep, duplicate, before = row
	rows = _rows(keep, duplicate)
	if keep not in rows or _print(rows[keep]) != before or (how == SWAPPED) != (duplicate in rows):
		return False
	_exchange(how, duplicate, keep, rows)
	return True


def is_as_merged(row: list[str]) -> bool:
	"""Whether the kept file still has the number it got."""
	rows = _rows(row[0], row[1])
	return row[0] in rows and _print(rows[row[0]]) == row[2]


def _exchange(how: str, to: str, giver: str, rows: dict[str, Any]) -> None:
	if how == CAME_OVER:
		set_values(DOCTYPE, giver, {"name": to, "patient": to})
		return
	set_values(DOCTYPE, giver, {"unique_key": None})
	set_values(DOCTYPE, to, {field: rows[giver][field] for field in _CONTENT})
	set_values(DOCTYPE, giver, {field: rows[to][field] for field in _CONTENT})


def _rows(keep: str, duplicate: str) -> dict[str, Any]:
	if not frappe.db.table_exists(DOCTYPE):
		return {}
	table = frappe.qb.DocType(DOCTYPE)
	query = frappe.qb.from_(table).select(table.name, *(table[field] for field in _CONTENT))
	rows = query.where(table.name.isin([keep, duplicate])).for_update().run(as_dict=True)
	return {row.name: row for row in rows}


def _print(row: Any) -> str:
	"""A fingerprint: the journal does not hold the number itself."""
	return hashlib.sha256(f"{row.kind}\x1f{row.country}\x1f{row.number}".encode()).hexdigest()[:32]
