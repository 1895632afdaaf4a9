"""The next number of each queue shift, as a search for free times offers it (G03)."""

from collections.abc import Iterable, Mapping

from clinic_core.scheduling import claims
from clinic_core.scheduling.cells import cover
from clinic_core.scheduling.queue.numbers import Queue, queue_key
from clinic_core.scheduling.slots import (
	QUEUE,
	Busy,
	Interval,
	Need,
	Shift,
	Slot,
	Who,
	gender_fits,
	patient_key,
)

Given = Mapping[tuple[str, int], set[int]]
"""The seats given out, by queue and cell."""


def given_out(shifts: Iterable[Shift]) -> Given:
	"""The numbers that all the queues among these shifts have given out. One query, none without queues."""
	queues = [Queue(shift, 0) for shift in shifts if shift.kind == QUEUE]
	return claims.numbers((queue_key(queue.shift.practitioner), queue.cell) for queue in queues)


def next_numbers(
	shifts: Iterable[Shift],
	needs: Mapping[str, Need],
	taken: Busy,
	who: Who,
	within: Interval,
	given: Given | None = None,
) -> list[Slot]:
	"""One slot for each queue shift with a number left whose turn comes in the time asked for.

	One query where there are queue shifts, none without or with `given`. A treatment in stages is never given
	a number.
	"""
	queues = [
		Queue(shift, needs[shift.practitioner].duration)
		for shift in shifts
		if shift.kind == QUEUE
		and shift.practitioner in needs
		and not needs[shift.practitioner].stages
		and gender_fits((shift.gender, *needs[shift.practitioner].genders), who.gender)
	]
	if given is None:
		given = given_out(queue.shift for queue in queues)
	own = taken.get(patient_key(who.name), ()) if who.name else ()
	found = []
	for queue in queues:
		seats = given.get((queue_key(queue.shift.practitioner), queue.cell), set())
		for number in queue.numbers({seat + 1 for seat in seats}, within[0]):
			start = queue.expected(number)
			end = start + queue.duration
			if start < within[1] and not _touches(own, start, end):
				shift = queue.shift
				found.append(Slot(start, end, shift.practitioner, shift.branch, queue_no=number))
				break
	return found


def _touches(taken: Iterable[Interval], start: int, end: int) -> bool:
	wanted = cover(start, end)
	return any(
		cells.start < wanted.stop and wanted.start < cells.stop for cells in (cover(*t) for t in taken)
	)
