"""What a visit means for the open leads of the person who walked in (C014, C088)."""

from typing import Any

import frappe
from clinic_core.foundation.locks import lock_rows
from clinic_core.foundation.state import as_system
from frappe.model.document import Document

from clinic_crm.pipeline import follow, status_log
from clinic_crm.pipeline.states import CLOSED, IN_PROGRESS, OPEN_STATES, OPPORTUNITY

LEAD = "Clinic Lead"
UNDONE = frozenset({"Cancelled", "Undone"})


def on_status(events: list[dict[str, Any]]) -> None:
	"""Handler of `clinic_on_visit_status`: a walk-in's lead without a special wish closes at once.

	If the visit is undone, what it closed is what it was before. Visits with an appointment are
	followed by the appointment.
	"""
	for event in events:
		if event.get("new") is None or event["new"] in UNDONE:
			_reopen(event["visit"])
		elif event.get("old") is None and not event.get("appointment"):
			_close(event["visit"], event.get("patient"), [])


def on_reception(events: list[dict[str, Any]]) -> None:
	"""Handler of `clinic_on_reception`: what the walk-in receives answers the lead that wished for it."""
	for event in events:
		if event.get("action") == "submitted" and not event.get("appointment"):
			_close(event["visit"], event.get("patient"), event.get("services") or [])


def _close(visit: str, patient: str | None, services: list[str]) -> None:
	if not patient or not visit:
		return
	leads = frappe.get_all(
		LEAD,
		filters={"patient": patient, "status": ("in", OPEN_STATES)},
		fields=["name", "status", "appointment"],
		order_by="creation asc",
	)
	if not leads:
		return
	wishes = _wishes([lead.name for lead in leads])
	answered = [
		lead.name
		for lead in leads
		# Without a wish of its own, an opportunity waits for its own appointment.
		if (wishes.get(lead.name) or lead.status != OPPORTUNITY or not lead.appointment)
		and follow.fulfils(wishes.get(lead.name, ()), services)
	]
	lock_rows([(LEAD, lead) for lead in answered])
	with as_system():
		for name in answered:
			lead = frappe.get_doc(LEAD, name)
			if lead.status in OPEN_STATES:
				lead.update({"status": CLOSED, "closing_visit": visit})
				lead.save(ignore_permissions=True)


def _wishes(leads: list[str]) -> dict[str, list[str]]:
	wishes: dict[str, list[str]] = {}
	for row in frappe.get_all(
		"Clinic Lead Service",
		filters={"parent": ("in", leads), "parenttype": LEAD},
		fields=["parent", "service"],
		order_by="parent asc, idx asc",
	):
		wishes.setdefault(row.parent, []).append(row.service)
	return wishes


def _reopen(visit: str) -> None:
	leads = frappe.get_all(
		LEAD, filters={"closing_visit": visit, "status": CLOSED}, pluck="name", order_by="name asc"
	)
	lock_rows([(LEAD, lead) for lead in leads])
	with as_system():
		for name in leads:
			_back(frappe.get_doc(LEAD, name))


def _back(lead: Document) -> None:
	lead.update({"status": status_log.state_before(lead.name) or IN_PROGRESS, "closing_visit": None})
	lead.save(ignore_permissions=True)
