"""Nothing is written for a file that was merged into another: whoever tries is told which one is kept (N6).

Called for every document of ours before it is validated, so it holds at each door. The patients named are
locked until the end of the transaction, as a foreign key would: a document that is written while its
patient is being merged waits, and then hears of it.
"""

from typing import Any

import frappe
from frappe import _
from frappe.core.doctype.docfield.docfield import DocField
from frappe.model.document import Document

from clinic_core.foundation.errors import refuse_input
from clinic_core.people import states
from clinic_core.people.merging import refusals

PATIENT = "Clinic Patient"
_LINKS = frozenset({"Link", "Dynamic Link"})


def refuse_merged(doc: Document) -> None:
	"""Refuse a new or changed link to a merged file. Raises InvalidInputError naming field and file.

	One query when a document names a patient anew, none otherwise. Hook `clinic_document_checks`.
	"""
	if doc.flags.by_merging or doc.doctype in frappe.get_hooks("clinic_merge_keep"):
		return
	named = _named_anew(doc)
	if not named:
		return
	table = frappe.qb.DocType(PATIENT)
	rows = (
		frappe.qb.from_(table)
		.select(table.name, table.full_name, table.file_no, table.status, table.merged_into)
		.where(table.name.isin(sorted(named)))
		.orderby(table.name)
		.for_update()
		.run(as_dict=True)
	)
	for row in rows:
		if row.status == states.MERGED:
			refuse_input(named[row.name], sentence(row))


def refuse_writing(doc: Any) -> None:
	"""Refuse to change a merged file itself. Raises InvalidInputError naming the one that is kept."""
	before = doc.get_doc_before_save()
	if before and before.status == states.MERGED and not doc.flags.by_merging:
		refuse_input(_("Patient"), sentence(before))


def sentence(merged: Any) -> str:
	"""Says which file is kept."""
	kept = frappe.db.get_value(PATIENT, merged.merged_into, ["full_name", "file_no"], as_dict=True)
	return _("{0} was merged into {1}. Use that file.").format(
		refusals.shown(merged), refusals.shown(kept or frappe._dict(name=merged.merged_into))
	)


def _named_anew(doc: Document) -> dict[str, str]:
	"""Patients that the document names and did not name before, with the label of the field."""
	found = _named(doc)
	if found and not doc.is_new():
		before = doc.get_doc_before_save() or _stored(doc)
		for name in _named(before) if before else {}:
			found.pop(name, None)
	return found


def _stored(doc: Document) -> Document | None:
	return frappe.get_doc(doc.doctype, doc.name) if frappe.db.exists(doc.doctype, doc.name) else None


def _named(doc: Document) -> dict[str, str]:
	found: dict[str, str] = {}
	for row in [doc, *doc.get_all_children()]:
		for df in _fields(row):
			if name := row.get(df.fieldname):
				found.setdefault(name, _(df.label or df.fieldname))
	return found


def _fields(row: Document) -> list[DocField]:
	"""Walked by hand: this is asked of every row that is written, and Frappe's own filters are dear."""
	return [df for df in row.meta.fields if df.fieldtype in _LINKS and _kind(row, df) == PATIENT]


def _kind(row: Document, df: DocField) -> str:
	return df.options if df.fieldtype == "Link" else row.get(df.options)


def refuse_merged_attachment(doc: Document, method: str | None = None) -> None:
	"""The same for files, comments, tasks and messages of Frappe's own (doc_events)."""
	for type_field, name_field in (
		("attached_to_doctype", "attached_to_name"),
		("reference_doctype", "reference_name"),
		("reference_type", "reference_name"),
	):
		if not doc.is_new() or doc.get(type_field) != PATIENT or not doc.get(name_field):
			continue
		fields = ["name", "full_name", "file_no", "status", "merged_into"]
		row = frappe.db.get_value(PATIENT, doc.get(name_field), fields, as_dict=True)
		if row and row.status == states.MERGED:
			refuse_input(_("Patient"), sentence(row))
