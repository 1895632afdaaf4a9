"""What the Schedule page shows: columns, appointments, what lies behind them (E180, E190, E208).

A constant number of queries, however many people, rooms and days. What somebody may see is asked of
Frappe's own lists: branches, own patients, hidden numbers.
"""

import datetime
from collections import defaultdict
from typing import Any

import frappe
from frappe.utils import get_datetime

from clinic_core.scheduling import day_list, roster
from clinic_core.scheduling.cells import minute_of
from clinic_core.scheduling.schedule_board import columns, layout, online_holds
from clinic_core.scheduling.schedule_board.asked import Asked

APPOINTMENT = day_list.DOCTYPE
STEP = "Clinic Appointment Step"
MOST = 2000


def board(asked: Asked) -> dict[str, Any]:
	"""{first, last, columns, appointments, online_holds, hours, is_cut}; see `columns_of`, `cards`, `online_holds.of`.

	`hours`: [from, to] as "HH:MM". `is_cut`: there are more appointments than a screen can take.
	"""
	people = columns.people_of(asked.practitioner)
	hours = roster.hours(people, asked.first, asked.last)
	rows = cards(asked)
	found = columns.columns_of(asked, people, hours, rows)
	shown = [(minute_of(get_datetime(row["start"])), minute_of(get_datetime(row["end"]))) for row in rows]
	shown += [interval for column in found for interval in column.pop("worked")]
	first, last = layout.hours_shown(shown)
	return {
		"first": str(asked.first),
		"last": str(asked.last),
		"columns": found,
		"appointments": rows,
		"online_holds": online_holds.of(asked),
		"hours": [_time(first), _time(last)],
		"is_cut": len(rows) >= MOST,
	}


def cards(asked: Asked, names: list[str] | None = None) -> list[dict[str, Any]]:
	"""Appointments as `day_list` has them, each with `parts`; with `names` only of these.

	A part is {practitioner, practitioner_name, resource, resource_title, service_name, start, end}.
	"""
	filters = [[APPOINTMENT, "start", "<", asked.end], [APPOINTMENT, "start", ">=", asked.reach]]
	if asked.branches is not None:
		filters.append([APPOINTMENT, "branch", "in", asked.branches])
	if names is not None:
		filters.append([APPOINTMENT, "name", "in", names])
	taking_part = _taking_part(asked)
	either = None
	if asked.resource:
		filters.append([APPOINTMENT, "name", "in", taking_part or [""]])
	elif asked.practitioner:
		either = [[APPOINTMENT, "practitioner", "=", asked.practitioner]]
		if taking_part:
			either.append([APPOINTMENT, "name", "in", taking_part])
	rows = day_list.visible(filters, MOST, either)
	rows = [row for row in rows if row["end"] > str(asked.begin)]
	_put_parts(rows)
	return rows


def _taking_part(asked: Asked) -> list[str]:
	"""Appointments in which somebody or something has a step; a column of many has no need of it."""
	if not (asked.practitioner or asked.resource):
		return []
	step, appointment = frappe.qb.DocType(STEP), frappe.qb.DocType(APPOINTMENT)
	whose = step.resource == asked.resource if asked.resource else step.practitioner == asked.practitioner
	return (
		frappe.qb.from_(appointment)
		.join(step)
		.on((step.parent == appointment.name) & (step.parenttype == APPOINTMENT))
		.select(appointment.name)
		.distinct()
		.where(whose & (appointment.start < asked.end) & (appointment.start >= asked.reach))
		.limit(MOST)
		.run(pluck=True)
	)


def _put_parts(rows: list[dict[str, Any]]) -> None:
	steps = _steps([row["appointment"] for row in rows])
	for row in rows:
		start = get_datetime(row["start"])
		row["parts"] = [_part(step, start) for step in steps.get(row["appointment"], [])] or [
			{
				"practitioner": row["practitioner"],
				"practitioner_name": row["practitioner_name"],
				"resource": None,
				"resource_title": None,
				"service_name": row["service_name"],
				"start": row["start"],
				"end": row["end"],
			}
		]


def _steps(names: list[str]) -> dict[str, list[frappe._dict]]:
	if not names:
		return {}
	step = frappe.qb.DocType(STEP)
	person, thing = frappe.qb.DocType("Clinic Practitioner"), frappe.qb.DocType("Clinic Resource")
	service = frappe.qb.DocType("Clinic Service")
	found = defaultdict(list)
	for row in (
		frappe.qb.from_(step)
		.left_join(person)
		.on(person.name == step.practitioner)
		.left_join(thing)
		.on(thing.name == step.resource)
		.left_join(service)
		.on(service.name == step.service)
		.select(
			step.parent,
			step.practitioner,
			person.practitioner_name,
			step.resource,
			thing.title.as_("resource_title"),
			service.service_name,
			step.offset_minutes,
			step.duration_minutes,
		)
		.where(step.parent.isin(names) & (step.parenttype == APPOINTMENT))
		.orderby(step.parent, step.idx)
		.run(as_dict=True)
	):
		found[row.parent].append(row)
	return found


def _part(step: frappe._dict, start: datetime.datetime) -> dict[str, Any]:
	begin = start + datetime.timedelta(minutes=int(step.offset_minutes or 0))
	end = begin + datetime.timedelta(minutes=int(step.duration_minutes or 0))
	return {
		"practitioner": step.practitioner,
		"practitioner_name": step.practitioner_name,
		"resource": step.resource,
		"resource_title": step.resource_title,
		"service_name": step.service_name,
		"start": str(begin),
		"end": str(end),
	}


def _time(minute: int) -> str:
	return f"{minute // 60:02d}:{minute % 60:02d}"
