"""Before and after (F42): pictures of a patient with roles of their own. Permission-free."""

from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from clinic_core.foundation.errors import refuse_input
from clinic_core.people.consent import gate
from clinic_core.people.consent.purposes import PHOTO_PUBLICATION
from clinic_core.people.documents import documents

DOCTYPE = "Clinic Photo"
# What else must belong to the same patient.
_OF_THE_PATIENT = {"session": "Clinic Session", "appointment": "Clinic Appointment"}


def add(values: dict[str, Any], file_name: str, content: bytes) -> dict[str, Any]:
	"""Keep a picture: {name, file, thumbnail}. Raises InvalidInputError; nothing is half-written."""
	doc = frappe.get_doc({"doctype": DOCTYPE, **values})
	documents.keep(doc, file_name, content)
	return {"name": doc.name, "file": doc.file, "thumbnail": doc.thumbnail}


def check(doc: Document) -> None:
	"""What must hold of a picture at every door."""
	if doc.taken_on and getdate(doc.taken_on) > getdate():
		refuse_input(_("Taken on"), _("It must not be in the future."))
	if doc.angle == "Other" and not doc.angle_note:
		refuse_input(_("Angle of this area"), _("Say how to stand, so that the next picture fits."))
	if not doc.may_publish:
		doc.publish_until = None
	for field, doctype in _OF_THE_PATIENT.items():
		if doc.get(field) and frappe.db.get_value(doctype, doc.get(field), "patient") != doc.patient:
			refuse_input(_(doc.meta.get_label(field)), _("It belongs to another patient."))
	documents.check_file(doc)


def may_publish(photo: Document) -> bool:
	"""Whether a picture may leave the file: the patient agreed for this one, and the gate agrees (N15)."""
	if not photo.may_publish or photo.is_archived:
		return False
	if photo.publish_until and getdate(photo.publish_until) < getdate():
		return False
	return gate.may_use(("Clinic Patient", photo.patient), PHOTO_PUBLICATION)
