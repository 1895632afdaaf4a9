"""The slot engine against an oracle that walks through the time cell by cell."""

import datetime

from clinic_core.scheduling import cells
from clinic_core.scheduling.slots import (
	Need,
	Resource,
	Shift,
	Slot,
	Who,
	free,
	full_intervals,
	gender_fits,
	patient_key,
	practitioner_key,
	resource_key,
)
from hypothesis import given, settings
from hypothesis import strategies as st

GENDERS = st.sampled_from(["Any", "Any", "Female", "Male"])
BASE = 29_000_000 // 5 * 5


def touches(taken, start, end):
	"""Minute by minute, rounded out to cells of five minutes."""
	wanted = set(range(start // 5, -(-end // 5)))
	return any(wanted & set(range(s // 5, -(-e // 5))) for s, e in taken)


def resource_full(taken, capacity, start, end):
	return any(
		sum(1 for s, e in taken if s // 5 <= cell < -(-e // 5)) >= capacity
		for cell in range(start // 5, -(-end // 5))
	)


def oracle(shifts, needs, busy, resources, who, now, step):  # noqa: C901 - plain on purpose
	by_name = {r.name: r for r in resources}
	found = set()
	for shift in shifts:
		need = needs.get(shift.practitioner)
		if not need or shift.kind == "Queue":
			continue
		if not gender_fits((shift.gender, *need.genders), who.gender):
			continue
		first = -(-shift.start // 5) * 5
		earliest = None
		for start in range(first, shift.end + 1, 5):
			end = start + need.duration
			if start < now or end > shift.end:
				continue
			dynamic = "Dynamic" in (need.method, shift.kind)
			if not dynamic and (start - first) % (-(-step // 5) * 5):
				continue
			if dynamic and earliest is not None and start < earliest:
				continue
			claim = (start - -(-need.before // 5) * 5, end + need.after)
			if touches(busy.get(practitioner_key(shift.practitioner), ()), *claim):
				continue
			if who.name and touches(busy.get(patient_key(who.name), ()), start, end):
				continue
			names = []
			if shift.resource:
				names.append(shift.resource)
			room = by_name.get(shift.resource)
			if need.resource_kind and not (room and room.kind == need.resource_kind):
				fits = [
					r.name
					for r in sorted(resources, key=lambda r: r.name)
					if r.kind == need.resource_kind
					and r.branch == shift.branch
					and usable(r, who)
					and not resource_full(busy.get(resource_key(r.name), ()), r.capacity, *claim)
				]
				if not fits:
					continue
				names.append(fits[0])
			if shift.resource and (
				not room
				or not usable(room, who)
				or resource_full(busy.get(resource_key(room.name), ()), room.capacity, *claim)
			):
				continue
			found.add(Slot(start, end, shift.practitioner, shift.branch, tuple(names)))
			earliest = start + -(-(need.duration + need.after) // 5) * 5 + -(-need.before // 5) * 5
	return sorted(found)


def usable(resource, who):
	return resource.is_active and gender_fits((resource.gender,), who.gender)


intervals = st.lists(
	st.tuples(st.integers(0, 300), st.integers(1, 60)).map(lambda t: (BASE + t[0], BASE + t[0] + t[1])),
	max_size=5,
)
shifts = st.lists(
	st.builds(
		lambda p, b, s, n, k, g, r: Shift(p, b, BASE + s, BASE + s + n, k, g, r),
		st.sampled_from(["a", "b"]),
		st.sampled_from(["x", "y"]),
		st.integers(0, 200),
		st.integers(10, 200),
		st.sampled_from(["Fixed", "Dynamic", "Queue"]),
		GENDERS,
		st.sampled_from([None, None, "r1", "r2"]),
	),
	max_size=3,
)
need = st.builds(
	Need,
	duration=st.integers(1, 70),
	before=st.integers(0, 12),
	after=st.integers(0, 12),
	genders=st.tuples(GENDERS),
	method=st.sampled_from(["Fixed", "Dynamic"]),
	resource_kind=st.sampled_from(["", "Room", "Device"]),
)
resources = st.tuples(
	*(
		st.builds(
			Resource,
			name=st.just(name),
			kind=st.sampled_from(["Room", "Device"]),
			branch=st.sampled_from(["x", "y"]),
			capacity=st.integers(1, 3),
			gender=GENDERS,
			is_active=st.sampled_from([True, True, True, False]),
		)
		for name in ("r1", "r2", "r3")
	)
)
busy = st.fixed_dictionaries({key: intervals for key in ("PR:a", "PR:b", "PT:p", "RS:r1", "RS:r2", "RS:r3")})
whos = st.builds(Who, st.sampled_from([None, "p"]), st.sampled_from([None, "", "Female", "Male"]))


@settings(max_examples=400, deadline=None)
@given(
	shifts,
	st.dictionaries(st.sampled_from("ab"), need, min_size=1),
	busy,
	resources,
	whos,
	st.integers(0, 250),
	st.integers(1, 40),
)
def test_engine_agrees_with_oracle(shifts, needs, busy, resources, who, now, step):
	args = (shifts, needs, busy, resources)
	got = free(*args, who=who, now=BASE + now, step=step)
	assert got == oracle(*args, who, BASE + now, step)
	assert free(*args, who=who, now=BASE + now, step=step, limit=3) == got[:3]


@settings(max_examples=100, deadline=None)
@given(shifts, st.dictionaries(st.sampled_from("ab"), need, min_size=1), busy, resources, whos)
def test_what_is_not_wanted_is_left_out_and_nothing_else(shifts, needs, busy, resources, who):
	everything = free(shifts, needs, busy, resources, who=who)
	seen = set()

	def only_new(minute, _practitioner):
		return minute not in seen and not seen.add(minute)

	once = free(shifts, needs, busy, resources, who=who, wanted=only_new)
	assert [slot.start for slot in once] == sorted({slot.start for slot in everything})
	assert set(once) <= set(everything)
	of_a = free(shifts, needs, busy, resources, who=who, wanted=lambda _minute, name: name == "a")
	assert of_a == [slot for slot in everything if slot.practitioner == "a"]


def test_day_with_two_shifts_and_a_lunch_break():
	day = [Shift("a", "x", BASE, BASE + 60), Shift("a", "x", BASE + 120, BASE + 180)]
	starts = [s.start - BASE for s in free(day, {"a": Need(30)}, {}, step=30)]
	assert starts == [0, 30, 120, 150]


def test_a_start_that_two_shifts_offer_counts_once():
	twice = [Shift("a", "x", BASE, BASE + 10)] * 2
	later = Shift("a", "x", BASE + 6, BASE + 16)
	starts = [s.start - BASE for s in free([*twice, later], {"a": Need(1)}, {}, step=5, limit=3)]
	assert starts == [0, 5, 10]


def test_dynamic_starts_follow_what_is_taken():
	shift = Shift("a", "x", BASE, BASE + 120, "Dynamic")
	taken = {practitioner_key("a"): [(BASE + 25, BASE + 40)]}
	starts = [s.start - BASE for s in free([shift], {"a": Need(25)}, taken)]
	assert starts == [0, 40, 65, 90]


def test_buffers_keep_their_distance_from_what_is_taken():
	shift = Shift("a", "x", BASE, BASE + 120)
	taken = {practitioner_key("a"): [(BASE + 60, BASE + 75)]}
	starts = [s.start - BASE for s in free([shift], {"a": Need(30, before=10, after=10)}, taken, step=5)]
	assert starts == [0, 5, 10, 15, 20, 85, 90]


def test_capacity_counts_patients_not_bookings():
	room = Resource("r", "Room", "x", capacity=2)
	shift = Shift("a", "x", BASE, BASE + 30)
	one = {resource_key("r"): [(BASE, BASE + 30)]}
	two = {resource_key("r"): [(BASE, BASE + 30), (BASE + 10, BASE + 20)]}
	needs = {"a": Need(30, resource_kind="Room")}
	assert len(free([shift], needs, one, [room])) == 1
	assert free([shift], needs, two, [room]) == []


def test_womens_hours_are_for_women_and_unknown_fits_nowhere_special():
	shift = Shift("a", "x", BASE, BASE + 30, gender="Female")
	needs = {"a": Need(30)}
	offered = {g: bool(free([shift], needs, {}, who=Who("p", g))) for g in (None, "", "Male", "Female")}
	assert offered == {None: True, "": False, "Male": False, "Female": True}


@given(intervals, st.integers(1, 3))
def test_full_intervals_count_every_minute(taken, capacity):
	full = full_intervals(taken, capacity)
	for minute in range(BASE, BASE + 361):
		depth = sum(1 for s, e in taken if s <= minute < e)
		assert (depth >= capacity) == any(s <= minute < e for s, e in full)


@given(st.datetimes(datetime.datetime(1990, 1, 1), datetime.datetime(2100, 1, 1)))
def test_minutes_go_there_and_back(moment):
	minute = cells.minute_of(moment)
	assert cells.moment_of(minute) == moment.replace(second=0, microsecond=0)


def test_cells_cover_what_they_touch():
	assert list(cells.cover(10, 20)) == [2, 3]
	assert list(cells.cover(9, 21)) == [1, 2, 3, 4]


def test_a_seat_is_taken_for_the_whole_cell_it_touches():
	shift = Shift("a", "x", BASE, BASE + 161, "Fixed", "Any", "r1")
	room = Resource("r1", "Room", "x", 3, "Any", True)
	taken = {"RS:r1": [(BASE + 101, BASE + 161), (BASE + 101, BASE + 161), (BASE + 161, BASE + 162)]}
	starts = [slot.start for slot in free([shift], {"a": Need(duration=1)}, taken, [room], step=5)]
	assert BASE + 155 in starts and BASE + 160 not in starts
