"""Whose document is it? Found from the meta: whatever links to Clinic Patient (F82)."""

from collections.abc import Sequence

import frappe
from frappe.model.meta import Meta

PATIENT = "Clinic Patient"
# Reading the log is not looking into a file; nor is a key of the search a document.
NOT_A_FILE = frozenset({"Clinic Access Log", "Clinic Search Key", "DocType", "Version"})


def documents(doctype: str, names: Sequence[str]) -> list[str]:
	"""The patients of these documents; a query for the documents and one for each table of patients."""
	names = [name for name in names if name]
	if not names or doctype in NOT_A_FILE or not frappe.db.exists("DocType", doctype):
		return []
	if doctype == PATIENT:
		return frappe.get_all(PATIENT, {"name": ("in", names)}, pluck="name", order_by="name asc")
	meta = frappe.get_meta(doctype)
	if meta.issingle or getattr(meta, "is_virtual", 0):
		return []
	found = _own(meta, names)
	for table in meta.get_table_fields():
		found += _rows(meta, frappe.get_meta(table.options), names)
	return list(dict.fromkeys(found))


def link_fields(meta: Meta) -> list[str]:
	"""Fields that name a patient."""
	return [df.fieldname for df in meta.get("fields", {"fieldtype": "Link", "options": PATIENT})]


def of_file(file_url: str) -> list[tuple[str, str, list[str]]]:
	"""The documents a private file hangs on: [(DocType, name, patients)]."""
	rows = frappe.get_all(
		"File",
		filters={"file_url": file_url, "is_private": 1},
		fields=["attached_to_doctype", "attached_to_name"],
		order_by="creation asc",
		limit=5,
	)
	hung = [(row.attached_to_doctype, row.attached_to_name) for row in rows if row.attached_to_doctype]
	return [(doctype, name, documents(doctype, [name])) for doctype, name in dict.fromkeys(hung)]


def _own(meta: Meta, names: Sequence[str]) -> list[str]:
	links = link_fields(meta)
	dynamic = [(df.fieldname, df.options) for df in meta.get("fields", {"fieldtype": "Dynamic Link"})]
	fields = list(dict.fromkeys([*links, *(field for pair in dynamic for field in pair if field)]))
	if not fields:
		return []
	rows = frappe.get_all(meta.name, filters={"name": ("in", names)}, fields=fields, order_by="name asc")
	found = [row[field] for row in rows for field in links]
	found += [row[field] for row in rows for field, kind in dynamic if row[kind] == PATIENT]
	return [patient for patient in found if patient]


def _rows(parent: Meta, meta: Meta, names: Sequence[str]) -> list[str]:
	links = link_fields(meta)
	if not links:
		return []
	rows = frappe.get_all(
		meta.name,
		filters={"parent": ("in", names), "parenttype": parent.name},
		fields=links,
		order_by="idx asc",
		limit=500,
	)
	return [row[field] for row in rows for field in links if row[field]]
