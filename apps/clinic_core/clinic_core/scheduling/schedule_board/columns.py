"""The columns of the Schedule page: practitioners, rooms and devices, and what lies behind them (E208)."""

from typing import Any

import frappe
from frappe import _

from clinic_core.foundation import branch_scope
from clinic_core.people import own_patients
from clinic_core.scheduling import claims, roster
from clinic_core.scheduling.cells import moment_of
from clinic_core.scheduling.schedule_board import layout
from clinic_core.scheduling.schedule_board.asked import Asked
from clinic_core.scheduling.slots import Interval, Shift, practitioner_key, resource_key


def columns_of(
	asked: Asked, people: dict[str, frappe._dict], hours: roster.Hours, rows: list[dict[str, Any]]
) -> list[dict[str, Any]]:
	"""Practitioners who work, would work or have appointments in these days; then rooms and devices.

	A column is {key, kind, name, title, …, work: [{start, end, …}], bands: [{start, end, kind, title}],
	busy: [{start, end}]}: `busy` is time taken by appointments that this user may not see.
	"""
	in_branches = [shift for shift in hours.worked if asked.has(shift.branch)]
	busy = _busy(asked, people)
	found = []
	if not asked.resource:
		seen = {part["practitioner"] for row in rows for part in row["parts"]}
		found = [
			_practitioner_column(asked, row, hours, busy)
			for row in people.values()
			if asked.practitioner or row.name in seen or _has_hours(row.name, asked, hours)
		]
	if not asked.practitioner:
		found += [_resource_column(asked, row, in_branches) for row in _resources(asked)]
	return found


def people_of(practitioner: str | None) -> dict[str, frappe._dict]:
	"""Active practitioners in the order of their columns; the one that is asked for, whatever he is."""
	person, department = frappe.qb.DocType("Clinic Practitioner"), frappe.qb.DocType("Clinic Department")
	query = (
		frappe.qb.from_(person)
		.left_join(department)
		.on(department.name == person.department)
		.select(
			person.name,
			person.practitioner_name,
			person.kind,
			person.colour,
			person.department,
			person.branch,
			department.title.as_("department_title"),
		)
		.orderby(department.priority, department.title, person.practitioner_name, person.name)
	)
	asked_for = person.name == practitioner if practitioner else person.is_active == 1
	rows = query.where(asked_for).run(as_dict=True)
	if practitioner and not rows:
		frappe.throw(_("Practitioner {0} not found").format(practitioner), frappe.DoesNotExistError)
	return {row.name: row for row in rows}


def _has_hours(name: str, asked: Asked, hours: roster.Hours) -> bool:
	begin, end = asked.minutes
	return any(
		shift.practitioner == name and asked.has(shift.branch) and shift.start < end and begin < shift.end
		for shift in (*hours.planned, *hours.worked)
	)


def _practitioner_column(
	asked: Asked, row: frappe._dict, hours: roster.Hours, busy: dict[str, list[Interval]]
) -> dict[str, Any]:
	begin, end = asked.minutes
	mine = [s for s in hours.worked if s.practitioner == row.name and asked.has(s.branch)]
	planned = [s for s in hours.planned if s.practitioner == row.name and asked.has(s.branch)]
	absences = [*hours.found.holidays, *hours.found.absences]
	bands = layout.bands(planned, absences, begin, end)
	extra = layout.clipped([(s.start, s.end) for s in mine], begin, end)
	key = practitioner_key(row.name)
	return {
		"key": key,
		"kind": "practitioner",
		"name": row.name,
		"title": row.practitioner_name,
		"role": row.kind,
		"colour": row.colour or "",
		"department": row.department,
		"department_title": row.department_title,
		"branch": row.branch,
		"work": [_work(shift, begin, end) for shift in mine if shift.start < end],
		"bands": [
			{**_span((band.start, band.end)), "kind": band.kind, "title": band.title} for band in bands
		],
		"busy": [_span(span) for span in layout.clipped(busy.get(key, []), begin, end)],
		"worked": [*extra, *((band.start, band.end) for band in bands)],
	}


def _resource_column(asked: Asked, row: frappe._dict, shifts: list[Shift]) -> dict[str, Any]:
	"""A room has no hours of its own: it is open while somebody works in its branch."""
	begin, end = asked.minutes
	spans = layout.union((s.start, s.end) for s in shifts if s.branch == row.branch)
	spans = layout.clipped(spans, begin, end)
	return {
		"key": resource_key(row.name),
		"kind": "resource",
		"name": row.name,
		"title": row.title,
		"role": row.kind,
		"colour": row.colour or "",
		"branch": row.branch,
		"capacity": max(1, int(row.capacity or 1)),
		"is_active": row.status == "Active",
		"work": [_span(span) for span in spans],
		"bands": [],
		"busy": [],
		"worked": [],
	}


def _resources(asked: Asked) -> list[frappe._dict]:
	filters: dict[str, Any] = {}
	if asked.branches is not None:
		filters["branch"] = ("in", asked.branches)
	if asked.resource:
		filters["name"] = asked.resource
	rows = frappe.get_all(
		"Clinic Resource",
		filters=filters,
		fields=["name", "title", "kind", "branch", "capacity", "status", "colour"],
		order_by="kind desc, title asc, name asc",  # rooms, then devices and chairs
	)
	if asked.resource and not rows:
		frappe.throw(_("Resource {0} not found").format(asked.resource), frappe.DoesNotExistError)
	return rows


def _busy(asked: Asked, people: dict[str, frappe._dict]) -> dict[str, list[Interval]]:
	"""Who sees only a part of the appointments still sees that a time is taken, not by whom."""
	user = frappe.session.user
	limited = own_patients.is_limited(user) or branch_scope.is_limited(user)
	if not limited or asked.resource or not people:
		return {}
	taken = claims.busy([practitioner_key(name) for name in people], *asked.minutes)
	return {key: layout.union(spans) for key, spans in taken.items()}


def _work(shift: Shift, begin: int, end: int) -> dict[str, Any]:
	span = (max(shift.start, begin), min(shift.end, end))
	return {**_span(span), "branch": shift.branch, "kind": shift.kind, "gender": shift.gender}


def _span(interval: Interval) -> dict[str, str]:
	return {"start": str(moment_of(interval[0])), "end": str(moment_of(interval[1]))}
