"""The CRM Office: what there is to do on a day (C010, C094). Asks as the user: he sees what is his.

The number of queries does not depend on the number of rows. Frappe wraps compared columns in `ifnull`,
which no index serves; none of ours here is empty where it matters, so it is told not to. Leads that
wait are asked for state by state: each is the end of an index, an `or` over a million leads is not.
"""

import datetime
from collections.abc import Callable
from operator import itemgetter
from typing import Any

import frappe
from clinic_core.foundation import compat
from frappe.utils import getdate

from clinic_crm.pipeline import rows
from clinic_crm.pipeline.states import CLOSED, DONE, IN_PROGRESS, NEW, NOT_DONE, OPPORTUNITY, STAGNANT

PAGE = 200

Filters = list[list[Any]]


def of_day(day: datetime.date | None = None, team: str | None = None) -> dict[str, Any]:
	"""{leads, opportunities, current_activities, activities, calls}, each {count, rows}.

	leads: made that day, and today also every lead that still waits or is followed. opportunities:
	appointment that day, or became one or closed that day. current_activities: planned for that day,
	today also overdue ones. activities: done that day. calls: of that day. At most PAGE rows each.
	"""
	day = day or getdate()
	of_team: Filters = [["team", "=", team]] if team else []
	return {
		"leads": _leads(day, of_team),
		"opportunities": _opportunities(day, of_team),
		"current_activities": _planned(day, of_team),
		"activities": _done(day, of_team),
		"calls": _calls(day, of_team),
	}


def _leads(day: datetime.date, filters: Filters) -> dict[str, Any]:
	states = [["status", "in", [NEW, IN_PROGRESS, STAGNANT]]]
	parts = [[*filters, *states, *_on("creation", day)]]
	if day == getdate():
		waiting = [[*filters, ["status", "=", status]] for status in (NEW, IN_PROGRESS)]
		parts = [*waiting, [*filters, ["status", "=", STAGNANT], *_on("creation", day)]]
	found, count = _found("Clinic Lead", rows.LEAD_FIELDS, parts, "creation desc")
	found.sort(key=itemgetter("creation"), reverse=True)
	return {"count": count, "rows": rows.leads(found[:PAGE])}


def _opportunities(day: datetime.date, filters: Filters) -> dict[str, Any]:
	names = _leads_of_appointments(day) | _moved(day)
	if not names:
		return {"count": 0, "rows": []}
	filters = [*filters, ["status", "in", [OPPORTUNITY, CLOSED]], ["name", "in", sorted(names)]]
	return _answer("Clinic Lead", rows.LEAD_FIELDS, filters, "status desc, creation desc", rows.leads)


def _planned(day: datetime.date, filters: Filters) -> dict[str, Any]:
	filters = [*filters, ["status", "=", NOT_DONE], ["date", "<=", day]]
	order = "date asc, creation asc"
	if day == getdate():
		return _answer("Clinic Activity", rows.ACTIVITY_FIELDS, filters, order, rows.activities)
	# Of another day: what begins then, or began before and is not over.
	parts = [[*filters, ["date", "=", day]], [*filters, ["date", "<", day], ["end_date", ">=", day]]]
	found, count = _found("Clinic Activity", rows.ACTIVITY_FIELDS, parts, order)
	found.sort(key=itemgetter("date"))
	return {"count": count, "rows": rows.activities(found[:PAGE])}


def _done(day: datetime.date, filters: Filters) -> dict[str, Any]:
	filters = [*filters, ["status", "=", DONE], *_on("done_at", day)]
	return _answer("Clinic Activity", rows.ACTIVITY_FIELDS, filters, "done_at desc", rows.activities)


def _calls(day: datetime.date, filters: Filters) -> dict[str, Any]:
	filters = [*filters, ["channel", "=", "Phone"], *_on("started_at", day)]
	return _answer("Clinic Call", rows.CALL_FIELDS, filters, "started_at desc", rows.calls)


def _answer(
	doctype: str, fields: tuple[str, ...], filters: Filters, order: str, dress: Callable[[list], list]
) -> dict[str, Any]:
	found, count = _found(doctype, fields, [filters], order)
	return {"count": count, "rows": dress(found)}


def _found(
	doctype: str, fields: tuple[str, ...], parts: list[Filters], order: str
) -> tuple[list[dict[str, Any]], int]:
	"""The first page of each of several filters that have no row in common, and how many rows fit any."""
	found, count = [], 0
	if not frappe.has_permission(doctype, "read"):
		return found, count
	for filters in parts:
		page = frappe.get_list(
			doctype,
			fields=list(fields),
			filters=filters,
			order_by=order,
			limit_page_length=PAGE,
			ignore_ifnull=True,
		)
		found += page
		count += _count(doctype, filters) if len(page) == PAGE else len(page)
	return found, count


def _count(doctype: str, filters: Filters) -> int:
	return compat.count_in_list(doctype, [[doctype, *line] for line in filters])


def _leads_of_appointments(day: datetime.date) -> set[str]:
	lead, appointment = frappe.qb.DocType("Clinic Lead"), frappe.qb.DocType("Clinic Appointment")
	start, end = _span(day)
	return set(
		frappe.qb.from_(appointment)
		.join(lead)
		.on(lead.appointment == appointment.name)
		.select(lead.name)
		.where((appointment.start >= start) & (appointment.start < end))
		.run(pluck=True)
	)


def _moved(day: datetime.date) -> set[str]:
	return set(
		frappe.get_all(
			"Clinic Lead Status Log",
			filters=[["to_status", "in", [OPPORTUNITY, CLOSED]], *_on("changed_at", day)],
			pluck="lead",
			order_by="changed_at asc",
			ignore_ifnull=True,
		)
	)


def _on(field: str, day: datetime.date) -> Filters:
	"""On that day. Not `between`: Frappe reads its second moment as a whole day more."""
	start, end = _span(day)
	return [[field, ">=", start], [field, "<", end]]


def _span(day: datetime.date) -> tuple[datetime.datetime, datetime.datetime]:
	start = datetime.datetime.combine(day, datetime.time.min)
	return start, start + datetime.timedelta(days=1)
