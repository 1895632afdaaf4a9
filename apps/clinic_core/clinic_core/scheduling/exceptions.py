"""Reads what changes the weekly hours on a day: holidays, closures, leaves and extra shifts (C086).

Two queries, however many people and days.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field

import frappe
from frappe import _
from frappe.utils import get_datetime

from clinic_core.scheduling.cells import minute_of, moment_of
from clinic_core.scheduling.slots import Shift
from clinic_core.scheduling.working_time import Absence

DOCTYPE = "Clinic Schedule Exception"
HOLIDAY = "Clinic Holiday"
LEAVE, CLOSURE, EXTRA_SHIFT = "Leave", "Closure", "Extra Shift"
A_HOLIDAY = "Holiday"


@dataclass
class Exceptions:
	"""What lies in a range of days. An extra shift takes place on a holiday as well."""

	holidays: list[Absence] = field(default_factory=list)
	absences: list[Absence] = field(default_factory=list)
	extra_shifts: list[Shift] = field(default_factory=list)


def between(
	practitioners: Sequence[str],
	first: datetime.date,
	last: datetime.date,
	branch: str | None = None,
	besides: str | None = None,
) -> Exceptions:
	"""Everything that concerns these practitioners from the night before `first` to the end of `last`.

	With `branch` only extra shifts of that branch; the rest is matched with shifts by who applies it.
	`besides`: an exception that is left out, because it is just being saved.
	"""
	begin = datetime.datetime.combine(first, datetime.time()) - datetime.timedelta(days=1)
	# A night shift of the last day reaches into the next one.
	end = datetime.datetime.combine(last, datetime.time()) + datetime.timedelta(days=2)
	found = Exceptions(holidays=_holidays(begin, end))
	for row in _rows(practitioners, begin, end):
		if row.name == besides:
			continue
		if row.kind != EXTRA_SHIFT:
			found.absences.append(_absence(row))
		elif branch in (None, row.branch):
			found.extra_shifts.append(_extra_shift(row))
	return found


def _rows(
	practitioners: Sequence[str], begin: datetime.datetime, end: datetime.datetime
) -> list[frappe._dict]:
	table = frappe.qb.DocType(DOCTYPE)
	everybody = table.kind == CLOSURE
	return (
		frappe.qb.from_(table)
		.select(
			table.name,
			table.kind,
			table.practitioner,
			table.branch,
			table.start,
			table.end,
			table.reason,
			table.shift_kind,
			table.gender,
			table.resource,
		)
		.where((table.is_active == 1) & (table.start < end) & (table.end > begin))
		.where(everybody | table.practitioner.isin(list(practitioners)))
		.run(as_dict=True)
	)


def _holidays(begin: datetime.datetime, end: datetime.datetime) -> list[Absence]:
	rows = frappe.get_all(
		HOLIDAY,
		filters={"is_closed": 1, "date": ("between", [begin.date(), end.date()])},
		fields=["date", "branch", "title"],
		order_by="date asc",
	)
	return [_whole_day(row) for row in rows]


def closed_days(first: datetime.date, last: datetime.date, branch: str | None) -> set[datetime.date]:
	"""Days on which nobody works: holidays, and whole days of a closure (C086). Two queries.

	Of one branch, or of the whole clinic when no branch is asked for.
	"""
	here = {branch or "", "", None}
	holidays = frappe.get_all(
		HOLIDAY,
		{"is_closed": 1, "date": ("between", [first, last])},
		["date", "branch"],
		order_by="date asc",
	)
	found = {row.date for row in holidays if row.branch in here}
	end = last + datetime.timedelta(days=1)
	for row in frappe.get_all(
		DOCTYPE,
		{"is_active": 1, "kind": CLOSURE, "start": ("<", end), "end": (">", first)},
		["start", "end", "branch"],
		order_by="start asc",
	):
		day = max(first, row.start.date())
		while row.branch in here and day <= last and row.end.date() >= day:
			begin = datetime.datetime.combine(day, datetime.time())
			if row.start <= begin and row.end >= begin + datetime.timedelta(hours=23):
				found.add(day)
			day += datetime.timedelta(days=1)
	return found


def _whole_day(row: frappe._dict) -> Absence:
	midnight = datetime.datetime.combine(row.date, datetime.time())
	tomorrow = midnight + datetime.timedelta(days=1)
	return Absence(_minute(midnight), _minute(tomorrow), None, row.branch or None, A_HOLIDAY, row.title or "")


def _absence(row: frappe._dict) -> Absence:
	return Absence(
		_minute(row.start),
		_minute(row.end),
		row.practitioner or None,
		row.branch or None,
		row.kind,
		row.reason or "",
	)


def _extra_shift(row: frappe._dict) -> Shift:
	return Shift(
		practitioner=row.practitioner,
		branch=row.branch,
		start=_minute(row.start),
		end=_minute(row.end),
		kind=row.shift_kind or "Fixed",
		gender=row.gender or "Any",
		resource=row.resource or None,
	)


def _minute(moment: datetime.datetime) -> int:
	return minute_of(get_datetime(moment))


def told(practitioner: str, branch: str | None, start: int, end: int) -> str:
	"""What keeps the practitioner from working in these minutes; empty if nothing does."""
	begin, finish = moment_of(start), moment_of(end)
	for row in frappe.get_all(
		DOCTYPE,
		filters={"is_active": 1, "kind": ("!=", EXTRA_SHIFT), "start": ("<", finish), "end": (">", begin)},
		fields=["kind", "practitioner", "branch", "reason"],
		order_by="start asc",
	):
		here = not (row.branch and branch) or row.branch == branch
		if here and (row.kind == CLOSURE or row.practitioner == practitioner):
			return f"{_(row.kind)} ({row.reason})" if row.reason else _(row.kind)
	for row in frappe.get_all(
		HOLIDAY,
		filters={"is_closed": 1, "date": begin.date()},
		fields=["title", "branch"],
		order_by="creation asc",
	):
		if not (row.branch and branch) or row.branch == branch:
			return row.title
	return ""
