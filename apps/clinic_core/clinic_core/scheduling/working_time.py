"""When somebody works after all: the weekly hours, less holidays, closures and leaves. Pure.

`design.md` §4.3, C086, G08. Times are minutes since 1970-01-01, intervals are half-open. An absence
takes its time out of every shift it concerns; what is left keeps the grid of the whole shift, so that
nobody is offered odd times because of a leave in the morning.
"""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from clinic_core.scheduling.slots import Interval, Shift

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MINUTES_OF_DAY = 24 * 60
MINUTES_OF_WEEK = 7 * MINUTES_OF_DAY


@dataclass(frozen=True)
class Absence:
	"""Time in which nobody it concerns works.

	`practitioner` None: everybody; `branch` None: everywhere. `kind` and `title` say what it is to people.
	"""

	start: int
	end: int
	practitioner: str | None = None
	branch: str | None = None
	kind: str = ""
	title: str = ""

	def concerns(self, shift: Shift) -> bool:
		"""Whether the shift loses time to it."""
		return (
			self.start < shift.end
			and shift.start < self.end
			and self.practitioner in (None, shift.practitioner)
			and self.branch in (None, shift.branch)
		)


def without(shifts: Iterable[Shift], absences: Iterable[Absence]) -> list[Shift]:
	"""What the absences leave of the shifts, in order of start and practitioner."""
	absences = [absence for absence in absences if absence.start < absence.end]
	left: list[Shift] = []
	for shift in shifts:
		own = [absence for absence in absences if absence.concerns(shift)]
		left.extend(_parts(shift, own) if own else (shift,))
	return sorted(left, key=lambda shift: (shift.start, shift.practitioner, shift.end))


def _parts(shift: Shift, absences: list[Absence]) -> Iterator[Shift]:
	start = shift.start
	grid = shift.start if shift.grid is None else shift.grid
	for absence in sorted(absences, key=lambda a: a.start):
		if absence.start > start:
			yield replace(shift, start=start, end=absence.start, grid=grid)
		start = max(start, absence.end)
	if start == shift.start:
		yield shift
	elif start < shift.end:
		yield replace(shift, start=start, grid=grid)


def length(start: datetime.time, end: datetime.time) -> int:
	"""Minutes from one time of day to another; an end that is not later is the next day's."""
	minutes = _of_day(end) - _of_day(start)
	return minutes if minutes > 0 else minutes + MINUTES_OF_DAY


def week_span(weekday: str, start: datetime.time, end: datetime.time) -> Interval:
	"""A weekly shift as minutes since Monday 00:00; over midnight it may reach beyond the week's end."""
	begin = WEEKDAYS.index(weekday) * MINUTES_OF_DAY + _of_day(start)
	return begin, begin + length(start, end)


def meet_in_week(one: Interval, other: Interval) -> bool:
	"""Whether two weekly shifts lie over each other, also around the end of the week."""
	return any(
		one[0] < other[1] + turn and other[0] + turn < one[1]
		for turn in (-MINUTES_OF_WEEK, 0, MINUTES_OF_WEEK)
	)


def _of_day(time: datetime.time) -> int:
	return time.hour * 60 + time.minute
