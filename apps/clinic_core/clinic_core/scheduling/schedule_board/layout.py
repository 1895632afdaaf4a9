"""What the board draws behind the appointments: intervals, bands, the hours of a day. Pure.

E180, E208. Times are minutes since 1970-01-01, intervals are half-open.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from clinic_core.scheduling.slots import Interval, Shift
from clinic_core.scheduling.working_time import MINUTES_OF_DAY, Absence

USUAL_HOURS = (8 * 60, 20 * 60)
"""What is shown of a day on which nobody works."""


@dataclass(frozen=True, order=True)
class Band:
	"""Time in which somebody would work, and why he does not."""

	start: int
	end: int
	kind: str
	title: str


def clipped(intervals: Iterable[Interval], begin: int, end: int) -> list[Interval]:
	"""What of the intervals lies between two minutes."""
	cut = ((max(start, begin), min(finish, end)) for start, finish in intervals)
	return [(start, finish) for start, finish in cut if start < finish]


def union(intervals: Iterable[Interval]) -> list[Interval]:
	"""The same time without overlaps, in order."""
	joined: list[Interval] = []
	for start, end in sorted(intervals):
		if start >= end:
			continue
		if joined and start <= joined[-1][1]:
			joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
		else:
			joined.append((start, end))
	return joined


def bands(planned: Iterable[Shift], absences: Iterable[Absence], begin: int, end: int) -> list[Band]:
	"""Where absences take planned work away; each absence once, however many shifts it lies over."""
	shifts, found = list(planned), []
	for absence in dict.fromkeys(absences):
		lost = [
			(max(shift.start, absence.start), min(shift.end, absence.end))
			for shift in shifts
			if absence.concerns(shift)
		]
		found += [
			Band(start, finish, absence.kind, absence.title)
			for start, finish in union(clipped(lost, begin, end))
		]
	return sorted(found)


def hours_shown(intervals: Sequence[Interval]) -> Interval:
	"""The minutes of a day, whole hours, between which everything lies; the usual ones if there is nothing.

	What goes over midnight shows the whole day.
	"""
	first, last = [], []
	for start, end in intervals:
		day = start - start % MINUTES_OF_DAY
		over = end - day > MINUTES_OF_DAY
		first.append(0 if over else start - day)
		last.append(MINUTES_OF_DAY if over else end - day)
	if not first:
		return USUAL_HOURS
	return min(first) // 60 * 60, -(-max(last) // 60) * 60
