"""Proposes times for the sessions of a subject, or says why one has none and what would help (N8, A84)."""

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import frappe
from frappe import _
from frappe.utils import add_days, getdate

from clinic_core.foundation import branch_scope, settings
from clinic_core.scheduling.cells import minute_of, moment_of
from clinic_core.scheduling.planner import reasons, wording
from clinic_core.scheduling.planner.free_times import (
	Calendar,
	Question,
	closed_days,
	date_of,
	number_of,
	read,
)
from clinic_core.scheduling.planner.solver import MINUTES_OF_DAY, Placed, Stuck, Wish, day_of, place, ways_out
from clinic_core.scheduling.planner.subject import Item, Subject
from clinic_core.scheduling.sessions import default_tolerance, first_date, next_due
from clinic_core.scheduling.slots import Slot


@dataclass(frozen=True)
class Asked:
	"""What somebody wishes; None is: as the plan or the service says. `count`: only so many sessions.

	`move_rest`: sessions that have a time get a new one as well. `chosen`: times that were chosen by
	hand, by number of the session.
	"""

	first: datetime.date | None = None
	interval: int | None = None
	earlier: int | None = None
	later: int | None = None
	practitioners: tuple[str, ...] | None = None
	branch: str | None = None
	weekdays: frozenset[int] = frozenset()
	from_minute: int = 0
	to_minute: int = MINUTES_OF_DAY
	count: int | None = None
	move_rest: bool = False
	chosen: dict[int, Slot] = field(default_factory=dict)


def propose(subject: Subject, asked: Asked) -> dict[str, Any]:
	"""A time for each session to come → {sessions, impossible, …}. At most two looks at the calendar.

	`impossible` is None, or {session_no, from, to, problem, reasons, ways}; the sessions before that one
	have their proposal all the same.
	"""
	wanted = _practitioners(subject, asked)
	items = _order(subject, asked)
	wish = _wish(subject, asked, items)
	question = _question(subject, asked, wish, wanted)
	calendar = read(question)
	plan, items = _place(wish, items, calendar, wanted)
	impossible = None
	if isinstance(plan, Stuck):
		impossible = _explain(subject, wish, plan, items, question, calendar)
		plan = place(replace(wish, count=plan.number), calendar.slots, wanted)
	slots = plan.slots if isinstance(plan, Placed) else ()
	return {
		**_head(subject, wish, wanted),
		"sessions": [_row(n, item, slots, asked, calendar) for n, item in enumerate(items)],
		"impossible": impossible,
	}


def _practitioners(subject: Subject, asked: Asked) -> tuple[str, ...]:
	if asked.practitioners is not None:
		return asked.practitioners
	return (subject.practitioner,) if subject.practitioner else ()


def _order(subject: Subject, asked: Asked) -> list[Item]:
	"""The sessions that get a time, and those whose time stays, by number; `count` limits the former."""
	to_place = [i for i in subject.items if asked.move_rest or not i.appointment]
	if asked.count is not None:
		to_place = to_place[: asked.count]
	stay = [] if asked.move_rest else [i for i in subject.items if i.appointment]
	return sorted([*to_place, *stay], key=lambda item: item.number)


def _fixed(items: Sequence[Item], asked: Asked) -> dict[int, Slot]:
	found = {}
	for number, item in enumerate(items):
		if item.number in asked.chosen:
			found[number] = asked.chosen[item.number]
		elif item.appointment and not asked.move_rest:
			found[number] = Slot(minute_of(item.start), minute_of(item.end), item.practitioner, item.branch)
	return found


def _wish(subject: Subject, asked: Asked, items: Sequence[Item]) -> Wish:
	interval = asked.interval or subject.interval
	earlier, later = default_tolerance(interval)
	earlier = earlier if asked.earlier is None else asked.earlier
	later = later if asked.later is None else asked.later
	due, not_before = _begin(subject, asked, items, interval, earlier)
	return Wish(
		count=len(items),
		first=number_of(due),
		interval=interval,
		earlier=earlier,
		later=later,
		not_before=number_of(not_before),
		weekdays=asked.weekdays,
		from_minute=asked.from_minute,
		to_minute=asked.to_minute,
		at=_usual_minute(subject.items),
		fixed=_fixed(items, asked),
	)


def _begin(
	subject: Subject, asked: Asked, items: Sequence[Item], interval: int, earlier: int
) -> tuple[datetime.date, datetime.date]:
	"""When the first of them is due, and the day before which none may be."""
	today, last = getdate(), subject.last_treated
	rested = getdate(add_days(last, max(1, interval - earlier))) if last else today
	if asked.first:
		day = max(asked.first, today)
		return max(day, rested), max(day, rested)
	if not subject.plan:
		day = next_due(last, interval, first_date(today, subject.start_days), today)
		return day, max(min(day, rested) if last else day, today)
	planned = items[0].date if items and items[0].date else today
	if not asked.move_rest:
		not_before = max(today, rested) if last else max(today, planned)
		return next_due(last, interval, planned, not_before), not_before
	# Who missed today's is not asked to come back an hour later.
	not_before = max(getdate(add_days(today, 1)), rested)
	if items and items[0].appointment:
		return max(planned, not_before), not_before
	return next_due(last, interval, not_before, not_before), not_before


def _usual_minute(items: Sequence[Item]) -> int | None:
	"""The time of day most of the sessions have that have one: a patient keeps his hour."""
	counted = Counter(minute_of(item.start) % MINUTES_OF_DAY for item in items if item.start)
	return min(counted, key=lambda minute: (-counted[minute], minute), default=None)


def _question(subject: Subject, asked: Asked, wish: Wish, wanted: tuple[str, ...]) -> Question:
	horizon = number_of(getdate()) + (settings.get("booking_horizon_days") or 180)
	last = min(wish.last_day(), horizon)
	if subject.valid_to:
		last = min(last, number_of(subject.valid_to))
	branches = branch_scope.narrow(asked.branch)
	return Question(
		patient=subject.patient,
		gender=subject.gender,
		service=subject.service,
		area=subject.area,
		first=max(min(wish.first_window), number_of(getdate())),
		last=last,
		practitioners=wanted,
		branches=None if branches is None else tuple(branches),
		is_first_visit=subject.is_first_visit,
		moved=tuple(i.appointment for i in subject.items if i.appointment) if asked.move_rest else (),
	)


def _place(
	wish: Wish, items: list[Item], calendar: Calendar, wanted: Sequence[str]
) -> tuple[Placed | Stuck, list[Item]]:
	"""In the order of the numbers; what does not fit between times that stay goes behind them."""
	found = place(wish, calendar.slots, wanted)
	if isinstance(found, Placed) or not wish.fixed:
		return found, items
	order = sorted(range(len(items)), key=lambda n: (n not in wish.fixed, _start_of(wish, n), n))
	behind = replace(wish, fixed={at: wish.fixed[n] for at, n in enumerate(order) if n in wish.fixed})
	other = place(behind, calendar.slots, wanted)
	return (other, [items[n] for n in order]) if isinstance(other, Placed) else (found, items)


def _start_of(wish: Wish, number: int) -> int:
	return wish.fixed[number].start if number in wish.fixed else 0


def _explain(
	subject: Subject,
	wish: Wish,
	stuck: Stuck,
	items: Sequence[Item],
	question: Question,
	calendar: Calendar,
) -> dict[str, Any]:
	"""Why that session has no place, and each change that was tried and gives it one."""
	everybody = read(replace(question, practitioners=())) if question.practitioners else calendar
	names = {**everybody.names, **calendar.names}
	working = {shift.start // MINUTES_OF_DAY for shift in calendar.shifts}
	branches = {shift.branch for shift in calendar.shifts}
	closed = closed_days(question.practitioners or list(names), branches, stuck.low, stuck.high)
	closed = {day: title for day, title in closed.items() if day not in working}
	is_cut = question.last < min(wish.last_day(), stuck.high)
	days = reasons.Days(
		last=question.last if is_cut else stuck.high,
		working=working,
		closed=closed,
		free={day_of(slot) for slot in calendar.slots},
		accepted={day_of(slot) for slot in calendar.slots if wish.accepts(slot)},
	)
	ways = [
		replace(way, value=_new_ones(wish, way.value)) if way.kind == "count" else way
		for way in ways_out(wish, stuck, calendar.slots, everybody.slots)
	]
	expires = subject.valid_to if subject.valid_to and number_of(subject.valid_to) == question.last else None
	return {
		"session_no": items[stuck.number].number,
		"from": str(date_of(stuck.low)),
		"to": str(date_of(stuck.high)),
		"reasons": wording.reasons(reasons.tell(wish, stuck, days), closed.values(), expires),
		"ways": [wording.way(way, names) for way in ways if way.value != 0],
	}


def _new_ones(wish: Wish, count: int) -> int:
	"""How many of the first sessions have no time yet."""
	return sum(number not in wish.fixed for number in range(count))


def _head(subject: Subject, wish: Wish, wanted: Sequence[str]) -> dict[str, Any]:
	return {
		"session_plan": subject.plan,
		"entitlement": subject.entitlement,
		"patient": subject.patient,
		"full_name": subject.full_name,
		"service": subject.service,
		"service_name": subject.service_name,
		"area": subject.area,
		"area_title": subject.area_title,
		"practitioner": wanted[0] if len(wanted) == 1 else None,
		"first_date": str(date_of(wish.first)),
		"interval_days": wish.interval,
		"earlier_days": wish.earlier,
		"later_days": wish.later,
		"last_treated": str(subject.last_treated) if subject.last_treated else None,
		"valid_to": str(subject.valid_to) if subject.valid_to else None,
	}


def _row(number: int, item: Item, slots: Sequence[Slot], asked: Asked, calendar: Calendar) -> dict[str, Any]:
	slot = slots[number] if number < len(slots) else None
	stays = bool(item.appointment) and not asked.move_rest
	return {
		"session": item.session,
		"session_no": item.number,
		"status": item.status,
		"appointment": item.appointment,
		"date": str(item.date) if item.date else None,
		"old_start": str(item.start) if item.start else None,
		"stays": stays,
		"chosen": item.number in asked.chosen,
		"start": str(moment_of(slot.start)) if slot else None,
		"end": str(moment_of(slot.end)) if slot else None,
		"practitioner": slot.practitioner if slot else None,
		"practitioner_name": _name_of(slot, calendar) if slot else None,
		"branch": slot.branch if slot else None,
	}


def _name_of(slot: Slot, calendar: Calendar) -> str:
	if slot.practitioner in calendar.names:
		return calendar.names[slot.practitioner]
	name = frappe.db.get_value("Clinic Practitioner", slot.practitioner, "practitioner_name", cache=True)
	return name or _("Unknown")
