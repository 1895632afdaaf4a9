"""Who gets which seat on which five minutes of whom: what `claims` reads and writes. Pure.

A group (F13) has its practitioner to itself: whoever else is there is of the same group, and the first of
them has seat 0, which everybody who comes alone asks for. So the unique key keeps the two apart.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field


class CellTaken(Exception):
	"""A wanted cell has no seat left; `key` says whose. Callers turn it into SlotTakenError.

	`is_full`: the group is there, but has no seat left.
	"""

	def __init__(self, key: str, *, is_full: bool = False) -> None:
		super().__init__(key)
		self.key, self.is_full = key, is_full


@dataclass(frozen=True)
class Want:
	"""A wish for every cell of `cells` on `key`. `seats`: how many there are; None: no limit,
	for a patient who is here already and has to be let in. `group`: shared with this group only (F13)."""

	key: str
	cells: range
	seats: int | None = 1
	group: str = ""


@dataclass
class Occupancy:
	"""What is taken on the cells read, as seen by one appointment."""

	taken: dict[tuple[str, int], set[int]] = field(default_factory=lambda: defaultdict(set))
	own: dict[tuple[str, int, int], str] = field(default_factory=dict)
	expired: list[str] = field(default_factory=list)
	groups: dict[tuple[str, int], set[str]] = field(default_factory=lambda: defaultdict(set))
	own_groups: dict[tuple[str, int, int], str] = field(default_factory=dict)

	def has_room(self, want: Want) -> bool:
		"""Whether every cell has a seat left."""
		if want.seats is None:
			return True
		return all(
			len(self.taken.get((want.key, cell), ())) < want.seats and self.suits(want, cell)
			for cell in want.cells
		)

	def suits(self, want: Want, cell: int) -> bool:
		"""Whether who is there already is of the same group; somebody alone is with nobody of a group."""
		return want.seats is None or self.groups.get((want.key, cell), {want.group}) == {want.group}

	def is_joined(self, want: Want) -> bool:
		"""Whether others of the group are there."""
		return bool(want.group) and any(
			want.group in self.groups.get((want.key, cell), ()) for cell in want.cells
		)


@dataclass
class Plan:
	"""Seats given out, ready to be written: (key, cell, seat). `groups`: by key the group they are in."""

	seats: set[tuple[str, int, int]]
	own: dict[tuple[str, int, int], str]
	expired: list[str]
	groups: dict[str, str] = field(default_factory=dict)
	own_groups: dict[tuple[str, int, int], str] = field(default_factory=dict)

	@property
	def kept(self) -> dict[tuple[str, int, int], str]:
		"""What it holds already and goes on holding."""
		return {
			seat_: name
			for seat_, name in self.own.items()
			if seat_ in self.seats and self.own_groups.get(seat_, "") == self.groups.get(seat_[0], "")
		}


def seat(wants: Iterable[Want], occupancy: Occupancy) -> Plan:
	"""Give every wanted cell the lowest free seat, keeping those held already.

	Raises CellTaken naming the first key without a seat.
	"""
	given: set[tuple[str, int, int]] = set()
	done: set[tuple[str, int]] = set()
	held, groups = defaultdict(set), {}
	for key, cell, number in occupancy.own:
		held[(key, cell)].add(number)
	for want in wants:
		for cell in want.cells:
			if (want.key, cell) in done:
				continue
			if not occupancy.suits(want, cell):
				raise CellTaken(want.key)
			number = _seat_number(want, occupancy.taken.get((want.key, cell), set()), held[(want.key, cell)])
			given.add((want.key, cell, number))
			done.add((want.key, cell))
		if want.group:
			groups[want.key] = want.group
	return Plan(given, occupancy.own, occupancy.expired, groups, occupancy.own_groups)


def _seat_number(want: Want, taken: set[int], held: set[int]) -> int:
	if kept := held - taken:
		return min(kept)
	number = 0
	while number in taken:
		number += 1
	if want.seats is not None and number >= want.seats:
		raise CellTaken(want.key, is_full=bool(want.group))
	return number
