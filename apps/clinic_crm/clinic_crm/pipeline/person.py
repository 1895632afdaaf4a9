"""The person behind a lead, an activity or a call: a contact or a patient (C032–C034, C070, C076)."""

from collections.abc import Collection, Sequence
from typing import Any

import frappe
from clinic_core.foundation.errors import refuse_input
from frappe import _
from frappe.model.document import Document

CONTACT = "Contact"
PATIENT = "Patient"


def fill(doc: Document, *, is_required: bool = True) -> None:
	"""Fill `person_name` (and `mobile`, where the document has it) from the contact or the patient.

	Raises InvalidInputError when the person that `person_type` asks for is missing.
	"""
	_check(doc, is_required)
	who = None
	if doc.contact:
		who = frappe.db.get_value(
			"Clinic Contact", doc.contact, ["full_name", "mobile", "patient"], as_dict=True
		)
		if who and who.patient and not doc.patient:
			doc.patient = who.patient
	if doc.patient:
		patient = frappe.db.get_value("Clinic Patient", doc.patient, ["full_name", "mobile"], as_dict=True)
		who = patient or who
	doc.person_name = who.full_name if who else None
	if doc.meta.has_field("mobile"):
		doc.mobile = who.mobile if who else None


def people_of(leads: Sequence[Any]) -> dict[str, dict[str, Any]]:
	"""Lead → {person_type, contact, patient, person_name} as `fill` would fill them, two queries for all."""
	contacts = _rows("Clinic Contact", {lead.contact for lead in leads}, ["name", "full_name", "patient"])
	of_contact = {name: row.patient for name, row in contacts.items()}
	patients = {lead.patient or of_contact.get(lead.contact) for lead in leads}
	names = _rows("Clinic Patient", patients, ["name", "full_name"])
	found = {}
	for lead in leads:
		patient = lead.patient or of_contact.get(lead.contact)
		who = names.get(patient) or contacts.get(lead.contact)
		found[lead.name] = {
			"person_type": lead.person_type or (PATIENT if patient and not lead.contact else CONTACT),
			"contact": lead.contact,
			"patient": patient,
			"person_name": who.full_name if who else None,
		}
	return found


def _rows(doctype: str, names: Collection[str | None], fields: list[str]) -> dict[str, Any]:
	wanted = sorted(name for name in names if name)
	if not wanted:
		return {}
	rows = frappe.get_all(doctype, {"name": ("in", wanted)}, fields, order_by="name asc")
	return {row.name: row for row in rows}


def _check(doc: Document, is_required: bool) -> None:
	if not doc.person_type:
		doc.person_type = PATIENT if doc.patient and not doc.contact else CONTACT
	if doc.person_type == CONTACT and not doc.contact:
		if doc.patient:
			doc.person_type = PATIENT
		elif is_required:
			refuse_input(_("Contact"), _("Choose the contact this is about."))
	if doc.person_type == PATIENT and not doc.patient and is_required:
		refuse_input(_("Patient"), _("Choose the patient this is about."))
