"""Documents out of Frappe's cache, never an older state than the one saved last.

A job that began before a save sees the old values until it ends. Finding the cache empty it would put them back
there, and everybody would read them until somebody saves again. So a save also leaves its time, and who finds
something older in the cache reads the table.
"""

import frappe
from frappe.model.document import Document

_LONGEST_JOB = 6 * 3600  # seconds


def document(doctype: str, name: str | None = None) -> Document:
	"""A document, or a single one. Not to be changed. Raises frappe.DoesNotExistError."""
	name = name or doctype
	doc = frappe.get_cached_doc(doctype, name)
	if str(doc.modified) < (frappe.cache.get_value(_saved_at(doctype, name)) or ""):
		frappe.clear_document_cache(doctype, name)
		doc = frappe.get_cached_doc(doctype, name)
	return doc


def find(doctype: str, name: str | None) -> Document | None:
	"""The same; None where there is no such document."""
	try:
		return document(doctype, name) if name else None
	except frappe.DoesNotExistError:
		frappe.clear_last_message()
		return None


def saved(doc: Document) -> None:
	"""Called when a document of ours was changed: once that is committed, what is older counts no more."""
	if not doc.get_doc_before_save():
		return  # a new one is in no cache yet
	key, modified = _saved_at(doc.doctype, doc.name), str(doc.modified)
	frappe.db.after_commit.add(
		lambda: frappe.cache.set_value(key, modified, expires_in_sec=_LONGEST_JOB),
	)


def _saved_at(doctype: str, name: str) -> str:
	return f"clinic_saved_at::{doctype}::{name}"
