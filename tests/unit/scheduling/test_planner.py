"""The planner of sessions against every combination there is, on random calendars (N8)."""

import itertools

from clinic_core.scheduling.planner.solver import (
	MINUTES_OF_DAY,
	Placed,
	Stuck,
	Way,
	Wish,
	day_of,
	place,
	solve,
	usual_time,
	ways_out,
	weekday,
)
from clinic_core.scheduling.slots import Slot
from hypothesis import given, settings
from hypothesis import strategies as st

HOURS = (9 * 60, 10 * 60, 16 * 60)


def slot(day, minute=HOURS[0], who="a", length=30):
	start = day * MINUTES_OF_DAY + minute
	return Slot(start, start + length, who, "B")


calendars = st.lists(
	st.builds(slot, st.integers(0, 14), st.sampled_from(HOURS), st.sampled_from("ab")),
	max_size=12,
	unique=True,
)
wishes = st.builds(
	Wish,
	count=st.integers(1, 4),
	first=st.integers(0, 4),
	interval=st.integers(1, 5),
	earlier=st.integers(0, 2),
	later=st.integers(0, 3),
	not_before=st.integers(0, 3),
	weekdays=st.sampled_from([frozenset(), frozenset({0, 2, 4}), frozenset({3})]),
	from_minute=st.sampled_from([0, 10 * 60]),
	to_minute=st.sampled_from([MINUTES_OF_DAY, 12 * 60]),
)


def is_kept(wish, slots):
	"""The rules of a plan, written down once more."""
	days = [s.start // 1440 for s in slots]
	for s in slots:
		begin, end = s.start % 1440, s.start % 1440 + (s.end - s.start)
		if begin < wish.from_minute or end > wish.to_minute:
			return False
		if wish.weekdays and (s.start // 1440 + 3) % 7 not in wish.weekdays:
			return False
	if days and not max(wish.not_before, wish.first - wish.earlier) <= days[0] <= wish.first + wish.later:
		return False
	low, high = max(1, wish.interval - wish.earlier), wish.interval + wish.later
	return all(low <= b - a <= max(low, high) for a, b in itertools.pairwise(days))


def strays(wish, slots):
	"""Days beside the intervals."""
	days = [wish.first - wish.interval, *(s.start // 1440 for s in slots)]
	return sum(abs(b - a - wish.interval) for a, b in itertools.pairwise(days))


def every_plan(wish, free, count=None):
	combinations = itertools.product(free, repeat=wish.count if count is None else count)
	return [plan for plan in combinations if is_kept(wish, plan)]


@given(wishes, calendars)
@settings(max_examples=150, deadline=None)
def test_a_plan_is_found_if_there_is_one_and_it_strays_least(wish, free):
	found, possible = place(wish, free), every_plan(wish, free)
	assert isinstance(found, Placed) == bool(possible)
	if not possible:
		return
	assert is_kept(wish, found.slots) and set(found.slots) <= set(free)
	alone = [plan for plan in possible if len({s.practitioner for s in plan}) == 1]
	if alone:
		assert len({s.practitioner for s in found.slots}) == 1, "one practitioner where one can do it all"
	assert strays(wish, found.slots) == min(strays(wish, plan) for plan in alone or possible)


@given(wishes, calendars)
@settings(max_examples=80, deadline=None)
def test_what_is_stuck_is_named_with_its_days(wish, free):
	found = solve(wish, [s for s in free if wish.accepts(s)])
	if isinstance(found, Placed):
		return
	before = every_plan(wish, free, found.number)
	assert before, "the sessions before it can be placed"
	assert not every_plan(wish, free, found.number + 1)
	if found.number == 0:
		assert (found.low, found.high) == wish.first_window
	else:
		last = [s[-1].start // 1440 for s in before]
		assert (found.low, found.high) == (min(last) + wish.nearest, max(last) + wish.farthest)


@given(wishes, calendars)
@settings(max_examples=80, deadline=None)
def test_every_way_out_leads_out(wish, free):
	from dataclasses import replace

	mine = [s for s in free if s.practitioner == "a"]
	stuck = place(wish, mine)
	if isinstance(stuck, Placed):
		return
	ways = {way.kind: way.value for way in ways_out(wish, stuck, mine, free)}
	if "later" in ways:
		assert every_plan(replace(wish, later=ways["later"]), mine)
		assert not every_plan(replace(wish, later=ways["later"] - 1), mine), "no more days than needed"
	assert ("practitioners" in ways) == (len(mine) < len(free) and bool(every_plan(wish, free)))
	if "weekdays" in ways:
		assert every_plan(replace(wish, weekdays=frozenset()), mine)
	if "hours" in ways:
		assert every_plan(replace(wish, from_minute=0, to_minute=MINUTES_OF_DAY), mine)
	assert ("count" in ways) == bool(stuck.number)


@given(wishes, calendars, st.data())
@settings(max_examples=80, deadline=None)
def test_what_is_settled_stays_and_the_rest_keeps_its_distance(wish, free, data):
	from dataclasses import replace

	number = data.draw(st.integers(0, wish.count - 1))
	settled = slot(data.draw(st.integers(0, 14)), 20 * 60, "z")
	found = place(replace(wish, fixed={number: settled}), free)
	if isinstance(found, Stuck):
		return
	assert found.slots[number] == settled
	for at, (one, other) in enumerate(itertools.pairwise(found.slots)):
		assert wish.nearest <= day_of(other) - day_of(one) <= wish.farthest, at


def test_two_settled_ones_may_be_as_far_apart_as_they_are():
	wish = Wish(3, 0, 7, fixed={0: slot(0), 1: slot(20)})
	assert [day_of(s) for s in place(wish, [slot(27)]).slots] == [0, 20, 27]
	assert place(wish, [slot(26)]) == Stuck(2, 27, 27)


def test_ten_sessions_gather_round_one_time_of_day():
	"""16:00 is free on every day, 09:00 only on some: all come at 16:00."""
	free = [slot(day, HOURS[2]) for day in range(0, 71, 7)] + [slot(day) for day in (0, 7, 21)]
	found = place(Wish(10, 0, 7), free)
	assert {s.start % 1440 for s in found.slots} == {HOURS[2]}
	assert usual_time(Wish(1, 0, 1, at=600), free) == 600


def test_a_closed_week_moves_the_rest_with_it():
	"""Nothing is free from day 14 to 27: the third session waits, the fourth keeps its distance to it."""
	free = [slot(day) for day in range(90) if not 14 <= day <= 27]
	assert place(Wish(4, 0, 7, later=3), free) == Stuck(2, 14, 23)
	assert [day_of(s) for s in place(Wish(4, 0, 7, later=14), free).slots] == [0, 7, 28, 35]
	[later, count] = ways_out(Wish(4, 0, 7, later=3), Stuck(2, 14, 23), free, free)
	assert later == Way("later", 8) and count == Way("count", 2)


def test_who_is_liked_goes_first():
	free = [slot(day, who=who) for day in (0, 7) for who in "abc"]
	assert {s.practitioner for s in place(Wish(2, 0, 7), free, ["c"]).slots} == {"c"}


def test_weekdays_are_those_of_the_calendar():
	import datetime

	for day in (0, 1, 20_000):
		assert weekday(day) == (datetime.date(1970, 1, 1) + datetime.timedelta(days=day)).weekday()


def test_no_sessions_are_placed_at_once():
	assert place(Wish(0, 0, 7), []) == Placed((), (0, 0, 0))


def test_a_year_of_many_people_is_placed_in_a_moment():
	"""A guard against going through all combinations: 40 sessions, 8 people, 300 days."""
	import time

	free = [
		slot(day, minute, who) for day in range(300) for minute in range(480, 1080, 60) for who in "abcdefgh"
	]
	before = time.process_time()
	assert isinstance(place(Wish(40, 0, 7, 3, 3), free), Placed)
	assert time.process_time() - before < 3
