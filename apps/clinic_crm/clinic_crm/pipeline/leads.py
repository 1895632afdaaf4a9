"""What happens to a lead: made, taken, moved, converted (C011–C015, C029–C043, C085–C087).

Permission-free; the callers check. Every change goes through the document, so its rules hold.
"""

from typing import Any

import frappe
from clinic_core.foundation.errors import refuse_input
from clinic_core.foundation.locks import lock_rows
from clinic_core.people import registration
from clinic_core.scheduling import booking
from frappe import _
from frappe.model.document import Document

from clinic_crm.pipeline import contacts, teams
from clinic_crm.pipeline.person import PATIENT
from clinic_crm.pipeline.states import IN_PROGRESS, NEW, STAGNANT

DOCTYPE = "Clinic Lead"


def locked(lead: str) -> Document:
	"""The lead, locked for this transaction. Raises DoesNotExistError."""
	lock_rows([(DOCTYPE, lead)])
	return frappe.get_doc(DOCTYPE, lead)


def create(data: dict[str, Any]) -> dict[str, Any]:
	"""Make a New Lead for a contact, a patient, or a person typed in.

	`data`: fields of the lead, `services` and `patients` as lists of names, and optionally
	`first_name`, `last_name`, `mobile` of the person. Returns {lead, contact, duplicates}; a known
	person is reused and named among `duplicates` with `reused`.
	"""
	person = {key: data.pop(key, None) for key in ("first_name", "last_name", "mobile", "email")}
	reused = False
	if not data.get("contact") and not data.get("patient"):
		if data.get("person_type") == PATIENT:
			refuse_input(_("Patient"), _("Choose the patient this is about."))
		origin = {"channel": data.get("channel"), "branch": data.get("branch")}
		data["contact"], reused = contacts.reuse_or_create({**person, **origin})
	services, patients = data.pop("services", []), data.pop("patients", [])
	lead = frappe.get_doc({"doctype": DOCTYPE, "status": NEW, **data})
	for service in dict.fromkeys(services):
		lead.append("services", {"service": service})
	for patient in dict.fromkeys(patients):
		lead.append("patients", {"patient": patient})
	lead.insert(ignore_permissions=True)
	return {"lead": lead.name, "contact": lead.contact, "duplicates": duplicates(lead, reused=reused)}


def duplicates(lead: Document, *, reused: bool = False) -> list[dict[str, Any]]:
	"""Others who may be the same person as the one of `lead`; a reused contact comes first."""
	rows = contacts.duplicates_of(lead.person_name, lead.mobile, contact=lead.contact, patient=lead.patient)
	if reused:
		rows.insert(
			0,
			{
				"doctype": "Clinic Contact",
				"name": lead.contact,
				"full_name": lead.person_name,
				"score": 100,
				"why": ["same_phone"],
				"reused": True,
			},
		)
	return rows


def move(lead: Document, status: str, reason: str | None = None) -> Document:
	"""Bring `lead` into `status`; the transition table decides. `reason` is kept when stagnant."""
	if lead.status != status:
		lead.status = status
		lead.reason = reason
		lead.save(ignore_permissions=True)
	return lead


def set_stagnant(lead: str, reason: str) -> Document:
	"""The person gave up (C015). Raises InvalidInputError without a reason."""
	return move(locked(lead), STAGNANT, reason)


def reopen(lead: str) -> Document:
	"""A stagnant lead is followed again. Raises ForbiddenMoveError for any other."""
	return move(locked(lead), IN_PROGRESS)


def take(lead: str, user: str) -> Document:
	"""`user` takes care of the lead from now on; open activities nobody has go along."""
	doc = locked(lead)
	doc.assigned_to = user
	if not doc.team:
		doc.team = teams.first_team_of(user)
	doc.save(ignore_permissions=True)
	for activity in frappe.get_all(
		"Clinic Activity",
		filters={"lead": lead, "status": "Not Done", "assigned_to": ("is", "not set")},
		pluck="name",
		order_by="creation asc",
	):
		frappe.db.set_value("Clinic Activity", activity, "assigned_to", user)
	return doc


def convert_to_patient(
	lead: str, patient: str | None = None, referral_source: str | None = None
) -> dict[str, Any]:
	"""Make a patient of the lead's contact, or find the one he already is (C085).

	`patient`: the one chosen among the duplicates. Returns {patient, reused, duplicates}.
	Running it again gives the same patient.
	"""
	doc = locked(lead)
	if doc.patient:
		return {"patient": doc.patient, "reused": True, "duplicates": []}
	contact = frappe.get_doc("Clinic Contact", doc.contact, for_update=True)
	chosen = patient or contact.patient or contacts.matching_patient(contact)
	result = {"name": chosen, "duplicates": []} if chosen else _register(contact, doc, referral_source)
	contact.patient = result["name"]
	contact.save(ignore_permissions=True)
	_link_patient(doc, contact)
	return {"patient": contact.patient, "reused": bool(chosen), "duplicates": result.get("duplicates") or []}


def _register(contact: Document, lead: Document, referral_source: str | None) -> dict[str, Any]:
	if not contact.first_name and not contact.last_name:
		refuse_input(_("First name"), _("Give the contact a name before making a patient of it."))
	channel = lead.channel or contact.channel
	source = referral_source or (
		frappe.db.get_value("Clinic Marketing Channel", channel, "referral_source") if channel else None
	)
	return registration.register(
		{
			"first_name": contact.first_name or contact.last_name,
			"last_name": contact.last_name if contact.first_name else None,
			"mobile": contact.mobile or contact.phone,
			"email": contact.email,
			"city": contact.city,
			"address": contact.address,
			"referral_source": source,
			"branch": lead.branch or contact.branch,
			"origin_doctype": DOCTYPE,
			"origin_name": lead.name,
		}
	)


def _link_patient(lead: Document, contact: Document) -> None:
	"""This lead is a patient's now; other leads of the contact know him too."""
	lead.patient = contact.patient
	lead.person_type = PATIENT
	lead.save(ignore_permissions=True)
	for doctype in (DOCTYPE, "Clinic Activity", "Clinic Call"):
		for name in frappe.get_all(
			doctype,
			filters={"contact": contact.name, "patient": ("is", "not set")},
			pluck="name",
			order_by="creation asc",
		):
			frappe.db.set_value(doctype, name, "patient", contact.patient, update_modified=False)


def patient_of(lead: str) -> str:
	"""The patient to book for. Raises InvalidInputError while the person is only a contact."""
	patient = frappe.db.get_value(DOCTYPE, lead, "patient")
	if not patient:
		refuse_input(
			_("Patient"), _("This person is still a contact. Convert the contact to a patient first.")
		)
	return patient


def book(
	lead: str,
	service: str,
	practitioner: str,
	start: str,
	branch: str | None = None,
	note: str | None = None,
	override_reason: str | None = None,
) -> dict[str, Any]:
	"""Book an appointment for the lead's patient, with the lead as its origin (C086, C087).

	Returns {appointment, status, start, end, lead_status}. The lead becomes an opportunity by the
	event of the booking, not here. Raises InvalidInputError while the person is only a contact.
	"""
	patient = patient_of(lead)
	doc = booking.book(
		patient,
		service,
		practitioner,
		start,
		branch=branch or frappe.db.get_value(DOCTYPE, lead, "branch"),
		origin_doctype=DOCTYPE,
		origin_name=lead,
		note=note,
		override_reason=override_reason,
	)
	return {
		"appointment": doc.name,
		"status": doc.status,
		"start": str(doc.start),
		"end": str(doc.end),
		"lead_status": frappe.db.get_value(DOCTYPE, lead, "status"),
	}
