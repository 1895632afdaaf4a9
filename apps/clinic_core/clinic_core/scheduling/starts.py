"""Each free start once, whoever is free then: what visitors choose from, and the week of a desk (A07, A64, E175).

A large clinic has tens of thousands of free times in four weeks, most of them at the same minutes. So of those
who work the same hours the diaries of a few are read first; the others' only where they could add a start.
"""

import datetime
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cache, partial
from itertools import pairwise
from typing import Any

from frappe.utils import getdate, now_datetime

from clinic_core.scheduling import search
from clinic_core.scheduling.cells import moment_of
from clinic_core.scheduling.search import Rule, Search
from clinic_core.scheduling.slots import DYNAMIC, QUEUE, Shift, Slot

PARTS = (3, 12)
"""So many people of the same hours are read first, and then."""
_ANYBODY = ""


def find_starts(
	service: str,
	not_before: datetime.datetime,
	last_day: datetime.date,
	practitioners: Collection[str],
	patient: str | None = None,
	area: str | None = None,
	gender: str | None = None,
) -> list[dict[str, Any]]:
	"""Rows as of `availability.find_slots`, in order, one for each start from `not_before` to the end of `last_day`.

	A queue's number is one of its practitioner: there each of them is named. At most three questions for what
	is taken. Raises as `find_slots`.
	"""
	first, last = search.days(getdate(not_before), last_day)
	who = search.who_is(patient, gender)
	asked = search.prepare(service, first, last, not_before, who, practitioners, area=area)
	return [asked.row(slot) for slot in _found(asked)] if asked else []


def week(
	service: str,
	from_date: datetime.date,
	to_date: datetime.date,
	day: datetime.date | None = None,
	practitioner: str | None = None,
	branch: str | None = None,
	patient: str | None = None,
	area: str | None = None,
	branches: Collection[str] | None = None,
) -> dict[str, Any]:
	"""{days: {date: number of starts}, day, slots}: the days that have free times, and all times of one of them.

	`day`: the one that is looked at; left out, it is the first with a free time. However many people there
	are, no day is cut off. Raises as `find_slots`.
	"""
	first, last = search.days(from_date, to_date)
	who, people = search.who_is(patient), [practitioner] if practitioner else None
	asked = search.prepare(service, first, last, now_datetime(), who, people, branch, branches, area)
	if not asked:
		return {"days": {}, "day": day and str(day), "slots": []}
	days = Counter(moment_of(slot.start).date() for slot in _found(asked))
	day = day if day and first <= day <= last else min(days, default=None)
	slots = asked.on(day) if day in days else []
	return {
		"days": {str(one): days[one] for one in sorted(days)},
		"day": day and str(day),
		"slots": [asked.row(slot) for slot in slots],
	}


def _found(asked: Search) -> list[Slot]:
	slots: dict[tuple[int, str], Slot] = {}
	possible = cache(asked.possible)
	for part in _few_first(asked.shifts):
		missing = cache(partial(_missing, possible, {start for start, _queue in slots}))
		more = [(shift, _more(asked, shift, missing)) for shift in part]
		_look(asked, [(shift, starts) for shift, starts in more if starts is None or starts], slots)
	return sorted(slots.values())


def _few_first(shifts: list[Shift]) -> Iterator[list[Shift]]:
	"""A few shifts of the same hours each, of the same people if possible; then more of them; then the rest."""
	alike: dict[tuple[int, int], list[Shift]] = {}
	for shift in sorted(shifts, key=lambda s: s.practitioner):
		alike.setdefault((shift.start, shift.end), []).append(shift)
	for begin, end in pairwise((0, *PARTS, len(shifts))):
		yield [shift for group in alike.values() for shift in group[begin:end]]


def _look(
	asked: Search,
	more: Sequence[tuple[Shift, frozenset[int] | None]],
	slots: dict[tuple[int, str], Slot],
) -> None:
	"""Add the starts of these shifts that are not known yet: all that each could add, or None for any."""
	if not more:
		return
	shifts, starts = [shift for shift, _starts in more], [starts for _shift, starts in more]
	missing = frozenset() if None in starts else frozenset().union(*starts)
	taken = asked.taken(shifts, missing)
	for slot in asked.free(shifts, taken, wanted=_new(asked, {start for start, _queue in slots}, missing)):
		slots.setdefault((slot.start, _ANYBODY), slot)
	for slot in asked.next_numbers(shifts, taken):
		if not asked.keeps_rules or asked.keeps_rules(slot.start, slot.practitioner):
			slots.setdefault((slot.start, slot.practitioner), slot)


def _new(asked: Search, known: set[int], missing: frozenset[int]) -> Rule:
	"""Lets each start through once, of the missing ones if there are any. A group's may still turn out to be
	full: those are sorted out later."""
	once = all(need.seats <= 1 for need in asked.needs.values())

	def wanted(start: int, name: str) -> bool:
		if start in known or (missing and start not in missing):
			return False
		if asked.keeps_rules and not asked.keeps_rules(start, name):
			return False
		if once:
			known.add(start)
		return True

	return wanted


def _missing(possible: Callable[..., frozenset[int]], known: set[int], *hours: int | None) -> frozenset[int]:
	return possible(*hours) - known


def _more(asked: Search, shift: Shift, missing: Callable[..., frozenset[int]]) -> frozenset[int] | None:
	"""The starts that the shift could add if nothing of it were taken; None where that is not known before."""
	need = asked.needs[shift.practitioner]
	if shift.kind == QUEUE or DYNAMIC in (need.method, shift.kind) or need.seats > 1:
		return None
	return missing(shift.start, shift.end, shift.grid, need.duration)
