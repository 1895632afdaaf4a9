"""Hides what the user may not see in rows and documents that are about to be shown (F80)."""

from collections.abc import Iterable
from typing import Any

from frappe.model.document import Document

from clinic_core.people.masking import matrix, rules, shapes

# What people write about others: free texts, in which numbers and addresses are hidden.
SAID: dict[str, tuple[str, ...]] = {
	"Comment": ("content", "subject"),
	"Communication": ("content", "subject", "text_content", "recipients", "cc", "bcc", "phone_no"),
	"Notification Log": ("subject", "email_content"),
	"ToDo": ("description",),
}
_EVERYTHING = frozenset(matrix.KINDS)


def shown(kind: str, value: Any) -> Any:
	"""A value as the user may see it."""
	return value if rules.sees(kind) else shapes.shape(kind, value)


def mask_rows(doctype: str, rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
	"""Rows of a DocType, their fields under their own names, as the user may see them. In place."""
	hidden = rules.hidden_fields().get(doctype)
	found = list(rows)
	if hidden:
		for row in found:
			mask_row(row, hidden)
	return found


def mask_row(row: dict[str, Any], hidden: dict[str, str]) -> None:
	"""Hide the fields of one row: {field: kind}."""
	for field, kind in hidden.items():
		if row.get(field) not in (None, ""):
			row[field] = shapes.shape(kind, row[field])


def mask_document(doc: Document, *_args: Any) -> None:
	"""Hide fields of a document that is printed (hook `before_print`); it is not saved afterwards."""
	hidden = rules.hidden_fields()
	if not hidden:
		return
	for part in [doc, *doc.get_all_children()]:
		for field, kind in hidden.get(part.doctype, {}).items():
			if part.get(field) not in (None, ""):
				part.set(field, shapes.shape(kind, part.get(field)))


def keep_hidden(doc: Document, _method: str | None = None) -> None:
	"""Who saves a form with hidden values changes nothing of them (hook `before_validate`).

	A value that comes back hidden is the one that was there; a date that is hidden comes back empty.
	"""
	hidden = rules.hidden_fields()
	before = doc.get_doc_before_save()
	if not hidden or not before:
		return
	old = {(part.doctype, part.name): part for part in [before, *before.get_all_children()]}
	for part in [doc, *doc.get_all_children()]:
		known = old.get((part.doctype, part.name))
		for field, kind in hidden.get(part.doctype, {}).items():
			if known and _came_back(kind, part.get(field), known.get(field)):
				part.set(field, known.get(field))


def _came_back(kind: str, given: Any, known: Any) -> bool:
	if known in (None, "") or given == known:
		return False
	return (given or None) == shapes.shape(kind, known)


def hide_from_all(document: dict[str, Any]) -> bool:
	"""Hide in a document what some may not see, for readers who are not known. In place; whether it did."""
	before = dict(document)
	mask_row(document, rules.all_fields().get(document.get("doctype") or "", {}))
	for field in SAID.get(document.get("doctype") or "", ()):
		if isinstance(document.get(field), str):
			document[field] = shapes.scrub(document[field], set(_EVERYTHING))
	return document != before


def scrubbed(text: str | None) -> str | None:
	"""A free text as the user may see it."""
	kinds = rules.hidden_kinds()
	return shapes.scrub(text, set(kinds)) if text and kinds else text
