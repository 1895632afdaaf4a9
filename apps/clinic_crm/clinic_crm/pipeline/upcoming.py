"""The upcoming activity: planned from a lead, from an activity, or by an event (C005, C042, C083)."""

from collections.abc import Sequence
from typing import Any

import frappe
from clinic_core.foundation import bulk, live
from clinic_core.foundation.errors import refuse_input
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, now_datetime

from clinic_crm.pipeline import person, teams
from clinic_crm.pipeline.states import NOT_DONE

SWITCH = "plan_upcoming"
ACTIVITY = "Clinic Activity"


def take_from(doc: Document) -> dict[str, Any] | None:
	"""Read the upcoming-activity switch of a lead or an activity, and turn it off again.

	The plan becomes a document of its own, so the switch is free for the next one.
	Raises InvalidInputError naming what is missing: title, date and description are all needed.
	"""
	if not doc.get(SWITCH):
		return None
	plan = check(doc.upcoming_title, doc.upcoming_date, doc.upcoming_description)
	doc.set(SWITCH, 0)
	for part in ("title", "date", "description"):
		doc.set(f"upcoming_{part}", None)
	return plan


def check(title: str | None, date: Any, description: str | None) -> dict[str, Any]:
	"""The three things an upcoming activity needs. Raises InvalidInputError naming the missing one."""
	if not (title or "").strip():
		refuse_input(_("Title of the upcoming activity"), _("Say in a few words what is to be done."))
	if not date:
		refuse_input(_("Date of the upcoming activity"), _("Choose the day."))
	if not (description or "").strip():
		refuse_input(_("Description of the upcoming activity"), _("Write what it is about."))
	try:
		day = getdate(date)
	except (ValueError, TypeError, frappe.ValidationError):
		refuse_input(_("Date of the upcoming activity"), _("This is not a date."))
	if day < getdate():
		refuse_input(_("Date of the upcoming activity"), _("This day is over. Choose today or later."))
	return {"title": title.strip(), "date": day, "description": description.strip()}


def plan_for_lead(lead: Document, plan: dict[str, Any], **more: Any) -> Document:
	"""Insert the planned activity of `lead`; `more` are further fields (follows, appointment, cause)."""
	return frappe.get_doc(
		{
			"doctype": ACTIVITY,
			"lead": lead.name,
			"person_type": lead.person_type,
			"contact": lead.contact,
			"patient": lead.patient,
			"status": NOT_DONE,
			"date_type": "Once",
			"priority": lead.priority,
			"assigned_to": teams.able(lead.assigned_to),
			"team": lead.team,
			**plan,
			**more,
		}
	).insert(ignore_permissions=True)


def plan_many(wanted: Sequence[tuple[Any, dict[str, Any]]]) -> None:
	"""Insert the planned activities of many leads in a constant number of queries (jobs, events).

	`wanted`: (lead {name, person_type, contact, patient, priority, assigned_to, team}, plan), where a
	plan has title, date, description, cause and appointment or None. As `plan_for_lead` would do it.
	"""
	if not wanted:
		return
	leads = [lead for lead, _plan in wanted]
	people = person.people_of(leads)
	able = teams.able_ones({lead.assigned_to for lead in leads})
	teams_of = teams.first_teams_of(able | {frappe.session.user})
	user, rows = frappe.session.user, []
	for lead, plan in wanted:
		assigned_to = lead.assigned_to if lead.assigned_to in able else None
		who = people[lead.name]
		rows.append(
			{
				**{"lead": lead.name, "priority": lead.priority},
				**{field: who[field] for field in ("person_type", "contact", "patient", "person_name")},
				"assigned_to": assigned_to,
				"team": lead.team or teams_of.get(assigned_to or user),
				**_planned_fields(plan),
			}
		)
	_insert(rows)


def plan_for_patients(wanted: Sequence[tuple[str, dict[str, Any]]]) -> None:
	"""The same for patients whose appointment no lead waits for: {patient, plan}.

	Whoever looked after the patient's newest lead is asked, else it is for whoever sees all activities.
	"""
	if not wanted:
		return
	patients = sorted({patient for patient, _plan in wanted})
	leads = {
		row.patient: row
		for row in frappe.get_all(
			"Clinic Lead",
			{"patient": ("in", patients)},
			["name", "patient", "contact", "priority", "assigned_to", "team"],
			order_by="creation asc, name asc",
		)
	}
	names = dict(
		frappe.get_all(
			"Clinic Patient",
			{"name": ("in", patients)},
			["name", "full_name"],
			order_by="name asc",
			as_list=True,
		)
	)
	able = teams.able_ones({lead.assigned_to for lead in leads.values()})
	rows = []
	for patient, plan in wanted:
		lead = leads.get(patient) or frappe._dict()
		rows.append(
			{
				**{"lead": lead.name, "priority": lead.priority or "Normal"},
				**{"person_type": person.PATIENT, "contact": lead.contact, "patient": patient},
				"person_name": names.get(patient),
				"assigned_to": lead.assigned_to if lead.assigned_to in able else None,
				"team": lead.team,
				**_planned_fields(plan),
			}
		)
	_insert(rows)


def _planned_fields(plan: dict[str, Any]) -> dict[str, Any]:
	parts = {part: plan[part] for part in ("title", "date", "description", "cause")}
	return {**parts, "appointment": plan.get("appointment"), "status": NOT_DONE, "date_type": "Once"}


def _insert(rows: list[dict[str, Any]]) -> None:
	now, user = now_datetime(), frappe.session.user
	stamps = {"creation": now, "modified": now, "owner": user, "modified_by": user}
	columns = ["name", *stamps, *rows[0]]
	values = [[frappe.generate_hash(length=10), *stamps.values(), *row.values()] for row in rows]
	bulk.insert_many(ACTIVITY, columns, values)
	live.changed(ACTIVITY, values[0][0])


def plan_after(activity: Document, plan: dict[str, Any]) -> Document:
	"""Insert the activity planned while `activity` was recorded."""
	return frappe.get_doc(
		{
			"doctype": ACTIVITY,
			"lead": activity.lead,
			"person_type": activity.person_type,
			"contact": activity.contact,
			"patient": activity.patient,
			"status": NOT_DONE,
			"date_type": "Once",
			"priority": activity.priority,
			"assigned_to": teams.able(activity.assigned_to),
			"team": activity.team,
			"follows": activity.name,
			**plan,
		}
	).insert(ignore_permissions=True)
