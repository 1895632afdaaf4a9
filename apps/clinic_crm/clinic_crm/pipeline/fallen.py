"""Leads whose appointments fell through, many at once (C006, C087, C090). Cancellations and the night job."""

from collections.abc import Sequence
from typing import Any

import frappe
from clinic_core.foundation import live, settings
from frappe import _
from frappe.utils import get_datetime, getdate

from clinic_crm.pipeline import follow, status_log, upcoming
from clinic_crm.pipeline.states import IN_PROGRESS

LEAD = "Clinic Lead"
ACTIVITY = "Clinic Activity"
NO_SHOW = "No Show"
# From 200 values on the database no longer looks them up in the index to plan a query, but trusts an
# average: with most appointments empty it read a million activities instead.
_ASKED_AT_ONCE = 150
_FIELDS = (
	"name",
	"status",
	"appointment",
	"closing_visit",
	"person_type",
	"contact",
	"patient",
	"priority",
	"assigned_to",
	"team",
	"creation",
)


def follow_fallen(fallen: Sequence[dict[str, Any]]) -> None:
	"""Reopen the leads of appointments that fell through, and plan a call for each if the clinic wants it.

	`fallen`: rows {appointment, status, patient, origin_doctype, origin_name}. The same rows twice change
	nothing more. In the caller's transaction, in a constant number of queries.
	"""
	lead_of = _leads_of(fallen)
	leads = _locked(set(lead_of.values()))
	moves, calls = [], []
	for row in fallen:
		lead = leads.get(lead_of.get(row["appointment"]))
		# He came without it and was received: the appointment that fell through loses nothing.
		if not lead or lead.closing_visit or lead.appointment != row["appointment"]:
			continue
		if new := follow.after_appointment(lead.status, row["status"], is_linked=True):
			moves.append((lead, lead.status, new))
			lead.status = new
		if lead.status == IN_PROGRESS:
			calls.append((lead, row))
	_move(moves)
	if settings.get("reopen_no_shows"):
		_plan_calls(calls)
		_plan_calls_without_lead([row for row in fallen if row["appointment"] not in lead_of])


def _leads_of(fallen: Sequence[dict[str, Any]]) -> dict[str, str]:
	"""Appointment → the lead it was booked from, or the newest that carries it."""
	origins: dict[str, set[str]] = {LEAD: set(), ACTIVITY: set()}
	for row in fallen:
		if row.get("origin_doctype") in origins and row.get("origin_name"):
			origins[row["origin_doctype"]].add(row["origin_name"])
	known = set(_pluck(LEAD, {"name": ("in", sorted(origins[LEAD]))}, "name")) if origins[LEAD] else set()
	by_activity = _pairs(ACTIVITY, {"name": ("in", sorted(origins[ACTIVITY]))}, "name", "lead")
	carrying = _pairs(
		LEAD, {"appointment": ("in", [row["appointment"] for row in fallen])}, "appointment", "name"
	)
	found = {}
	for row in fallen:
		origin = row.get("origin_name")
		booked_from = origin if row.get("origin_doctype") == LEAD and origin in known else None
		if row.get("origin_doctype") == ACTIVITY:
			booked_from = by_activity.get(origin)
		if lead := booked_from or carrying.get(row["appointment"]):
			found[row["appointment"]] = lead
	return found


def _pairs(doctype: str, filters: dict[str, Any], key: str, value: str) -> dict[str, str]:
	"""Key → value; the row changed last counts."""
	if not all(wanted[1] for wanted in filters.values()):
		return {}
	rows = frappe.get_all(doctype, filters, [key, value], order_by="modified asc")
	return {row[key]: row[value] for row in rows if row[value]}


def _pluck(doctype: str, filters: dict[str, Any], field: str) -> list[str]:
	return frappe.get_all(doctype, filters, pluck=field, order_by="name asc")


def _locked(names: set[str]) -> dict[str, frappe._dict]:
	if not names:
		return {}
	table = frappe.qb.DocType(LEAD)
	rows = (
		frappe.qb.from_(table)
		.select(*[table[field] for field in _FIELDS])
		.where(table.name.isin(sorted(names)))
		.orderby(table.name)
		.for_update()
		.run(as_dict=True)
	)
	return {row.name: row for row in rows}


def _move(moves: list[tuple[frappe._dict, str, str]]) -> None:
	"""Lost opportunities go back to work; their history tells it."""
	if not moves:
		return
	status_log.record_many(moves)
	for new in sorted({new for _lead, _old, new in moves}):
		names = [lead.name for lead, _old, to in moves if to == new]
		frappe.db.set_value(LEAD, {"name": ("in", names)}, {"status": new, "reason": None, "closed_at": None})
	live.changed(LEAD, moves[0][0].name)


def _plan_calls(calls: list[tuple[frappe._dict, dict[str, Any]]]) -> None:
	"""One upcoming activity for one fallen appointment."""
	planned = _planned([lead.name for lead, _row in calls])
	starts = _starts([row for _lead, row in calls])
	wanted = [
		(lead, _plan(row, starts))
		for lead, row in calls
		if (lead.name, row["appointment"], row["status"]) not in planned
	]
	upcoming.plan_many(wanted)


def _plan_calls_without_lead(fallen: Sequence[dict[str, Any]]) -> None:
	"""Who did not come is called, also when no lead waits for the appointment: a session, a booking at
	the desk (C008). A cancellation without a lead was talked about already."""
	missed = [row for row in fallen if row["status"] == NO_SHOW and row.get("patient")]
	if not missed:
		return
	planned = _called([row["appointment"] for row in missed])
	starts = _starts(missed)
	upcoming.plan_for_patients(
		[(row["patient"], _plan(row, starts)) for row in missed if row["appointment"] not in planned]
	)


def _called(appointments: Sequence[str]) -> set[str]:
	"""Those of `appointments` whose call is planned already."""
	found: set[str] = set()
	for at in range(0, len(appointments), _ASKED_AT_ONCE):
		part = appointments[at : at + _ASKED_AT_ONCE]
		found.update(_pluck(ACTIVITY, {"appointment": ("in", part), "cause": NO_SHOW}, "appointment"))
	return found


def _starts(fallen: Sequence[dict[str, Any]]) -> dict[str, Any]:
	names = [row["appointment"] for row in fallen]
	return _pairs("Clinic Appointment", {"name": ("in", names)}, "name", "start")


def _plan(row: dict[str, Any], starts: dict[str, Any]) -> dict[str, Any]:
	is_no_show = row["status"] == NO_SHOW
	day = get_datetime(starts[row["appointment"]]).date()
	return {
		"title": _("Did not come: call again") if is_no_show else _("Appointment cancelled: call again"),
		"date": follow.follow_up_day(day, getdate(), is_no_show=is_no_show),
		"description": _("Ask why, and offer a new appointment."),
		"appointment": row["appointment"],
		"cause": row["status"],
	}


def _planned(leads: list[str]) -> set[tuple[str, str, str]]:
	if not leads:
		return set()
	rows = frappe.get_all(
		ACTIVITY,
		{"lead": ("in", sorted(set(leads))), "cause": ("in", sorted(follow.FALLEN))},
		["lead", "appointment", "cause"],
		order_by="name asc",
	)
	return {(row.lead, row.appointment, row.cause) for row in rows}
