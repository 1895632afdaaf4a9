"""What lies behind the appointments on the board: bands of leaves and holidays, the hours shown (E180)."""

import itertools

from clinic_core.scheduling.schedule_board import layout
from clinic_core.scheduling.slots import Shift
from clinic_core.scheduling.working_time import MINUTES_OF_DAY, Absence
from hypothesis import given
from hypothesis import strategies as st

DAY = 20_000 * MINUTES_OF_DAY


def shift(start, end, branch="B", practitioner="A"):
	return Shift(practitioner, branch, DAY + start * 60, DAY + end * 60)


def bands(shifts, absences):
	found = layout.bands(shifts, absences, DAY, DAY + MINUTES_OF_DAY)
	return [((band.start - DAY) // 60, (band.end - DAY) // 60, band.kind, band.title) for band in found]


def test_a_leave_is_drawn_where_work_was_planned():
	leave = Absence(DAY, DAY + 10 * 60, "A", None, "Leave", "Congress")
	assert bands([shift(8, 12), shift(14, 18)], [leave]) == [(8, 10, "Leave", "Congress")]


def test_a_closure_of_another_branch_is_not_drawn():
	closure = Absence(DAY, DAY + MINUTES_OF_DAY, None, "C", "Closure", "")
	assert bands([shift(8, 12)], [closure]) == []
	assert bands([shift(8, 12, "C")], [closure]) == [(8, 12, "Closure", "")]


def test_a_leave_of_somebody_else_is_not_drawn():
	assert bands([shift(8, 12)], [Absence(DAY, DAY + 600, "Z", None, "Leave", "")]) == []


def test_nothing_is_drawn_before_the_first_minute_asked_for():
	night = Shift("A", "B", DAY - 120, DAY + 120)
	holiday = Absence(DAY - MINUTES_OF_DAY, DAY + 60, None, None, "Holiday", "Nowruz")
	assert bands([night], [holiday]) == [(0, 1, "Holiday", "Nowruz")]


def test_hours_are_whole_and_hold_everything():
	assert layout.hours_shown([(DAY + 8 * 60 + 20, DAY + 9 * 60), (DAY + 13 * 60, DAY + 17 * 60 + 5)]) == (
		480,
		1080,
	)


def test_hours_of_an_empty_day_are_the_usual_ones():
	assert layout.hours_shown([]) == layout.USUAL_HOURS


def test_a_night_shows_the_whole_day():
	assert layout.hours_shown([(DAY + 22 * 60, DAY + 26 * 60)]) == (0, MINUTES_OF_DAY)


SPANS = st.lists(st.tuples(st.integers(0, 200), st.integers(0, 60)).map(lambda s: (s[0], s[0] + s[1])))


@given(SPANS)
def test_a_union_is_the_same_minutes_in_order(spans):
	joined = layout.union(spans)
	assert {m for a, b in joined for m in range(a, b)} == {m for a, b in spans for m in range(a, b)}
	assert all(one[1] < other[0] for one, other in itertools.pairwise(joined))


@given(SPANS)
def test_the_hours_shown_hold_every_interval(spans):
	shown = [(a * 5, b * 5) for a, b in spans if a < b]
	first, last = layout.hours_shown(shown)
	assert 0 <= first < last <= MINUTES_OF_DAY and first % 60 == last % 60 == 0
	assert all(first <= a % MINUTES_OF_DAY for a, _b in shown)
