"""Who on the waiting list gets a freed time, and which start (F08)."""

import datetime
import itertools

import pytest
from clinic_core.scheduling.cells import minute_of
from clinic_core.scheduling.slots import Slot
from clinic_core.scheduling.waiting.matching import (
	Freed,
	Hours,
	Wish,
	closest,
	could_want,
	in_turn,
	ranked,
	suits,
	window,
)
from hypothesis import given
from hypothesis import strategies as st

DAY = datetime.datetime(2026, 11, 30)  # a Monday
MONDAY, TUESDAY = 0, 1
MIDNIGHT = minute_of(DAY)
DAYS = {"first": MIDNIGHT, "last": MIDNIGHT + 7 * 1440}
TEN = MIDNIGHT + 600
FREED = Freed("F", "DR", "BR", TEN, TEN + 30)


def wish(name="W", **values):
	return Wish(name, values.pop("patient", name), "VISIT", **{**DAYS, **values})


def slot(start=TEN, length=30, practitioner="DR", branch="BR"):
	return Slot(start, start + length, practitioner, branch)


def test_urgent_ones_come_first_then_who_waited_longest():
	wishes = [wish("new", since=3), wish("old", since=1), wish("urgent", since=4, is_urgent=True)]
	assert [one.name for one in in_turn(wishes)] == ["urgent", "old", "new"]


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 5)), max_size=12))
def test_the_order_is_total_and_does_not_depend_on_how_they_are_given(rows):
	wishes = [wish(f"{at:02d}", is_urgent=urgent, since=since) for at, (urgent, since) in enumerate(rows)]
	ordered = in_turn(wishes)
	assert ordered == in_turn(list(reversed(wishes)))
	assert sorted(ordered, key=lambda one: one.name) == wishes
	for one, other in itertools.pairwise(ordered):
		assert (one.is_urgent, -one.since) >= (other.is_urgent, -other.since)


@pytest.mark.parametrize(
	("wished", "fits"),
	[
		({}, True),
		({"practitioners": frozenset({"DR", "X"})}, True),
		({"practitioners": frozenset({"X"})}, False),
		({"branches": frozenset({"BR"})}, True),
		({"branches": frozenset({"X"})}, False),
		({"first": TEN + 1}, False),
		({"last": TEN}, False),
		({"hours": (Hours(MONDAY),)}, True),
		({"hours": (Hours(TUESDAY),)}, False),
		({"hours": (Hours(TUESDAY), Hours(None, 540, 630))}, True),
		({"hours": (Hours(None, 540, 629),)}, False),
		({"hours": (Hours(None, 601, 720),)}, False),
		({"passed": frozenset({("DR", TEN)})}, False),
		({"passed": frozenset({("X", TEN)})}, True),
		({"passed": frozenset({("DR", TEN - 15)})}, False),
		({"passed": frozenset({("DR", TEN + 15)})}, False),
		({"passed": frozenset({("DR", TEN - 30), ("DR", TEN + 30)})}, True),
	],
)
def test_what_suits(wished, fits):
	assert suits(wish(**wished), slot()) is fits


def test_a_treatment_over_midnight_is_not_within_the_hours_of_a_day():
	late = slot(MIDNIGHT + 1430)
	assert suits(wish(), late)
	assert not suits(wish(hours=(Hours(None, 600, 1440),)), late)


def test_the_start_closest_to_the_freed_time_is_taken_and_none_beside_it():
	slots = [slot(TEN + shift) for shift in (-30, -15, 0, 15, 30)]
	assert [one.start - TEN for one in closest(slots, FREED)] == [0, -15, 15]


@given(st.integers(1, 120), st.integers(-200, 200))
def test_the_window_asks_for_exactly_the_starts_that_use_the_freed_time(length, shift):
	start = TEN + shift
	first, until = window(FREED, length, 0)
	uses = start < FREED.end and FREED.start < start + length
	assert (first <= start < until) is uses


times = st.integers(TEN - 60, TEN + 60)
wishes_of = st.lists(
	st.builds(
		wish,
		name=st.text("abc", min_size=1, max_size=3),
		since=st.integers(0, 3),
		is_urgent=st.booleans(),
		practitioners=st.sampled_from([frozenset(), frozenset({"DR"}), frozenset({"X"})]),
		branches=st.sampled_from([frozenset(), frozenset({"BR"}), frozenset({"X"})]),
		hours=st.sampled_from([(), (Hours(MONDAY, 540, 660),), (Hours(TUESDAY),), (Hours(None, 615),)]),
		first=st.sampled_from([MIDNIGHT, TEN + 10]),
		last=st.sampled_from([MIDNIGHT + 1440, TEN - 5, TEN + 20]),
	),
	max_size=6,
	unique_by=lambda one: one.name,
)


@given(wishes_of, st.lists(times, max_size=5), st.integers(0, 4))
def test_the_ranking_is_what_looking_at_everybody_gives(wishes, starts, most):
	slots = [slot(start) for start in starts]
	expected = []
	for one in sorted(wishes, key=lambda w: (not w.is_urgent, w.since, w.name)):
		using = [s for s in slots if s.start < FREED.end and FREED.start < s.end and suits(one, s)]
		if using:
			expected.append((one.name, min(using, key=lambda s: (abs(s.start - TEN), s.start)).start))
	found = ranked(FREED, wishes, lambda _freed, _wish: slots, most)
	assert [(match.wish.name, match.slot.start) for match in found] == expected[:most]


@given(wishes_of, times)
def test_who_is_not_asked_about_could_not_have_been_suited(wishes, start):
	one = slot(start)
	if not (one.start < FREED.end and FREED.start < one.end):
		return
	for wished in wishes:
		if suits(wished, one):
			assert could_want(wished, FREED)
