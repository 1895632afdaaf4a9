"""The appointments that a leave or a closure leaves without anybody, and where they could go (C086, G08)."""

import datetime
from typing import Any

import frappe
from frappe.model.document import Document
from frappe.utils import add_days, get_datetime, getdate, now_datetime

from clinic_core.foundation import branch_scope
from clinic_core.people import phones
from clinic_core.scheduling import availability, states
from clinic_core.scheduling.affected.proposals import Affected, propose
from clinic_core.scheduling.cells import minute_of
from clinic_core.scheduling.exceptions import CLOSURE, EXTRA_SHIFT
from clinic_core.scheduling.exceptions import DOCTYPE as EXCEPTION
from clinic_core.scheduling.slots import Slot

APPOINTMENT = "Clinic Appointment"
MAX_ROWS = 200
LOOK_AHEAD_DAYS = 21
TO_COME = sorted(states.EXPECTED)

SAME_PRACTITIONER, SAME_DAY = "same_practitioner", "same_day"
"""What a proposal tries to keep: the person, on a later day; or the day, with somebody else."""


def rows(exception: Document | frappe._dict, keep: str = SAME_PRACTITIONER) -> list[dict[str, Any]]:
	"""Appointments to come in the time of a leave, closure or holiday that the user may see, in order of time.

	Each with `proposal` {start, end, practitioner, practitioner_name, branch} or None. Reads the list once,
	and the free times once for each service and practitioner in it.
	"""
	found = _appointments(exception)
	free = {group: _free(group, exception, keep, many) for group, many in _groups(found).items()}
	given = propose(
		[Affected(row.appointment, row.patient, minute_of(row.start), _group(row)) for row in found],
		{group: [slot for slot, _row in times] for group, times in free.items()},
	)
	shown = {slot: row for times in free.values() for slot, row in times}
	return [_row(row, shown.get(given.get(row.appointment))) for row in found]


def of_holiday(holiday: Document) -> frappe._dict:
	"""A holiday as the closure it is: its whole day, but for who works in an extra shift."""
	start = get_datetime(holiday.date)
	return frappe._dict(
		kind=CLOSURE,
		practitioner=None,
		branch=holiday.branch,
		start=start,
		end=add_days(start, 1),
		is_holiday=True,
	)


def count(exception: Document) -> int:
	"""How many appointments the user would have to move."""
	return len(_appointments(exception))


def _appointments(exception: Document | frappe._dict) -> list[frappe._dict]:
	found = _in_its_time(exception)
	return _without_extra_shifts(found, exception) if found and exception.get("is_holiday") else found


def _without_extra_shifts(found: list[frappe._dict], day: frappe._dict) -> list[frappe._dict]:
	"""An extra shift takes place on a holiday; who is booked in it stays."""
	shifts = frappe.get_all(
		EXCEPTION,
		{"kind": EXTRA_SHIFT, "is_active": 1, "start": ("<", day.end), "end": (">", day.start)},
		["practitioner", "start", "end"],
		order_by="start asc",
	)
	return [
		row
		for row in found
		if not any(
			shift.practitioner == row.practitioner and shift.start <= row.start and row.end <= shift.end
			for shift in shifts
		)
	]


def _in_its_time(exception: Document | frappe._dict) -> list[frappe._dict]:
	filters = [
		[APPOINTMENT, "start", "<", exception.end],
		[APPOINTMENT, "start", ">=", now_datetime()],
		[APPOINTMENT, "end", ">", exception.start],
		[APPOINTMENT, "status", "in", TO_COME],
	]
	if exception.kind != CLOSURE:
		filters.append([APPOINTMENT, "practitioner", "=", exception.practitioner])
	if exception.branch:
		filters.append([APPOINTMENT, "branch", "=", exception.branch])
	return frappe.get_list(
		APPOINTMENT,
		filters=filters,
		fields=[
			"name as appointment",
			"patient",
			"patient.full_name as full_name",
			"patient.file_no as file_no",
			"patient.mobile as mobile",
			"patient.gender as gender",
			"service",
			"service.service_name as service_name",
			"area",
			"practitioner",
			"practitioner.practitioner_name as practitioner_name",
			"branch",
			"start",
			"end",
			"status",
		],
		order_by=f"`tab{APPOINTMENT}`.start asc, `tab{APPOINTMENT}`.name asc",
		limit_page_length=MAX_ROWS,
		ignore_ifnull=True,
	)


def _group(row: frappe._dict) -> tuple[str, ...]:
	return (row.service, row.area or "", row.practitioner, row.branch or "", row.gender or "")


def _groups(found: list[frappe._dict]) -> dict[tuple[str, ...], int]:
	counted: dict[tuple[str, ...], int] = {}
	for row in found:
		counted[_group(row)] = counted.get(_group(row), 0) + 1
	return counted


def _free(
	group: tuple[str, ...], exception: Document, keep: str, wanted: int
) -> list[tuple[Slot, dict[str, Any]]]:
	"""Times of a group after the absence, or on its day with others; a few more than are wanted.

	Others may be given the first ones, so as many again as the whole list has.
	"""
	service, area, practitioner, branch, gender = group
	first = getdate(exception.start)
	if keep == SAME_DAY:
		first, last, who = first, getdate(exception.end), None
	else:
		last, who = getdate(add_days(exception.end, LOOK_AHEAD_DAYS)), practitioner
	# The time of the absence itself has no free starts: the exception is saved.
	found = availability.find_slots(
		service,
		max(first, getdate()),
		last,
		who,
		branch or None,
		limit=wanted + MAX_ROWS,
		area=area or None,
		branches=branch_scope.allowed(),
		gender=gender,
	)
	return [(_slot(row), row) for row in found]


def _slot(row: dict[str, Any]) -> Slot:
	return Slot(
		minute_of(get_datetime(row["start"])),
		minute_of(get_datetime(row["end"])),
		row["practitioner"],
		row["branch"],
		tuple(row["resources"]),
	)


def _row(row: frappe._dict, proposal: dict[str, Any] | None) -> dict[str, Any]:
	return {
		**row,
		"start": _text(row.start),
		"end": _text(row.end),
		"mobile": phones.local(row.mobile),
		"proposal": proposal,
	}


def _text(moment: datetime.datetime) -> str:
	return str(moment)
