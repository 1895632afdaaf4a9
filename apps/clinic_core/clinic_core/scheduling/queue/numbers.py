"""Shifts by order of arrival (G03, F03): a number instead of a time, and about when its turn comes. Pure.

The hours are divided evenly by the numbers. A number that was given back is given out again, as long as its
turn is still to come.
"""

from collections.abc import Collection
from dataclasses import dataclass

from clinic_core.scheduling.cells import CELL_MINUTES, floor_cell
from clinic_core.scheduling.slots import Shift


@dataclass(frozen=True)
class Queue:
	"""The numbers of one shift; `duration`: minutes the service takes."""

	shift: Shift
	duration: int

	@property
	def capacity(self) -> int:
		"""How many numbers there are: as the shift says, else as many as fit in one after the other."""
		whole = self.shift.end - self.shift.start
		return self.shift.capacity or max(1, whole // max(self.duration, CELL_MINUTES))

	@property
	def cell(self) -> int:
		"""The cell all numbers are claimed on: that of the whole shift's start, whatever a leave left of it."""
		return floor_cell(self.shift.start if self.shift.grid is None else self.shift.grid)

	def expected(self, number: int) -> int:
		"""About when the turn of a number comes, from 1 on: a multiple of five minutes."""
		whole = self.shift.end - self.shift.start
		minute = self.shift.start + (number - 1) * whole // self.capacity
		return floor_cell(minute) * CELL_MINUTES

	def numbers(self, taken: Collection[int], not_before: int) -> list[int]:
		"""The numbers still to be given out whose turn does not lie before that minute, in order."""
		return [
			number
			for number in range(1, self.capacity + 1)
			if number not in taken and self.expected(number) >= not_before
		]


def queue_key(practitioner: str) -> str:
	"""Key of the numbers of a practitioner's queue; the seat is the number less one."""
	return f"QU:{practitioner}"


def place_key(practitioner: str, patient: str) -> str:
	"""Key of one patient in a queue: nobody has two numbers in the same shift."""
	return f"QP:{practitioner}:{patient}"
