"""Places the sessions of a plan on free times, or says which one cannot be placed (N8). Pure.

The sessions follow each other in a chain: each is one interval after the one before, `earlier` or `later`
days next to it at most. So the days are a graph, and the best plan is its shortest way: one step for each
pair of days, never a search through all combinations. If there is a plan it is found, and it is the one
that strays least from the intervals.

Days are days since 1970-01-01, times of a `Slot` minutes since then (`cells.py`).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from clinic_core.scheduling.slots import Slot

MINUTES_OF_DAY = 24 * 60

Cost = tuple[int, int, int]
"""Days beside the intervals, days that are too early among them, minutes beside the usual time."""


@dataclass(frozen=True)
class Wish:
	"""What is to be placed. `first`: the day the first session is due; `not_before`: the first day at all.

	`weekdays`: 0 is Monday, empty is any; the treatment lies between `from_minute` and `to_minute` of its
	day. `at`: the time of day that is liked best. `fixed`: times that stay, by number of the session from 0.
	"""

	count: int
	first: int
	interval: int
	earlier: int = 0
	later: int = 0
	not_before: int = 0
	weekdays: frozenset[int] = frozenset()
	from_minute: int = 0
	to_minute: int = MINUTES_OF_DAY
	at: int | None = None
	fixed: Mapping[int, Slot] = field(default_factory=dict)

	@property
	def nearest(self) -> int:
		"""Days two sessions are apart at least; never two on one day."""
		return max(1, self.interval - self.earlier)

	@property
	def farthest(self) -> int:
		"""Days two sessions are apart at most."""
		return max(self.nearest, self.interval + self.later)

	@property
	def first_window(self) -> tuple[int, int]:
		"""The days the first session may take place on, both included."""
		return max(self.not_before, self.first - self.earlier), self.first + self.later

	def last_day(self) -> int:
		"""No session lies after this day."""
		return max([self.first_window[1], *map(day_of, self.fixed.values())]) + self.farthest * self.count

	def accepts(self, slot: Slot) -> bool:
		"""Whether a time lies on a day and at an hour that is wished."""
		begin = slot.start % MINUTES_OF_DAY
		if begin < self.from_minute or begin + slot.end - slot.start > self.to_minute:
			return False
		return not self.weekdays or weekday(day_of(slot)) in self.weekdays


@dataclass(frozen=True)
class Placed:
	"""A time for each session, in order."""

	slots: tuple[Slot, ...]
	cost: Cost


@dataclass(frozen=True)
class Stuck:
	"""The first `number` sessions can be placed, the next one (counted from 0) on no day of the window."""

	number: int
	low: int
	high: int


@dataclass(frozen=True)
class _Step:
	cost: Cost
	slot: Slot
	before: int | None


def day_of(slot: Slot) -> int:
	"""The day a time lies on."""
	return slot.start // MINUTES_OF_DAY


def weekday(day: int) -> int:
	"""0 is Monday; 1970-01-01 was a Thursday."""
	return (day + 3) % 7


def place(wish: Wish, free: Iterable[Slot], liked: Sequence[str] = ()) -> Placed | Stuck:
	"""The best plan on the free times: with one practitioner for all sessions if that is possible.

	`liked`: practitioners who go first, in this order.
	"""
	slots = [slot for slot in free if wish.accepts(slot)]
	people = _in_order({slot.practitioner for slot in slots}, liked)
	alone = [solve(wish, [s for s in slots if s.practitioner == one]) for one in people]
	found = [plan for plan in alone if isinstance(plan, Placed)]
	if found:
		return min(found, key=lambda plan: plan.cost)
	return solve(wish, slots, people) if len(people) != 1 else alone[0]


def _in_order(people: Iterable[str], liked: Sequence[str]) -> list[str]:
	ranks = {name: number for number, name in enumerate(liked)}
	return sorted(people, key=lambda name: (ranks.get(name, len(ranks)), name))


def solve(wish: Wish, slots: Sequence[Slot], people: Sequence[str] = ()) -> Placed | Stuck:
	"""The same with times that are all accepted; `people`: whom to prefer where two could."""
	if wish.count < 1:
		return Placed((), (0, 0, 0))
	chosen = _best_of_day(wish, slots, people)
	days, at = sorted(chosen), usual_time(wish, slots)
	layers: list[dict[int, _Step]] = []
	for number in range(wish.count):
		before = layers[-1] if layers else None
		layer = _layer(wish, number, before, chosen, days, at)
		if not layer:
			return _stuck(wish, number, before)
		layers.append(layer)
	return _walk_back(layers)


def usual_time(wish: Wish, slots: Iterable[Slot]) -> int:
	"""The time of day the sessions gather round: the liked one, else the one free on most days."""
	if wish.at is not None:
		return wish.at
	days: dict[int, set[int]] = defaultdict(set)
	for slot in slots:
		days[slot.start % MINUTES_OF_DAY].add(day_of(slot))
	counted = Counter({minute: len(those) for minute, those in days.items()})
	return min(counted, key=lambda minute: (-counted[minute], minute), default=0)


def _best_of_day(wish: Wish, slots: Sequence[Slot], people: Sequence[str]) -> dict[int, Slot]:
	"""One time for each day: nearest to the usual time, then with whom is preferred."""
	at, ranks = usual_time(wish, slots), {name: number for number, name in enumerate(people)}
	found: dict[int, tuple[tuple, Slot]] = {}
	for slot in slots:
		rank = (abs(slot.start % MINUTES_OF_DAY - at), ranks.get(slot.practitioner, 0), slot)
		day = day_of(slot)
		if day not in found or rank < found[day][0]:
			found[day] = (rank, slot)
	return {day: slot for day, (_rank, slot) in found.items()}


def _layer(
	wish: Wish,
	number: int,
	before: dict[int, _Step] | None,
	chosen: Mapping[int, Slot],
	days: Sequence[int],
	at: int,
) -> dict[int, _Step]:
	"""Each day the session may take place on, with the cheapest way there."""
	settled = wish.fixed.get(number)
	possible = [day_of(settled)] if settled else days
	layer: dict[int, _Step] = {}
	for day in possible:
		slot = settled or chosen[day]
		minutes = 0 if settled else abs(slot.start % MINUTES_OF_DAY - at)
		ways = _ways(wish, number, before, day)
		if ways:
			(away, early, beside), origin = min(ways)
			layer[day] = _Step((away, early, beside + minutes), slot, origin)
	return layer


def _ways(
	wish: Wish, number: int, before: dict[int, _Step] | None, day: int
) -> list[tuple[Cost, int | None]]:
	"""The ways to a day: what the way so far costs and this step, and the day it comes from."""
	if before is None:
		low, high = wish.first_window
		if number in wish.fixed or low <= day <= high:
			return [(_cost((0, 0, 0), day - wish.first), None)]
		return []
	if number in wish.fixed and number - 1 in wish.fixed:
		return [(step.cost, origin) for origin, step in before.items() if origin < day]
	return [
		(_cost(before[origin].cost, day - origin - wish.interval), origin)
		for origin in range(day - wish.farthest, day - wish.nearest + 1)
		if origin in before
	]


def _cost(so_far: Cost, away: int) -> Cost:
	return so_far[0] + abs(away), so_far[1] + max(-away, 0), so_far[2]


def _stuck(wish: Wish, number: int, before: dict[int, _Step] | None) -> Stuck:
	if settled := wish.fixed.get(number):
		return Stuck(number, day_of(settled), day_of(settled))
	if before is None:
		return Stuck(number, *wish.first_window)
	return Stuck(number, min(before) + wish.nearest, max(before) + wish.farthest)


def _walk_back(layers: list[dict[int, _Step]]) -> Placed:
	day = min(layers[-1], key=lambda last: (layers[-1][last].cost, last))
	cost, found = layers[-1][day].cost, []
	for layer in reversed(layers):
		step = layer[day]
		found.append(step.slot)
		day = step.before if step.before is not None else day
	return Placed(tuple(reversed(found)), cost)


@dataclass(frozen=True)
class Way:
	"""A change of the wish that makes a plan possible; it was tried. `kind`: `later`, `practitioners`,
	`weekdays`, `hours` or `count`; `value`: the days, the names, or how many sessions."""

	kind: str
	value: int | tuple[str, ...] | None = None


MOST_EXTRA_DAYS = 21


def ways_out(wish: Wish, stuck: Stuck, mine: Sequence[Slot], all_free: Sequence[Slot]) -> list[Way]:
	"""What would make the plan possible, each tried on the free times.

	`mine`: of the practitioners asked for; `all_free`: of everybody who gives the service.
	"""
	found = []
	if (later := _enough_later(wish, mine)) is not None:
		found.append(Way("later", later))
	if len(all_free) > len(mine) and isinstance(plan := place(wish, all_free), Placed):
		found.append(Way("practitioners", tuple(sorted({slot.practitioner for slot in plan.slots}))))
	if wish.weekdays and _goes(replace(wish, weekdays=frozenset()), mine):
		found.append(Way("weekdays"))
	any_hour = replace(wish, from_minute=0, to_minute=MINUTES_OF_DAY)
	if any_hour != wish and _goes(any_hour, mine):
		found.append(Way("hours"))
	if stuck.number:
		found.append(Way("count", stuck.number))
	return found


def _goes(wish: Wish, free: Sequence[Slot]) -> bool:
	return isinstance(place(wish, free), Placed)


def _enough_later(wish: Wish, free: Sequence[Slot]) -> int | None:
	"""The least `later` with which it goes. More days never hurt, so the middle is asked first."""
	low, high = wish.later + 1, wish.later + MOST_EXTRA_DAYS
	if not _goes(replace(wish, later=high), free):
		return None
	while low < high:
		middle = (low + high) // 2
		low, high = (low, middle) if _goes(replace(wish, later=middle), free) else (middle + 1, high)
	return low
