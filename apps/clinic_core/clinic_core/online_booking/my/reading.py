"""What a patient reads of himself: appointments, sessions left, money, who opened the file (N3).

No permission is asked: the caller knows that it is the patient. A constant number of queries.
"""

from typing import Any

import frappe
from frappe import _
from frappe.utils import get_datetime, getdate, now_datetime

from clinic_core.foundation import events
from clinic_core.online_booking import times
from clinic_core.online_booking.tracking import reading as tracking
from clinic_core.people import entitlements
from clinic_core.people.access_log import for_patient
from clinic_core.people.merging import whole
from clinic_core.scheduling import states
from clinic_core.service_catalog.public_page.visit import Visit

APPOINTMENT = "Clinic Appointment"
HOOK = "clinic_my_account"
PAST, VIEWS = 10, 60


def overview(visit: Visit, patient: str) -> dict[str, Any]:
	"""Everything the page shows, in words."""
	return {
		"coming": _coming(visit, patient),
		"past": _past(visit, patient),
		"sessions": _sessions(visit, patient),
		"account": _account(visit, patient),
		"views": _views(visit, patient),
	}


def _rows(patient: str, condition: Any, limit: int, *, newest_first: bool) -> list[Any]:
	table = frappe.qb.DocType(APPOINTMENT)
	person, service = frappe.qb.DocType("Clinic Practitioner"), frappe.qb.DocType("Clinic Service")
	return (
		frappe.qb.from_(table)
		.left_join(person)
		.on(person.name == table.practitioner)
		.left_join(service)
		.on(service.name == table.service)
		.select(table.start, table.status, table.hold_until, table.tracking_code, table.area_title)
		.select(person.practitioner_name, service.service_name, service.display_name)
		.where(table.patient.isin(whole.names_of(patient)) & condition(table))
		.orderby(table.start, order=frappe.qb.desc if newest_first else frappe.qb.asc)
		.limit(limit)
		.run(as_dict=True)
	)


def _coming(visit: Visit, patient: str) -> list[dict[str, Any]]:
	now = now_datetime()
	alive = [states.BOOKED, states.CONFIRMED, states.ARRIVED, states.ADMITTED]
	rows = _rows(
		patient,
		lambda table: (
			(table.start >= getdate(now))
			& (table.status.isin(alive) | ((table.status == states.HELD) & (table.hold_until >= now)))
		),
		30,
		newest_first=False,
	)
	return [_line(visit, row) for row in rows]


def _past(visit: Visit, patient: str) -> list[dict[str, Any]]:
	over = [states.COMPLETED, states.CANCELLED, states.NO_SHOW]
	rows = _rows(patient, lambda table: table.status.isin(over), PAST, newest_first=True)
	return [_line(visit, row) for row in rows]


def _line(visit: Visit, row: Any) -> dict[str, Any]:
	start = get_datetime(row.start)
	title = row.display_name or _(row.service_name or "")
	state = tracking.state_of(row)
	return {
		"day": times.spoken(start.date())["label"],
		"time": times.clock(start),
		"title": f"{title} – {row.area_title}" if row.area_title else title,
		"with": row.practitioner_name or "",
		"state": state,
		"state_text": {
			tracking.WAITING: _("Waiting for the clinic's confirmation"),
			tracking.CANCELLED: _("Cancelled"),
			tracking.MISSED: _("Missed"),
		}.get(state, ""),
		"link": f"/booking/{row.tracking_code}?_lang={visit.lang}",
	}


def _sessions(visit: Visit, patient: str) -> list[dict[str, Any]]:
	"""What was bought and is not used yet (D21)."""
	return [
		{
			"title": f"{_(row.service_name)} – {row.area_title}" if row.area_title else _(row.service_name),
			"left": visit.words.number(round(row["left"], 2) if row["left"] % 1 else int(row["left"])),
			"until": visit.words.day(row.valid_to) if row.valid_to else "",
		}
		for row in map(frappe._dict, entitlements.open_for(patient))
	]


def _account(visit: Visit, patient: str) -> dict[str, Any] | None:
	"""What he owes and paid, where an app keeps books (hook `clinic_my_account`)."""
	found = next(iter(events.gather(HOOK, patient=patient)), None)
	if not found:
		return None
	money = visit.words.money
	return {
		"owes": money(found["balance"]) if found["balance"] > 0 else "",
		"deposits": money(found["deposits"]) if found["deposits"] > 0 else "",
		"credit": money(found["credit"]) if found["credit"] > 0 else "",
		"rows": [
			{"day": visit.words.day(row["day"]), "text": row["text"], "amount": money(row["amount"])}
			for row in found["rows"]
		],
	}


def _views(visit: Visit, patient: str) -> list[dict[str, Any]]:
	return [
		{**row, "day": visit.words.day(row["day"]), "times": visit.words.number(row["times"])}
		for row in for_patient.opened(patient, VIEWS)
	]
