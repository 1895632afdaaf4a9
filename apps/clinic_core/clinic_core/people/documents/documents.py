"""The papers of a patient: typed, private, seen by kind (E144). Permission-free but for the kinds seen."""

from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from clinic_core.foundation import live
from clinic_core.foundation.errors import refuse_input
from clinic_core.foundation.roles import MANAGER, OPERATOR, PRACTITIONER, STAFF, SUPERVISOR
from clinic_core.people.files import keeping, kinds, pictures
from clinic_core.people.seen_kinds import SeenKinds

DOCTYPE = "Clinic Patient Document"
_CLINICAL = frozenset({MANAGER, SUPERVISOR, PRACTITIONER, OPERATOR})

# What a paper is decides who sees it: reception handles cards and letters, those who treat see findings.
SEEN_BY: dict[str, frozenset[str]] = {
	"Identity Document": STAFF,
	"Insurance Card": STAFF,
	"Referral Letter": STAFF,
	"Lab Result": _CLINICAL,
	"Imaging": _CLINICAL,
	"Prescription": _CLINICAL,
	"Report": _CLINICAL,
	"Consent": STAFF,
	"Contract": STAFF,
	"Other": STAFF,
}
RULE = SeenKinds(DOCTYPE, SEEN_BY)
_DERIVED = ("thumbnail", "file_hash", "thumbnail_hash")


def query(user: str | None = None) -> str:
	"""List condition: the kinds a user sees."""
	return RULE.list_condition(user)


def may_see(doc: Document, ptype: str | None = None, user: str | None = None) -> bool:
	"""The same for one document."""
	return RULE.may_see(doc, user)


def add(values: dict[str, Any], file_name: str, content: bytes) -> dict[str, Any]:
	"""Keep a paper: {name, file, thumbnail}. Raises InvalidInputError; nothing is half-written."""
	doc = frappe.get_doc({"doctype": DOCTYPE, **values})
	keep(doc, file_name, content)
	return {"name": doc.name, "file": doc.file, "thumbnail": doc.thumbnail}


def keep(doc: Document, file_name: str, content: bytes) -> None:
	"""Insert a document that has one file of its own."""
	keeping.refuse_unfit(file_name, content, keeping.KEPT[doc.doctype])
	doc.name = frappe.generate_hash(length=10)
	doc.flags.name_set = True
	doc.file = keeping.put(doc.doctype, doc.name, "file", file_name, keeping.cleaned(file_name, content))
	doc.flags.clinic_kept_file = doc.file
	doc.insert(ignore_permissions=True)


def check(doc: Document) -> None:
	"""What must hold of a paper at every door."""
	if doc.kind not in SEEN_BY:
		refuse_input(_("Kind"), _("Choose one of the list."))
	if doc.date and getdate(doc.date) > getdate():
		refuse_input(_("Date"), _("It must not be in the future."))
	check_file(doc)


def check_file(doc: Document) -> None:
	"""The file is the document's own and has its thumbnail; what is saved stays with its patient."""
	before = doc.get_doc_before_save()
	if before and before.patient != doc.patient:
		refuse_input(_("Patient"), _("It stays with its patient. Archive it and add it to the right file."))
	keeping.claim(doc, "file")
	if before and before.file == doc.file:
		doc.update({field: before.get(field) for field in _DERIVED})
		return
	content = keeping.read(doc.file)
	doc.update({"thumbnail": None, "file_hash": keeping.plain_hash(content), "thumbnail_hash": None})
	if kinds.extension_of(doc.file) in kinds.PICTURES:
		small = pictures.thumbnail(content)
		doc.thumbnail = keeping.put(doc.doctype, doc.name, "thumbnail", "thumbnail.jpg", small)
		doc.thumbnail_hash = keeping.plain_hash(small)


def tell(doc: Document) -> None:
	"""Screens that show it fetch again."""
	live.changed(doc.doctype, doc.name)
