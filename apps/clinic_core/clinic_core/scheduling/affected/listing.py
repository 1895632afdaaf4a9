"""The appointments that a leave or a closure leaves without anybody, and where they could go (C086, G08)."""

import datetime
from collections import Counter
from typing import Any

import frappe
from frappe.model.document import Document
from frappe.utils import add_days, get_datetime, getdate, now_datetime

from clinic_core.people import phones
from clinic_core.scheduling import states
from clinic_core.scheduling.affected.free_times import FreeTimes, Group
from clinic_core.scheduling.affected.proposals import Affected, propose
from clinic_core.scheduling.cells import minute_of, moment_of
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

	Each with `proposal` {start, end, practitioner, practitioner_name, branch} or None. As many queries for
	two hundred as for one.
	"""
	found = _appointments(exception)
	if not found:
		return []
	wanted = Counter(_group(row) for row in found)
	times = FreeTimes(wanted, *_days(exception, keep), anybody=keep == SAME_DAY)
	# Others may be given the first ones: so many more as the whole list has.
	given = propose(
		[Affected(row.appointment, row.patient, minute_of(row.start), _group(row)) for row in found],
		{group: times.of(group, many + MAX_ROWS) for group, many in wanted.items()},
	)
	proposals = {name: _shown(slot, times.names) for name, slot in given.items()}
	return [_row(row, proposals.get(row.appointment)) for row in found]


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


def _group(row: frappe._dict) -> Group:
	return Group(row.service, row.area or "", row.practitioner, row.branch or "", row.gender or "")


def _days(exception: Document | frappe._dict, keep: str) -> tuple[datetime.date, datetime.date]:
	"""Where proposals lie: after the absence, or on its days. Of its own time the saved exception leaves none."""
	if keep == SAME_DAY:
		return getdate(exception.start), getdate(exception.end)
	return getdate(exception.start), getdate(add_days(exception.end, LOOK_AHEAD_DAYS))


def _shown(slot: Slot, names: dict[str, str]) -> dict[str, Any]:
	return {
		"start": str(moment_of(slot.start)),
		"end": str(moment_of(slot.end)),
		"practitioner": slot.practitioner,
		"practitioner_name": names[slot.practitioner],
		"branch": slot.branch,
	}


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
