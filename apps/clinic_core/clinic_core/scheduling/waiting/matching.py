"""Who on the waiting list can take a time that became free, and in which order (F08). Pure.

Minutes are those of `cells.py`. Which starts are free for whom says the slot engine; here it is whether a
start is what somebody wishes, and who comes first: the urgent ones, then who has waited longest.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from clinic_core.scheduling.cells import moment_of
from clinic_core.scheduling.slots import Interval, Slot
from clinic_core.scheduling.working_time import MINUTES_OF_DAY


@dataclass(frozen=True)
class Hours:
	"""Hours that suit somebody: on one weekday (Monday is 0) or, with None, on any; minutes of the day."""

	weekday: int | None = None
	start: int = 0
	end: int = MINUTES_OF_DAY


@dataclass(frozen=True)
class Wish:
	"""What somebody waits for. Nobody, no branch and no hours named: any.

	`first`, `last`: the minutes the wished days begin and are over. `since`: anything that sorts those who
	came first before the others. `passed`: practitioners and starts that were offered already.
	"""

	name: str
	patient: str
	service: str
	area: str = ""
	gender: str = ""
	practitioners: frozenset[str] = frozenset()
	branches: frozenset[str] = frozenset()
	hours: tuple[Hours, ...] = ()
	first: int = 0
	last: int = 0
	is_urgent: bool = False
	since: Any = 0
	passed: frozenset[tuple[str, int]] = frozenset()
	is_first_visit: bool = False


@dataclass(frozen=True)
class Freed:
	"""A time of a practitioner that became free."""

	name: str
	practitioner: str
	branch: str
	start: int
	end: int


@dataclass(frozen=True)
class Match:
	"""Somebody who can take a freed time, and the start he would get."""

	wish: Wish
	slot: Slot


@dataclass(frozen=True)
class Found:
	"""A freed time with those who can take it, the first one first."""

	freed: Freed
	matches: tuple[Match, ...] = field(default=())


def could_want(wish: Wish, freed: Freed) -> bool:
	"""Whether it is worth asking the engine: person, branch and days fit. No treatment lasts over a day."""
	return (
		(not wish.practitioners or freed.practitioner in wish.practitioners)
		and (not wish.branches or freed.branch in wish.branches)
		and wish.first < freed.end
		and freed.start - MINUTES_OF_DAY < wish.last
	)


def suits(wish: Wish, slot: Slot) -> bool:
	"""Whether a free start is what somebody wishes and was not offered to him before."""
	return (
		(not wish.practitioners or slot.practitioner in wish.practitioners)
		and (not wish.branches or slot.branch in wish.branches)
		and wish.first <= slot.start < wish.last
		and (not wish.hours or any(_within(hours, slot) for hours in wish.hours))
		and not any(_again(who, start, slot) for who, start in wish.passed)
	)


def _again(practitioner: str, start: int, slot: Slot) -> bool:
	"""Whether what was offered before lies over the slot: a quarter of an hour earlier is no other offer."""
	length = slot.end - slot.start
	return practitioner == slot.practitioner and start < slot.end and slot.start < start + length


def _within(hours: Hours, slot: Slot) -> bool:
	start = slot.start % MINUTES_OF_DAY
	if hours.weekday is not None and moment_of(slot.start).weekday() != hours.weekday:
		return False
	return hours.start <= start and start + slot.end - slot.start <= hours.end


def in_turn(wishes: Iterable[Wish]) -> list[Wish]:
	"""Urgent ones first, then who has waited longest."""
	return sorted(wishes, key=lambda wish: (not wish.is_urgent, wish.since, wish.name))


def closest(slots: Iterable[Slot], freed: Freed) -> list[Slot]:
	"""Starts whose treatment uses the freed time, those that leave the smallest hole first."""
	using = [slot for slot in slots if slot.start < freed.end and freed.start < slot.end]
	return sorted(using, key=lambda slot: (abs(slot.start - freed.start), slot.start))


def ranked(
	freed: Freed, wishes: Iterable[Wish], starts: Callable[[Freed, Wish], Sequence[Slot]], most: int
) -> tuple[Match, ...]:
	"""Who can take a freed time, in turn, at most so many; `starts` asks the engine."""
	return tuple(_first(_matches(freed, wishes, starts), most))


def _matches(
	freed: Freed, wishes: Iterable[Wish], starts: Callable[[Freed, Wish], Sequence[Slot]]
) -> Iterator[Match]:
	for wish in in_turn(wishes):
		if not could_want(wish, freed):
			continue
		fitting = (slot for slot in closest(starts(freed, wish), freed) if suits(wish, slot))
		if slot := next(fitting, None):
			yield Match(wish, slot)


def _first(matches: Iterator[Match], most: int) -> Iterator[Match]:
	for _number, match in zip(range(most), matches, strict=False):
		yield match


def window(freed: Freed, duration: int, now: int) -> Interval:
	"""From which minute to which a treatment of this length has to begin to use the freed time."""
	return max(now, freed.start - duration + 1), freed.end
