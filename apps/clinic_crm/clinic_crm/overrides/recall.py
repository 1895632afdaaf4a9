"""A recall that the CRM follows is a task of its own there (A90, C083; hook `clinic_on_recall`)."""

from typing import Any

import frappe
from clinic_core.foundation import live
from frappe import _
from frappe.utils import getdate, now_datetime

from clinic_crm.pipeline import teams
from clinic_crm.pipeline.states import DONE, NOT_DONE

ACTIVITY, LEAD = "Clinic Activity", "Clinic Lead"
CAUSE, OURS = "Recall", "CRM"
TO_FOLLOW = ("Due", "Contacted", "Not Reached")


def on_recall(events: list[dict[str, Any]]) -> None:
	"""New ones become tasks, others move theirs to the next day or end it; the same events twice change nothing.

	A constant number of queries for new ones, however many.
	"""
	ours = {event["recall"]: event for event in events if event["contact_by"] == OURS}
	if not ours:
		return
	rows = frappe.get_all(
		ACTIVITY,
		{"recall": ("in", sorted(ours)), "status": NOT_DONE},
		["name", "recall", "date"],
		order_by="name asc",
		limit_page_length=0,
	)
	tasks = {row.recall: row for row in rows}
	_plan([event for name, event in ours.items() if name not in tasks and _day(event)])
	over = [task.name for name, task in tasks.items() if not _day(ours[name])]
	if over:
		values = {"status": DONE, "done_at": now_datetime(), "done_by": frappe.session.user}
		frappe.db.set_value(ACTIVITY, {"name": ("in", over)}, values)
	for name, task in tasks.items():
		day = _day(ours[name])
		if day and day != getdate(task.date):
			frappe.db.set_value(ACTIVITY, task.name, "date", day)
	live.changed(ACTIVITY, "")


def _day(event: dict[str, Any]) -> Any:
	"""When somebody has to call; None when nobody has to any more."""
	if event["new"] not in TO_FOLLOW or not event["next_on"]:
		return None
	return getdate(event["next_on"])


def _plan(events: list[dict[str, Any]]) -> None:
	if not events:
		return
	patients = {event["patient"] for event in events}
	people = _titles("Clinic Patient", patients, "full_name")
	services = _titles("Clinic Service", {event["service"] for event in events}, "service_name")
	owners = _owners(patients)
	able = teams.able_ones({owner.assigned_to for owner in owners.values()})
	now, user = now_datetime(), frappe.session.user
	rows = []
	for event in events:
		owner = owners.get(event["patient"]) or frappe._dict()
		rows.append(
			{
				"name": frappe.generate_hash(length=10),
				**{"creation": now, "modified": now, "owner": user, "modified_by": user},
				**{"status": NOT_DONE, "date_type": "Once", "priority": "Normal", "person_type": "Patient"},
				"patient": event["patient"],
				"person_name": people.get(event["patient"]),
				"title": _("Recall: {0}").format(services.get(event["service"], event["service"])),
				"date": _day(event),
				"assigned_to": owner.assigned_to if owner.assigned_to in able else None,
				"team": owner.team,
				"cause": CAUSE,
				"recall": event["recall"],
			}
		)
	frappe.db.bulk_insert(ACTIVITY, list(rows[0]), [list(row.values()) for row in rows])


def _owners(patients: set[str]) -> dict[str, frappe._dict]:
	"""Who looked after the patient's newest lead looks after the recall."""
	rows = frappe.get_all(
		LEAD,
		{"patient": ("in", sorted(patients))},
		["patient", "assigned_to", "team"],
		order_by="creation asc",
		limit_page_length=0,
	)
	return {row.patient: row for row in rows}


def _titles(doctype: str, names: set[str], field: str) -> dict[str, str]:
	rows = frappe.get_all(
		doctype, {"name": ("in", sorted(names))}, ["name", field], order_by="name asc", limit_page_length=0
	)
	return {row.name: row[field] for row in rows}
