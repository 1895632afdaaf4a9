"""Times that became free: recorded while somebody waits, shown to the front desk, forgotten when past (F08)."""

import datetime
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import frappe
from frappe.model.document import Document
from frappe.utils import get_datetime, now_datetime

from clinic_core.foundation import live
from clinic_core.scheduling import exceptions, roster
from clinic_core.scheduling import states as appointment_states
from clinic_core.scheduling.cells import moment_of
from clinic_core.scheduling.waiting import automatic, states
from clinic_core.scheduling.waiting.reading import ENTRY

DOCTYPE = "Clinic Freed Time"
CANCELLED, MOVED, NO_SHOW = "Cancelled", "Moved", "No Show"
HOLD_EXPIRED, EXTRA_SHIFT, LEAVE_ENDED = "Hold Expired", "Extra Shift", "Leave Ended"
_COLUMNS = ("name", "creation", "modified", "owner", "modified_by", "docstatus", "idx")
PURGE_CHUNK = 2000


class Time(NamedTuple):
	"""A time that became free, and why."""

	practitioner: str
	branch: str | None
	start: datetime.datetime
	end: datetime.datetime
	cause: str


def somebody_waits() -> bool:
	"""Whether anybody is on the list at all: most clinics most of the time have no more to do."""
	return bool(frappe.db.exists(ENTRY, {"status": ("in", states.ON_THE_LIST)}))


def record(times: Iterable[Time]) -> None:
	"""Keep times that are still to come, and tell the screens. One INSERT.

	Permission-free, in the caller's transaction; asks nobody whether somebody waits.
	"""
	now, user = now_datetime(), frappe.session.user
	coming = sorted({time for time in times if get_datetime(time.end) > now}, key=lambda time: time[2:])
	if not coming:
		return
	rows = [
		(
			frappe.generate_hash(length=10),
			now,
			now,
			user,
			user,
			0,
			0,
			*time._replace(branch=time.branch or None),
		)
		for time in coming
	]
	frappe.db.bulk_insert(DOCTYPE, [*_COLUMNS, *Time._fields], rows)
	live.changed(DOCTYPE, rows[0][0])
	automatic.wake()


def after_move(appointment: Document) -> None:
	"""The old time of an appointment that was moved (called by the appointment itself)."""
	before = appointment.get_doc_before_save()
	if not before or before.status not in appointment_states.OCCUPYING:
		return
	stays = (before.practitioner, str(before.start)) == (appointment.practitioner, str(appointment.start))
	if stays or get_datetime(before.end) <= now_datetime() or not somebody_waits():
		return
	record([Time(before.practitioner, before.branch, before.start, before.end, MOVED)])


def after_extra_shift(exception: Document) -> None:
	"""An extra shift is new time; saved anew without a change it is not (called by the exception itself)."""
	if not exception.is_active or get_datetime(exception.end) <= now_datetime():
		return
	before = exception.get_doc_before_save()
	fields = ("practitioner", "branch", "start", "end", "is_active", "kind")
	if before and all(str(before.get(field)) == str(exception.get(field)) for field in fields):
		return
	if somebody_waits():
		times = (get_datetime(exception.start), get_datetime(exception.end))
		record([Time(exception.practitioner, exception.branch, *times, EXTRA_SHIFT)])


def after_leave(leave: Document | None) -> None:
	"""What a leave or closure no longer takes: it ends early, begins late or is called off (F08).

	`leave`: as it was, saved or deleted since; called by the exception itself. The working hours of now in the
	time it took; four queries while somebody waits.
	"""
	if not leave or not leave.is_active or leave.kind == exceptions.EXTRA_SHIFT:
		return
	start, end = max(get_datetime(leave.start), now_datetime()), get_datetime(leave.end)
	if start >= end or not somebody_waits():
		return
	people = [leave.practitioner] if leave.practitioner else _active_practitioners()
	found = []
	for shift in roster.shifts(people, start.date(), end.date(), leave.branch or None):
		begin, finish = max(moment_of(shift.start), start), min(moment_of(shift.end), end)
		if begin < finish:
			found.append(Time(shift.practitioner, shift.branch, begin, finish, LEAVE_ENDED))
	record(found)


def _active_practitioners() -> list[str]:
	return frappe.get_all("Clinic Practitioner", {"is_active": 1}, pluck="name", order_by="name asc")


def coming(names: Sequence[str] | None = None, *, for_user: bool, limit: int = 200) -> list[frappe._dict]:
	"""Freed times still to come that nobody dismissed, the nearest first; each time once."""
	filters: list[Any] = [
		[DOCTYPE, "end", ">", now_datetime()],
		[DOCTYPE, "is_dismissed", "=", 0],
	]
	if names is not None:
		filters.append([DOCTYPE, "name", "in", list(names)])
	rows = (frappe.get_list if for_user else frappe.get_all)(
		DOCTYPE,
		filters=filters,
		fields=[
			"name",
			"practitioner",
			"practitioner.practitioner_name as practitioner_name",
			"branch",
			"start",
			"end",
			"cause",
			"creation",
		],
		order_by=f"`tab{DOCTYPE}`.start asc, `tab{DOCTYPE}`.creation desc, `tab{DOCTYPE}`.name asc",
		limit_page_length=limit,
		ignore_ifnull=True,
	)
	once = {(row.practitioner, row.start, row.end): row for row in reversed(rows)}
	return list(reversed(once.values()))


def dismiss(name: str) -> None:
	"""The front desk has something else in mind with this time; the same time, freed twice, goes with it."""
	row = frappe.db.get_value(DOCTYPE, name, ["practitioner", "start", "end"], as_dict=True, for_update=True)
	same = frappe.get_all(DOCTYPE, {**row, "is_dismissed": 0}, pluck="name", order_by="name asc")
	if same:
		frappe.db.set_value(DOCTYPE, {"name": ("in", same)}, "is_dismissed", 1)
	live.changed(DOCTYPE, name)


def purge() -> int:
	"""Forget what is past, one chunk. Returns how many; call until 0 (job)."""
	names = frappe.get_all(
		DOCTYPE, {"end": ("<", now_datetime())}, pluck="name", order_by="end asc", limit=PURGE_CHUNK
	)
	if names:
		frappe.db.delete(DOCTYPE, {"name": ("in", names)})
	return len(names)
