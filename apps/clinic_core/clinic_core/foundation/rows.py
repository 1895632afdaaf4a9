"""One row by its name, for what many requests ask: lean, because `frappe.db.get_value` takes each field's text apart."""

from collections.abc import Iterable

import frappe


def one(doctype: str, name: str, fields: Iterable[str]) -> frappe._dict | None:
	"""The fields of a document as they are stored, None where there is none. No permission asked; one query."""
	table = frappe.qb.DocType(doctype)
	chosen = [table[field] for field in fields]
	found = frappe.qb.from_(table).select(*chosen).where(table.name == name).run(as_dict=True)
	return found[0] if found else None
