"""Reads who works when: schedules, less what is closed or away, with what is extra (C086). Three queries."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

import frappe
from frappe.utils import get_time, getdate

from clinic_core.scheduling import exceptions, working_time
from clinic_core.scheduling.cells import minute_of
from clinic_core.scheduling.slots import Shift
from clinic_core.scheduling.working_time import MINUTES_OF_WEEK, WEEKDAYS


def shifts(
	practitioners: Iterable[str],
	first: datetime.date,
	last: datetime.date,
	branch: str | None = None,
	besides: str | None = None,
) -> list[Shift]:
	"""When the practitioners work on the days from `first` to `last`, both included.

	The weekly hours, less holidays, closures and leaves, and with the extra shifts (C086). A night
	shift of the day before belongs to them as long as it reaches into `first`. Three queries.
	"""
	return hours(practitioners, first, last, branch, besides).worked


@dataclass
class Hours:
	"""Who works when, and why somebody does not: `planned` is before anything was taken away."""

	worked: list[Shift]
	planned: list[Shift]
	found: exceptions.Exceptions


def hours(
	practitioners: Iterable[str],
	first: datetime.date,
	last: datetime.date,
	branch: str | None = None,
	besides: str | None = None,
) -> Hours:
	"""`shifts`, and what they come from. Three queries."""
	names = sorted(set(practitioners))
	if not names or first > last:
		return Hours([], [], exceptions.Exceptions())
	weekly = _weekly(names, first, last, branch)
	found = exceptions.between(names, first, last, branch, besides)
	on_work_days = working_time.without(weekly, found.holidays)
	worked = working_time.without([*on_work_days, *found.extra_shifts], found.absences)
	begin = minute_of(datetime.datetime.combine(first, datetime.time()))
	return Hours([shift for shift in worked if shift.end > begin], weekly, found)


def _weekly(names: list[str], first: datetime.date, last: datetime.date, branch: str | None) -> list[Shift]:
	"""The shifts of the schedules, from the night before `first` on."""
	eve, found = first - datetime.timedelta(days=1), []
	for row in _shift_rows(names, eve, last, branch):
		day = max(eve, getdate(row.valid_from))
		day += datetime.timedelta(days=(WEEKDAYS.index(row.weekday) - day.weekday()) % 7)
		end = min(last, getdate(row.valid_to)) if row.valid_to else last
		begin, until = get_time(row.start), get_time(row.end)
		first_start = minute_of(datetime.datetime.combine(day, begin))
		long = working_time.length(begin, until)
		for week in range(((end - day).days + 7) // 7):
			found.append(_shift(row, first_start + week * MINUTES_OF_WEEK, long))
	return found


def _shift_rows(
	names: list[str], first: datetime.date, last: datetime.date, branch: str | None
) -> list[frappe._dict]:
	schedule, row = frappe.qb.DocType("Clinic Schedule"), frappe.qb.DocType("Clinic Schedule Shift")
	query = (
		frappe.qb.from_(schedule)
		.join(row)
		.on((row.parent == schedule.name) & (row.parenttype == "Clinic Schedule"))
		.select(
			schedule.practitioner,
			schedule.valid_from,
			schedule.valid_to,
			row.weekday,
			row.start,
			row.end,
			row.branch,
			row.kind,
			row.gender,
			row.resource,
			row.capacity,
		)
		.where(schedule.practitioner.isin(names) & (schedule.is_active == 1))
		.where(schedule.valid_from <= last)
		.where(schedule.valid_to.isnull() | (schedule.valid_to >= first))
	)
	if branch:
		query = query.where(row.branch == branch)
	return query.run(as_dict=True)


def _shift(row: frappe._dict, start: int, minutes: int) -> Shift:
	return Shift(
		practitioner=row.practitioner,
		branch=row.branch,
		start=start,
		end=start + minutes,
		kind=row.kind or "Fixed",
		gender=row.gender or "Any",
		resource=row.resource or None,
		capacity=int(row.capacity or 0),
	)
