"""The CRM Office: what there is to do on a day (C010, C094). Asks as the user: he sees what is his.

The number of queries does not depend on the number of rows.
"""

import datetime
from typing import Any

import frappe
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
	either = [["creation", "between", _span(day)]]
	if day == getdate():
		either.append(["status", "in", [NEW, IN_PROGRESS]])
	filters = [*filters, ["status", "in", [NEW, IN_PROGRESS, STAGNANT]]]
	return _answer("Clinic Lead", rows.LEAD_FIELDS, filters, either, "creation desc", rows.leads)


def _opportunities(day: datetime.date, filters: Filters) -> dict[str, Any]:
	names = _leads_of_appointments(day) | _moved(day)
	filters = [*filters, ["status", "in", [OPPORTUNITY, CLOSED]], ["name", "in", sorted(names) or [""]]]
	return _answer("Clinic Lead", rows.LEAD_FIELDS, filters, None, "status desc, creation desc", rows.leads)


def _planned(day: datetime.date, filters: Filters) -> dict[str, Any]:
	filters = [*filters, ["status", "=", NOT_DONE], ["date", "<=", day]]
	either = None
	if day != getdate():
		either = [["date", "=", day], ["end_date", ">=", day]]
	order = "date asc, creation asc"
	return _answer("Clinic Activity", rows.ACTIVITY_FIELDS, filters, either, order, rows.activities)


def _done(day: datetime.date, filters: Filters) -> dict[str, Any]:
	filters = [*filters, ["status", "=", DONE], ["done_at", "between", _span(day)]]
	return _answer("Clinic Activity", rows.ACTIVITY_FIELDS, filters, None, "done_at desc", rows.activities)


def _calls(day: datetime.date, filters: Filters) -> dict[str, Any]:
	filters = [*filters, ["channel", "=", "Phone"], ["started_at", "between", _span(day)]]
	return _answer("Clinic Call", rows.CALL_FIELDS, filters, None, "started_at desc", rows.calls)


def _answer(
	doctype: str, fields: tuple[str, ...], filters: Filters, either: Filters | None, order: str, dress: Any
) -> dict[str, Any]:
	if not frappe.has_permission(doctype, "read"):
		return {"count": 0, "rows": []}
	asked = {"filters": filters, "or_filters": either, "order_by": order}
	found = frappe.get_list(doctype, fields=list(fields), limit_page_length=PAGE, **asked)
	count = len(found)
	if count == PAGE:
		count = len(frappe.get_list(doctype, pluck="name", limit_page_length=0, **asked))
	return {"count": count, "rows": dress(found)}


def _leads_of_appointments(day: datetime.date) -> set[str]:
	lead, appointment = frappe.qb.DocType("Clinic Lead"), frappe.qb.DocType("Clinic Appointment")
	start, end = _span(day)
	return set(
		frappe.qb.from_(appointment)
		.join(lead)
		.on(lead.appointment == appointment.name)
		.select(lead.name)
		.where(appointment.start[start:end])
		.run(pluck=True)
	)


def _moved(day: datetime.date) -> set[str]:
	return set(
		frappe.get_all(
			"Clinic Lead Status Log",
			filters=[["to_status", "in", [OPPORTUNITY, CLOSED]], ["changed_at", "between", _span(day)]],
			pluck="lead",
			order_by="changed_at asc",
		)
	)


def _span(day: datetime.date) -> tuple[datetime.datetime, datetime.datetime]:
	start = datetime.datetime.combine(day, datetime.time.min)
	return start, start + datetime.timedelta(days=1, microseconds=-1)
