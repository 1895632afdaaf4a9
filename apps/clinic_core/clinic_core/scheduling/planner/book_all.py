"""Books and moves all sessions of a plan, or none (N8): one transaction, each through the booking door.

Permission-free, inside the caller's transaction. All rows are locked first and in their order, so that two
plans, or a plan and a booking, wait for each other and never meet half-way.
"""

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NoReturn

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import add_days, get_datetime, getdate

from clinic_core.foundation import compat
from clinic_core.foundation.errors import ForbiddenMoveError, InvalidInputError, SlotTakenError, refuse_input
from clinic_core.foundation.locks import lock_rows
from clinic_core.scheduling import booking, claims, records, roster, session_plans
from clinic_core.scheduling.planner.subject import Item, Subject
from clinic_core.scheduling.session_follow import APPOINTMENT, SESSION
from clinic_core.scheduling.sessions import due_dates

REFUSALS = (SlotTakenError, InvalidInputError, ForbiddenMoveError)


@dataclass(frozen=True)
class Time:
	"""A time somebody has agreed to for a session of this number."""

	session_no: int
	start: datetime.datetime
	practitioner: str
	branch: str | None = None
	length: datetime.timedelta = datetime.timedelta(0)


@dataclass(frozen=True)
class Done:
	"""What came of it."""

	session_plan: str
	booked: list[Document]
	moved: list[Document]


def book_all(
	subject: Subject,
	times: Sequence[Time],
	reason: str | None = None,
	interval: int | None = None,
) -> Done:
	"""Give the sessions these times; what has one already is moved with `reason`. All of them, or none.

	Without a plan it is made first. Sessions that get no time are due one interval after each other behind
	the last one. Raises InvalidInputError, SlotTakenError, each naming the session; then nothing is done.
	"""
	times = _checked(subject, times)
	_lock(subject, times)
	plan = subject.plan or _make_plan(subject, times, interval)
	items = {item.number: item for item in subject.items}
	if not subject.plan:
		items = {row.session_no: Item(row.session_no, row.name) for row in _sessions(plan)}
	moves = [time for time in times if _is_moved(items[time.session_no], time)]
	# Each of them goes where another one was: their cells are free from here on, for this transaction only.
	if moves:
		claims.release([items[time.session_no].appointment for time in moves])
	done = Done(plan, [], [])
	for time in times:
		item = items[time.session_no]
		if not item.appointment:
			done.booked.append(_naming(time, lambda t=time, i=item: _book(subject, t, i)))
		elif time in moves:
			done.moved.append(_naming(time, lambda t=time, i=item: _move(t, i, reason)))
	_let_the_rest_follow(plan, interval or subject.interval, max(time.start for time in times))
	return done


def _checked(subject: Subject, times: Sequence[Time]) -> list[Time]:
	"""In order of the numbers; every one is a session to come and no two are the same."""
	if not times:
		refuse_input(_("Sessions"), _("Please choose at least one time."))
	known = {item.number for item in subject.items}
	seen: set[int] = set()
	for time in times:
		if time.session_no not in known:
			refuse_input(
				_("Session {0}").format(time.session_no), _("It is not to come any more. Please look again.")
			)
		if time.session_no in seen:
			refuse_input(_("Session {0}").format(time.session_no), _("It is there twice."))
		seen.add(time.session_no)
	return sorted(times, key=lambda time: time.session_no)


def _lock(subject: Subject, times: Sequence[Time]) -> None:
	"""Everybody and everything the bookings will lock, in one order."""
	people = sorted({time.practitioner for time in times})
	helpers = records.operators() if records.is_staged(subject.service) else []
	moved = [item for item in subject.items if item.appointment]
	concerned = {time.session_no for time in times}
	rows = [(APPOINTMENT, item.appointment) for item in moved if item.number in concerned]
	rows.append(("Clinic Patient", subject.patient))
	rows += [("Clinic Practitioner", name) for name in {*people, *helpers}]
	rows += [("Clinic Practitioner", item.practitioner) for item in moved if item.number in concerned]
	lock_rows([*rows, *(("Clinic Resource", name) for name in _resources(subject, times, people))])


def _resources(subject: Subject, times: Sequence[Time], people: list[str]) -> Iterable[str]:
	"""The rooms of these people's shifts, and what the service needs in their branches."""
	days = sorted(getdate(time.start) for time in times)
	shifts = roster.shifts(people, days[0], days[-1])
	branches = {shift.branch for shift in shifts}
	kinds = records.service(subject.service, subject.area).resource_kinds
	rooms = {shift.resource for shift in shifts if shift.resource}
	return rooms | {r.name for r in records.resources() if r.kind in kinds and r.branch in branches}


def _make_plan(subject: Subject, times: Sequence[Time], interval: int | None) -> str:
	first = times[0]
	return session_plans.plan(
		subject.patient,
		subject.service,
		first_date=getdate(first.start),
		practitioner=first.practitioner if len({time.practitioner for time in times}) == 1 else None,
		branch=first.branch or subject.branch,
		entitlement=subject.entitlement,
		interval_days=interval or subject.interval,
		**_origin(subject.entitlement),
	).name


def _origin(entitlement: str | None) -> dict[str, str]:
	"""The sale of the purchase: when it is cancelled, the plan goes with it."""
	fields = ["origin_doctype", "origin_name"]
	return frappe.db.get_value("Clinic Entitlement", entitlement, fields, as_dict=True) or {}


def _sessions(plan: str) -> list[frappe._dict]:
	return frappe.get_all(
		SESSION,
		{"session_plan": plan},
		["name", "session_no", "status", "date", "appointment"],
		order_by="session_no asc",
	)


def _is_moved(item: Item, time: Time) -> bool:
	if not item.appointment:
		return False
	return (item.start, item.practitioner) != (get_datetime(time.start), time.practitioner)


def _book(subject: Subject, time: Time, item: Item) -> Document:
	return booking.book(
		subject.patient,
		subject.service,
		time.practitioner,
		time.start,
		branch=time.branch,
		session=item.session,
	)


def _move(time: Time, item: Item, reason: str | None) -> Document:
	return booking.reschedule(
		item.appointment, time.start, reason or _("The sessions were planned anew."), time.practitioner
	)


def _naming(time: Time, work: Callable[[], Document]) -> Document:
	"""Do it; a refusal says which session it is about, and that none of them was booked."""
	mark = compat.mark_messages()
	try:
		return work()
	except REFUSALS as error:
		compat.forget_messages(mark)
		frappe.local.response["session_no"] = time.session_no
		_refuse(time, error)


def _refuse(time: Time, error: Exception) -> NoReturn:
	frappe.throw(
		_("Session {0}: {1} Nothing was booked or moved.").format(time.session_no, error),
		type(error),
		title=_("Time taken") if isinstance(error, SlotTakenError) else _("Please check"),
	)


def _let_the_rest_follow(plan: str, interval: int, last_start: datetime.datetime) -> None:
	"""Sessions that still have no time are due after the ones that have."""
	rest = [row for row in _sessions(plan) if row.status in ("Planned", "Absent")]
	begin = getdate(add_days(getdate(last_start), interval))
	for row, day in zip(rest, due_dates(begin, len(rest), interval), strict=True):
		if getdate(row.date) != day:
			doc = frappe.get_doc(SESSION, row.name, for_update=True)
			doc.date = day
			doc.save(ignore_permissions=True)
