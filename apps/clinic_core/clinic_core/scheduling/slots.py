"""The one slot engine: which starts are free. Intervals of integers, no database. Pure.

`design.md` §4.3. All times are minutes since 1970-01-01 (see `cells.py`); the half-open interval
(start, end) ends before `end`. Starts are multiples of five minutes. What is taken comes in as
intervals per key: `practitioner_key`, `patient_key`, `resource_key`.

Rules: the treatment lies inside one shift; its buffers may reach over the shift's edges but never
over anything taken; a fixed grid counts from the shift's start; dynamic starts follow each other
without gaps; a queue shift has no times to offer; every gender that is set must be the patient's.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from clinic_core.scheduling.cells import CELL_MINUTES, ceil_cell, floor_cell

Interval = tuple[int, int]
Busy = Mapping[str, Sequence[Interval]]

ANY = "Any"
QUEUE = "Queue"
DYNAMIC = "Dynamic"


@dataclass(frozen=True)
class Shift:
	"""Working hours of one practitioner. `resource`: the room he works in, if any.

	`grid`: the minute the fixed starts are counted from, where that is not the start: what a leave
	leaves of a shift keeps the times of the whole one.
	"""

	practitioner: str
	branch: str
	start: int
	end: int
	kind: str = "Fixed"
	gender: str = ANY
	resource: str | None = None
	grid: int | None = None


@dataclass(frozen=True)
class Resource:
	"""A room, chair or device; `capacity`: how many patients at once."""

	name: str
	kind: str
	branch: str
	capacity: int = 1
	gender: str = ANY
	is_active: bool = True


@dataclass(frozen=True)
class Need:
	"""What the service needs when this practitioner gives it; lengths in minutes.

	`genders`: of the service and of the practitioner's offer. `resource_kind`: a resource of this
	kind must be free in the shift's branch; empty when none is needed.
	"""

	duration: int
	before: int = 0
	after: int = 0
	genders: tuple[str, ...] = ()
	method: str = "Fixed"
	resource_kind: str = ""


@dataclass(frozen=True)
class Who:
	"""The patient asked for. `name` None: nobody in particular; `gender` None: not asked yet,
	empty: unknown, which fits only where no gender is set."""

	name: str | None = None
	gender: str | None = None


@dataclass(frozen=True, order=True)
class Slot:
	"""A free time: minutes, and the resources it would take."""

	start: int
	end: int
	practitioner: str
	branch: str
	resources: tuple[str, ...] = ()


def practitioner_key(name: str) -> str:
	"""Key of a practitioner's time."""
	return f"PR:{name}"


def patient_key(name: str) -> str:
	"""Key of a patient's time: nobody is in two rooms at once."""
	return f"PT:{name}"


def resource_key(name: str) -> str:
	"""Key of a resource's time."""
	return f"RS:{name}"


def gender_fits(genders: Iterable[str | None], patient_gender: str | None) -> bool:
	"""Whether a patient of this gender may come where these genders are set (G01)."""
	if patient_gender is None:
		return True
	return all(gender in (None, "", ANY, patient_gender) for gender in genders)


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
) -> list[Slot]:
	"""Free slots in order of start, then practitioner; at most `limit`.

	`needs` by practitioner; shifts of others are left out. `now`: no start before this minute;
	`until`: none at or after it.
	`step`: minutes between the starts of a fixed grid, rounded up to five.
	"""
	engine = _Engine(needs, busy, {r.name: r for r in resources}, who or Who(), (now, until), step)
	found: list[Slot] = []
	for shift in sorted(shifts, key=lambda s: (s.start, s.practitioner, s.end)):
		if limit is not None and len(found) >= limit and shift.start > sorted(found)[limit - 1].start:
			break
		found.extend(engine.slots_of(shift))
	return sorted(set(found))[:limit]


class _Engine:
	def __init__(
		self,
		needs: Mapping[str, Need],
		busy: Busy,
		resources: Mapping[str, Resource],
		who: Who,
		within: tuple[int, int | None],
		step: int,
	) -> None:
		self.needs, self.busy, self.resources, self.who = needs, busy, resources, who
		self.now, self.step_cells = ceil_cell(within[0]), max(1, ceil_cell(step))
		self.last = None if within[1] is None else floor_cell(within[1] - 1)
		self.full_of: dict[str, list[Interval]] = {}

	def slots_of(self, shift: Shift) -> Iterator[Slot]:
		need = self.needs.get(shift.practitioner)
		if not need or shift.kind == QUEUE or need.duration <= 0:
			return
		if not gender_fits((shift.gender, *need.genders), self.who.gender):
			return
		room = self.resources.get(shift.resource) if shift.resource else None
		if shift.resource and not (room and self._usable(room)):
			return
		base = self._open_starts(shift, need, room)
		choices = self._choices(shift, need, room, base)
		allowed = _union([ranges for _names, ranges in choices])
		for start in self._starts(shift, need, allowed):
			names = next(names for names, ranges in choices if _contains(ranges, start))
			minute = start * CELL_MINUTES
			yield Slot(minute, minute + need.duration, shift.practitioner, shift.branch, names)

	def _usable(self, resource: Resource) -> bool:
		return resource.is_active and gender_fits((resource.gender,), self.who.gender)

	def _open_starts(self, shift: Shift, need: Need, room: Resource | None) -> list[Interval]:
		"""Starts (cells, both ends included) that leave practitioner, patient and room alone."""
		first = max(ceil_cell(shift.start), self.now)
		last = floor_cell(shift.end - need.duration)
		last = last if self.last is None else min(last, self.last)
		ranges = [(first, last)] if first <= last else []
		ranges = _without(ranges, self.busy.get(practitioner_key(shift.practitioner), ()), need)
		if self.who.name:
			bare = Need(need.duration)
			ranges = _without(ranges, self.busy.get(patient_key(self.who.name), ()), bare)
		return _without(ranges, self._full(room), need) if room else ranges

	def _choices(
		self, shift: Shift, need: Need, room: Resource | None, base: list[Interval]
	) -> list[tuple[tuple[str, ...], list[Interval]]]:
		"""Each way to fill the need for resources, with the starts it allows."""
		rooms = (room.name,) if room else ()
		if not need.resource_kind or (room and room.kind == need.resource_kind):
			return [(rooms, base)]
		return [
			((*rooms, r.name), _without(base, self._full(r), need))
			for r in candidates(self.resources.values(), need.resource_kind, shift.branch, self.who.gender)
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
			yield from _packed(allowed, ceil_cell(need.duration + need.after) + ceil_cell(need.before))
		else:
			grid = ceil_cell(shift.start if shift.grid is None else shift.grid)
			for low, high in allowed:
				yield from range(low + (grid - low) % self.step_cells, high + 1, self.step_cells)


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


def full_intervals(taken: Iterable[Interval], capacity: int) -> list[Interval]:
	"""Where at least `capacity` of the intervals lie over each other, merged and in order."""
	edges = sorted([(s, 1) for s, e in taken if s < e] + [(e, -1) for s, e in taken if s < e])
	full: list[Interval] = []
	depth, since = 0, None
	for position, (minute, change) in enumerate(edges):
		depth += change
		if position + 1 < len(edges) and edges[position + 1][0] == minute:
			continue
		if depth >= max(1, capacity) and since is None:
			since = minute
		elif depth < max(1, capacity) and since is not None:
			full.append((since, minute))
			since = None
	return full


def _without(ranges: list[Interval], taken: Iterable[Interval], need: Need) -> list[Interval]:
	"""Take the starts away that would touch a taken interval."""
	before, after = ceil_cell(need.before), ceil_cell(need.duration + need.after)
	blocked = _union([(floor_cell(s) - after + 1, ceil_cell(e) + before - 1)] for s, e in taken if s < e)
	for low, high in blocked:
		ranges = [part for r in ranges for part in _cut(r, low, high)]
	return ranges


def _cut(interval: Interval, low: int, high: int) -> Iterator[Interval]:
	start, end = interval
	if high < start or low > end:
		yield interval
		return
	if start < low:
		yield (start, low - 1)
	if end > high:
		yield (high + 1, end)


def _union(many: Iterable[list[Interval]]) -> list[Interval]:
	"""Merge ranges whose both ends are included."""
	merged: list[Interval] = []
	for low, high in sorted(r for ranges in many for r in ranges):
		if merged and low <= merged[-1][1] + 1:
			merged[-1] = (merged[-1][0], max(high, merged[-1][1]))
		else:
			merged.append((low, high))
	return merged


def _contains(ranges: list[Interval], start: int) -> bool:
	return any(low <= start <= high for low, high in ranges)


def _packed(allowed: list[Interval], length: int) -> Iterator[int]:
	"""Earliest start, then the earliest that leaves the one before in peace, and so on."""
	cursor = None
	for low, high in allowed:
		start = low if cursor is None else max(low, cursor)
		while start <= high:
			yield start
			start += length
			cursor = start
