"""The one slot engine: which starts are free. Intervals of integers, no database. Pure.

`design.md` §4.3. All times are minutes since 1970-01-01 (see `cells.py`); the half-open interval
(start, end) ends before `end`. Starts are multiples of five minutes. What is taken comes in as
intervals per key: `practitioner_key`, `patient_key`, `resource_key`.

Rules: the treatment lies inside one shift; its buffers may reach over the shift's edges but never
over anything taken; a fixed grid counts from the shift's start; dynamic starts follow each other
without gaps; a queue shift has no times to offer (`queue/`); every gender that is set must be the
patient's. A treatment in stages (F06) needs of each stage only who and what it names. A group (F13) may
be joined at its own start while it has seats left.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import replace

from clinic_core.scheduling.cells import CELL_MINUTES, ceil_cell, floor_cell
from clinic_core.scheduling.intervals import (
	Interval,
	common,
	contains,
	full_intervals,
	packed,
	shifted,
	starts_without,
	union,
)
from clinic_core.scheduling.slot_types import (
	ANY,
	DYNAMIC,
	NOBODY,
	OPERATOR,
	PRACTITIONER,
	QUEUE,
	Busy,
	Need,
	Resource,
	Shift,
	Slot,
	Stage,
	Taken,
	Together,
	Who,
	gender_fits,
	patient_key,
	practitioner_key,
	resource_key,
)

__all__ = (
	"ANY",
	"DYNAMIC",
	"NOBODY",
	"OPERATOR",
	"PRACTITIONER",
	"QUEUE",
	"Busy",
	"Interval",
	"Need",
	"Resource",
	"Shift",
	"Slot",
	"Stage",
	"Taken",
	"Together",
	"Who",
	"candidates",
	"free",
	"full_intervals",
	"gender_fits",
	"patient_key",
	"practitioner_key",
	"resource_key",
)


def free(
	shifts: Iterable[Shift],
	needs: Mapping[str, Need],
	busy: Busy,
	resources: Iterable[Resource] = (),
	*,
	who: Who | None = None,
	now: int = 0,
	until: int | None = None,
	step: int = 15,
	limit: int | None = None,
	operators: Iterable[Shift] = (),
	wanted: Callable[[int, str], bool] | None = None,
) -> list[Slot]:
	"""Free slots in order of start, then practitioner; at most `limit`.

	`needs` by practitioner; shifts of others are left out. `now`: no start before this minute;
	`until`: none at or after it. `operators`: shifts of those who give stages of other people's treatments.
	`step`: minutes between the starts of a fixed grid, rounded up to five.
	`wanted`: asked of each free start and its practitioner; what it does not want is left out.
	"""
	things = {r.name: r for r in resources}
	engine = _Engine(needs, busy, things, who or Who(), (now, until), step, operators, wanted)
	shifts = sorted(shifts, key=lambda s: (s.start, s.practitioner, s.end))
	found: set[Slot] = set()  # a set: shifts that lie over each other offer a start twice, and it counts once
	if isinstance(busy, Taken) and busy.groups:
		found.update(engine.groups_to_join(shifts, busy))
	for shift in shifts:
		if limit is not None and len(found) >= limit and shift.start > sorted(found)[limit - 1].start:
			break
		found.update(engine.slots_of(shift))
	return sorted(found)[:limit]


Choice = tuple[tuple[str, ...], list[Interval]]
"""A way to fill a stage's need, and the starts of the whole treatment it allows."""


class _Engine:
	def __init__(
		self,
		needs: Mapping[str, Need],
		busy: Busy,
		resources: Mapping[str, Resource],
		who: Who,
		within: tuple[int, int | None],
		step: int,
		operators: Iterable[Shift],
		wanted: Callable[[int, str], bool] | None,
	) -> None:
		self.needs, self.busy, self.resources, self.who = needs, busy, resources, who
		self.wanted = wanted
		self.now, self.step_cells = ceil_cell(within[0]), max(1, ceil_cell(step))
		self.last = None if within[1] is None else floor_cell(within[1] - 1)
		self.full_of: dict[str, list[Interval]] = {}
		self.operators = [s for s in operators if s.kind != QUEUE and gender_fits((s.gender,), who.gender)]

	def slots_of(self, shift: Shift) -> Iterator[Slot]:
		need = self.needs.get(shift.practitioner)
		if not need or shift.kind == QUEUE or need.duration <= 0:
			return
		if not gender_fits((shift.gender, *need.genders), self.who.gender):
			return
		room = self.resources.get(shift.resource) if shift.resource else None
		if shift.resource and not (room and self._usable(room)):
			return
		allowed, things, people = self._open_starts(shift, need), [], []
		for offset, stage, before, after in need.laid_out():
			length = stage.duration + after
			mine = allowed
			if stage.who == PRACTITIONER:
				mine = self._leaving(
					mine, self._taken(practitioner_key(shift.practitioner)), offset, before, length
				)
				mine = self._leaving(mine, self._full(room), offset, before, length) if room else mine
			things.append(self._things(shift, stage, room, mine, (offset, before, length)))
			allowed = union(ranges for _names, ranges in things[-1])
			if stage.who == OPERATOR:
				people.append(self._people(shift, stage, allowed, (offset, before, length)))
				allowed = union(ranges for _names, ranges in people[-1])
		for start in self._starts(shift, need, allowed):
			minute = start * CELL_MINUTES
			if self.wanted and not self.wanted(minute, shift.practitioner):
				continue
			names = (_pick(things, start), _pick(people, start))
			left = self._seats(need, names[0]) if need.seats > 1 else 0
			yield Slot(
				minute, minute + need.duration, shift.practitioner, shift.branch, *names, seats_left=left
			)

	def _seats(self, need: Need, things: Iterable[str]) -> int:
		"""How many a group takes; a room for several patients at once counts each of them."""
		several = [self.resources[name].capacity for name in things if self.resources[name].capacity > 1]
		return min(need.seats, *several) if several else need.seats

	def groups_to_join(self, shifts: Sequence[Shift], busy: Taken) -> Iterator[Slot]:
		"""The starts of groups that still have seats left, with how many."""
		for group, taken in busy.groups.items():
			for shift in shifts:
				need = self.needs.get(shift.practitioner)
				size = len(taken.get(practitioner_key(shift.practitioner), ()))
				if not need or need.service != group.service or not 0 < size < need.seats:
					continue
				if not shift.start <= group.start < shift.end:
					continue
				# As if nobody were there yet, and at no other start.
				alone = copy(self)
				alone.busy, alone.full_of, alone.step_cells = busy.without(group), {}, 1
				alone.now = max(self.now, floor_cell(group.start))
				alone.last = min(floor_cell(group.start), alone.last if alone.last is not None else alone.now)
				for slot in alone.slots_of(shift):
					if slot.seats_left > size:
						yield replace(slot, seats_left=slot.seats_left - size)

	def _usable(self, resource: Resource) -> bool:
		return resource.is_active and gender_fits((resource.gender,), self.who.gender)

	def _open_starts(self, shift: Shift, need: Need) -> list[Interval]:
		"""Starts (cells, both ends included) inside the shift that leave the patient alone."""
		first = max(ceil_cell(shift.start), self.now)
		last = floor_cell(shift.end - need.duration)
		last = last if self.last is None else min(last, self.last)
		ranges = [(first, last)] if first <= last else []
		if self.who.name:
			ranges = starts_without(ranges, self._taken(patient_key(self.who.name)), 0, need.duration)
		return ranges

	def _taken(self, key: str) -> Sequence[Interval]:
		return self.busy.get(key, ())

	def _leaving(
		self, allowed: list[Interval], taken: Sequence[Interval], offset: int, before: int, length: int
	) -> list[Interval]:
		"""The starts whose stage, `offset` minutes later, touches nothing taken."""
		cells = floor_cell(offset)
		return shifted(starts_without(shifted(allowed, -cells), taken, before, length), cells)

	def _things(
		self,
		shift: Shift,
		stage: Stage,
		room: Resource | None,
		allowed: list[Interval],
		where: tuple[int, int, int],
	) -> list[Choice]:
		"""Each way to fill the stage's need for resources; a practitioner works in his own room."""
		rooms = (room.name,) if room and stage.who == PRACTITIONER else ()
		if not stage.resource_kind or (rooms and room.kind == stage.resource_kind):
			return [(rooms, allowed)]
		fitting = candidates(self.resources.values(), stage.resource_kind, shift.branch, self.who.gender)
		return [((*rooms, r.name), self._leaving(allowed, self._full(r), *where)) for r in fitting]

	def _people(
		self, shift: Shift, stage: Stage, allowed: list[Interval], where: tuple[int, int, int]
	) -> list[Choice]:
		"""Each operator of the branch with the starts he could give the stage at."""
		hours: dict[str, list[Interval]] = {}
		for other in self.operators:
			span = ceil_cell(other.start), floor_cell(other.end - stage.duration)
			if (
				other.branch == shift.branch
				and other.practitioner != shift.practitioner
				and span[0] <= span[1]
			):
				hours.setdefault(other.practitioner, []).append(span)
		offset = floor_cell(where[0])
		return [
			(
				(name,),
				self._leaving(
					common(allowed, shifted(union([spans]), offset)),
					self._taken(practitioner_key(name)),
					*where,
				),
			)
			for name, spans in sorted(hours.items())
		]

	def _full(self, resource: Resource) -> list[Interval]:
		if resource.name not in self.full_of:
			# A claim holds whole cells: two that meet inside one are both in it.
			taken = [
				(floor_cell(s) * CELL_MINUTES, ceil_cell(e) * CELL_MINUTES)
				for s, e in self.busy.get(resource_key(resource.name), ())
				if s < e
			]
			self.full_of[resource.name] = full_intervals(taken, resource.capacity)
		return self.full_of[resource.name]

	def _starts(self, shift: Shift, need: Need, allowed: list[Interval]) -> Iterator[int]:
		if DYNAMIC in (need.method, shift.kind):
			yield from packed(allowed, ceil_cell(need.duration + need.after) + ceil_cell(need.before))
		else:
			grid = ceil_cell(shift.start if shift.grid is None else shift.grid)
			for low, high in allowed:
				yield from range(low + (grid - low) % self.step_cells, high + 1, self.step_cells)


def _pick(stages: list[list[Choice]], start: int) -> tuple[str, ...]:
	"""The first way of each stage that allows this start, each name once."""
	chosen = [next(names for names, ranges in choices if contains(ranges, start)) for choices in stages]
	return tuple(dict.fromkeys(name for names in chosen for name in names))


def candidates(
	resources: Iterable[Resource], kind: str, branch: str, patient_gender: str | None
) -> list[Resource]:
	"""Working resources of a kind in a branch that this patient may use, by name."""
	fitting = [
		r
		for r in resources
		if r.kind == kind and r.branch == branch and r.is_active and gender_fits((r.gender,), patient_gender)
	]
	return sorted(fitting, key=lambda r: r.name)
