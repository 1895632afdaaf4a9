"""What an appointment's fate means for the lead it came from (C006, C008, C072, C087, C088, C090)."""

from typing import Any

import frappe
from clinic_core.foundation.locks import lock_rows
from clinic_core.foundation.state import as_system
from clinic_core.scheduling.history.origins import PRACTITIONER as BY_PRACTITIONER
from frappe import _
from frappe.model.document import Document

from clinic_crm.pipeline import follow, leads
from clinic_crm.pipeline.fallen import follow_fallen
from clinic_crm.pipeline.person import PATIENT
from clinic_crm.pipeline.states import IN_PROGRESS, NEW, OPEN_STATES

LEAD = "Clinic Lead"
APPOINTMENT = "Clinic Appointment"
PRACTITIONERS_CHANNEL = "PRACTITIONER"


def on_status(events: list[dict[str, Any]]) -> None:
	"""Handler of `clinic_on_appointment_status`; the same events twice change nothing more."""
	known = _appointments([event["appointment"] for event in events])
	pairs, fallen = [], []
	for event in events:
		appointment = known.get(event["appointment"])
		if not appointment:
			continue
		# A retried event may tell of a moment that has passed: then what is true now counts.
		is_fresh = appointment.status in (event["new"], event.get("old"))
		status = event["new"] if is_fresh else appointment.status
		if status in follow.FALLEN:
			fallen.append({**event, "status": status})
		elif lead := _lead_of(event, status) or _lead_of_practitioner(event):
			pairs.append((lead, status, appointment))
	lock_rows([(LEAD, lead) for lead, _status, _appointment in pairs])
	with as_system():
		for lead, status, appointment in pairs:
			_follow(frappe.get_doc(LEAD, lead), status, appointment)
	follow_fallen(fallen)


def _appointments(names: list[str]) -> dict[str, Any]:
	rows = frappe.get_all(
		APPOINTMENT, filters={"name": ("in", names)}, fields=["name", "status"], order_by="name asc"
	)
	return {row.name: row for row in rows}


def _lead_of(event: dict[str, Any], status: str) -> str | None:
	"""The lead an appointment was booked from, or carries it, or the newest open one of the patient."""
	origin_doctype, origin_name = event.get("origin_doctype"), event.get("origin_name")
	if origin_doctype == LEAD and frappe.db.exists(LEAD, origin_name):
		return origin_name
	if origin_doctype == "Clinic Activity" and (
		lead := frappe.db.get_value("Clinic Activity", origin_name, "lead")
	):
		return lead
	carrying = frappe.db.get_value(LEAD, {"appointment": event["appointment"]}, "name")
	if carrying or status not in follow.STANDING | follow.RECEIVED:
		return carrying
	return _newest_open(event.get("patient"))


def _lead_of_practitioner(event: dict[str, Any]) -> str | None:
	"""A new lead for what a practitioner recorded himself, if no other is behind it (C072)."""
	if event.get("old") is not None or event.get("booked_through") != BY_PRACTITIONER:
		return None
	appointment = frappe.get_doc(APPOINTMENT, event["appointment"])
	channel = frappe.db.get_value("Clinic Marketing Channel", PRACTITIONERS_CHANNEL, "name")
	person = frappe.db.get_value("Clinic Practitioner", appointment.practitioner, "practitioner_name")
	with as_system():
		made = leads.create(
			{
				"title": frappe.db.get_value("Clinic Service", appointment.service, "service_name"),
				"person_type": PATIENT,
				"patient": appointment.patient,
				"branch": appointment.branch,
				"channel": channel,
				"description": _("Recorded by {0}").format(person),
				"services": [appointment.service],
			}
		)
	return made["lead"]


def _newest_open(patient: str | None) -> str | None:
	if not patient:
		return None
	rows = frappe.get_all(
		LEAD,
		filters={"patient": patient, "status": ("in", OPEN_STATES)},
		fields=["name", "status", "appointment"],
		order_by="creation desc",
		limit=10,
	)
	# An opportunity waits for its own appointment, not for any.
	return next((row.name for row in rows if row.status in (NEW, IN_PROGRESS) or not row.appointment), None)


def _follow(lead: Document, status: str, appointment: Any) -> None:
	is_linked = lead.appointment == appointment.name
	new = follow.after_appointment(lead.status, status, is_linked=is_linked)
	takes_it = status in follow.STANDING | follow.RECEIVED and not is_linked and not _stands(lead.appointment)
	if takes_it:
		lead.appointment = appointment.name
	if new:
		lead.status = new
	if new or takes_it:
		lead.save(ignore_permissions=True)


def _stands(appointment: str | None) -> bool:
	if not appointment:
		return False
	return frappe.db.get_value(APPOINTMENT, appointment, "status") not in follow.FALLEN
