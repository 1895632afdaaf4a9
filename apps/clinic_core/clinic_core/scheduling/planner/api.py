"""Endpoints of the session planner: propose times, and book or move them all or none (N8, A05, A84)."""

import datetime
from typing import Any

import frappe
from frappe import _
from frappe.utils import get_datetime

from clinic_core.foundation import branch_scope, digits, wire
from clinic_core.foundation.boundary import command
from clinic_core.foundation.errors import refuse_input
from clinic_core.people import entitlements
from clinic_core.scheduling import session_plans
from clinic_core.scheduling.cells import minute_of
from clinic_core.scheduling.planner import book_all as booking_all
from clinic_core.scheduling.planner import overview as overviews
from clinic_core.scheduling.planner import proposals, subject
from clinic_core.scheduling.session_follow import APPOINTMENT, PLAN
from clinic_core.scheduling.slots import Slot

MOST_DAYS = 365
WEEKDAYS = range(7)
"""0 is Monday."""


@frappe.whitelist(methods=["GET"])
def overview(session_plans: str | list) -> list[dict]:
	"""Plans with their sessions, states, times, and what is left: for the dialog and the form (A26)."""
	wire.require_permission(PLAN, "read")
	names = [str(name) for name in wire.parse_list(session_plans, _("Session plans"))]
	return overviews.of_plans(names)


@frappe.whitelist(methods=["GET"])
def propose(
	session_plan: str | None = None,
	entitlement: str | None = None,
	first_date: str | None = None,
	interval_days: int | str | None = None,
	earlier_days: int | str | None = None,
	later_days: int | str | None = None,
	practitioners: str | list | None = None,
	branch: str | None = None,
	weekdays: str | list | None = None,
	from_time: str | None = None,
	to_time: str | None = None,
	count: int | str | None = None,
	move_rest: int | str | bool = 0,
	chosen: str | list | None = None,
	from_session: int | str | None = None,
) -> dict:
	"""Times for the sessions of a plan, or of a purchase without one, or why there are none and what helps.

	`practitioners`: names, an empty list is anybody; left out it is the plan's. `weekdays`: 0 is Monday.
	`chosen`: [{session_no, start, end, practitioner, branch}] chosen by hand. `from_session`: this number and
	those behind it; the ones before it stay as they are.
	"""
	wire.require_permission(APPOINTMENT, "create")
	_allow(session_plan, entitlement, "read")
	branch_scope.require(branch)
	people = None if practitioners is None else wire.parse_list(practitioners, _("Practitioner"))
	asked = proposals.Asked(
		first=wire.parse_date(first_date, _("First day")),
		interval=_number(interval_days, _("Days between sessions"), 1),
		earlier=_number(earlier_days, _("Days earlier"), 0),
		later=_number(later_days, _("Days later"), 0),
		practitioners=None if people is None else tuple(str(name) for name in people),
		branch=branch or None,
		weekdays=_weekdays(weekdays),
		from_minute=_minute(from_time, _("From time"), 0),
		to_minute=_minute(to_time, _("To time"), 24 * 60),
		count=_number(count, _("Number of sessions"), 1),
		move_rest=digits.to_latin(str(move_rest)) in ("1", "true", "True"),
		chosen={row.session_no: _slot(row) for row in _times(chosen)},
	)
	about = _subject(session_plan, entitlement)
	if begin := _number(from_session, _("Session number"), 1):
		about = subject.beginning_with(about, begin)
	return proposals.propose(about, asked)


@frappe.whitelist(methods=["POST"])
def book_sessions(
	sessions: str | list,
	session_plan: str | None = None,
	entitlement: str | None = None,
	interval_days: int | str | None = None,
	reason: str | None = None,
	idempotency_key: str | None = None,
) -> dict:
	"""Book and move these sessions in one go, or none of them → {session_plan, booked, moved, sessions}.

	`sessions`: [{session_no, start, practitioner, branch}]. Answers 409 with `session_no` and `next_slots`
	if somebody was faster.
	"""
	wire.require_permission(APPOINTMENT, "create")
	wire.require_permission(PLAN, "write")
	_allow(session_plan, entitlement, "write")
	times = _times(sessions)
	apart = _number(interval_days, _("Days between sessions"), 1)
	content = {
		"session_plan": session_plan or None,
		"entitlement": entitlement or None,
		"interval_days": apart,
		"reason": reason or None,
		"sessions": [[t.session_no, str(t.start), t.practitioner, t.branch] for t in times],
	}

	def work() -> dict[str, Any]:
		# Read anew for each attempt: whoever was faster may have changed it.
		about = _subject(session_plan, entitlement)
		done = booking_all.book_all(about, times, (reason or "").strip() or None, apart)
		for doc in [*done.booked, *done.moved]:
			wire.require_document(doc, "write")
		return {
			"session_plan": done.session_plan,
			"booked": len(done.booked),
			"moved": len(done.moved),
			"sessions": session_plans.sessions_of(done.session_plan),
		}

	return command("scheduling.planner.book_sessions", idempotency_key, work, content=content)


def _allow(session_plan: str | None, entitlement: str | None, ptype: str) -> None:
	"""May the caller see this plan or purchase? Raises InvalidInputError without either."""
	if session_plan:
		wire.require_permission(PLAN, ptype, session_plan)
	elif entitlement:
		wire.require_permission(PLAN, "create")
		wire.require_permission(entitlements.DOCTYPE, "read", entitlement)
	else:
		refuse_input(_("Session plan"), _("Please choose a session plan, or a purchase."))


def _subject(session_plan: str | None, entitlement: str | None) -> subject.Subject:
	return subject.of_plan(session_plan) if session_plan else subject.of_entitlement(entitlement or "")


def _times(value: str | list | None) -> list[booking_all.Time]:
	found = []
	for row in wire.parse_list(value, _("Sessions")):
		if not isinstance(row, dict):
			refuse_input(_("Sessions"), _("This could not be read. Please send it as JSON."))
		number = _number(row.get("session_no"), _("Session number"), 1) or 0
		label = _("Session {0}").format(number)
		if not row.get("start") or not row.get("practitioner"):
			refuse_input(label, _("Please choose a time."))
		start, end = _moment(row["start"], label), row.get("end")
		length = (_moment(end, label) - start) if end else datetime.timedelta(0)
		found.append(
			booking_all.Time(number, start, str(row["practitioner"]), row.get("branch") or None, length)
		)
	return found


def _slot(time: booking_all.Time) -> Slot:
	start = minute_of(time.start)
	return Slot(start, start + int(time.length.total_seconds() // 60), time.practitioner, time.branch or "")


def _moment(text: Any, label: str) -> datetime.datetime:
	try:
		moment = get_datetime(digits.to_latin(str(text)))
	except (ValueError, TypeError, OverflowError):
		moment = None
	if not moment:
		refuse_input(label, _("Please give a date and time as YYYY-MM-DD HH:MM:SS."))
	return moment


def _number(value: int | str | None, label: str, least: int) -> int | None:
	if value in (None, ""):
		return None
	number = wire.parse_number(value, label)
	if number != int(number) or not least <= number <= MOST_DAYS:
		refuse_input(label, _("Please give a whole number from {0} to {1}.").format(least, MOST_DAYS))
	return int(number)


def _weekdays(value: str | list | None) -> frozenset[int]:
	days = {_number(day, _("Weekdays"), 0) for day in wire.parse_list(value, _("Weekdays"))}
	if not days <= set(WEEKDAYS):
		refuse_input(_("Weekdays"), _("Please give numbers from 0 (Monday) to 6 (Sunday)."))
	return frozenset(days)


def _minute(text: str | None, label: str, default: int) -> int:
	"""A time of day HH:MM as minutes."""
	if not text:
		return default
	try:
		clock = datetime.time.fromisoformat(digits.to_latin(text).strip()[:8])
	except ValueError:
		refuse_input(label, _("Please give a time as HH:MM."))
	return clock.hour * 60 + clock.minute
