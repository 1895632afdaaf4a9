"""Hours less absences, against an oracle that asks for every minute whether somebody works."""

import datetime

import pytest
from clinic_core.scheduling.slots import Need, Shift, free
from clinic_core.scheduling.working_time import (
	MINUTES_OF_WEEK,
	WEEKDAYS,
	Absence,
	length,
	meet_in_week,
	week_span,
	without,
)
from hypothesis import given, settings
from hypothesis import strategies as st

spans = st.tuples(st.integers(0, 400), st.integers(1, 200)).map(lambda t: (t[0], t[0] + t[1]))
shifts = st.lists(
	st.builds(
		lambda who, where, span: Shift(who, where, *span),
		st.sampled_from("ab"),
		st.sampled_from("xy"),
		spans,
	),
	max_size=5,
)
absences = st.lists(
	st.builds(
		lambda span, who, where: Absence(*span, who, where),
		spans,
		st.sampled_from([None, "a", "b"]),
		st.sampled_from([None, "x", "y"]),
	),
	max_size=5,
)


def works(shift, away, minute):
	return shift.start <= minute < shift.end and not any(
		a.start <= minute < a.end
		and a.practitioner in (None, shift.practitioner)
		and a.branch in (None, shift.branch)
		for a in away
	)


@settings(max_examples=500, deadline=None)
@given(shifts, absences)
def test_what_is_left_is_worked_and_the_rest_is_not(hours, away):
	left = without(hours, away)
	for who in "ab":
		for where in "xy":
			for minute in range(0, 620):
				mine = [s for s in left if (s.practitioner, s.branch) == (who, where)]
				expected = sum(
					works(s, away, minute) for s in hours if (s.practitioner, s.branch) == (who, where)
				)
				assert sum(s.start <= minute < s.end for s in mine) == expected


@given(shifts, absences)
def test_parts_are_not_empty_and_in_order(hours, away):
	left = without(hours, away)
	assert all(part.start < part.end for part in left)
	assert [part.start for part in left] == sorted(part.start for part in left)


def test_a_shift_without_absences_stays_as_it_is():
	shift = Shift("a", "x", 0, 60)
	assert without([shift], [Absence(60, 90), Absence(0, 60, "b"), Absence(0, 60, None, "y")]) == [shift]


def test_what_a_leave_leaves_keeps_the_grid():
	parts = without([Shift("a", "x", 0, 240)], [Absence(40, 70)])
	assert [s.start for s in free(parts, {"a": Need(30)}, {}, step=30)] == [0, 90, 120, 150, 180, 210]


def test_no_treatment_reaches_into_a_leave():
	parts = without([Shift("a", "x", 0, 240)], [Absence(100, 130)])
	assert not any(s.start < 130 and s.end > 100 for s in free(parts, {"a": Need(45)}, {}, step=5))


def test_times_of_a_night_shift_end_with_the_day_asked_for():
	night = Shift("a", "x", 22 * 60, 26 * 60)
	starts = [s.start for s in free([night], {"a": Need(60)}, {}, step=60, until=24 * 60)]
	assert starts == [22 * 60, 23 * 60]


@pytest.mark.parametrize(
	("start", "end", "minutes"),
	[("08:00", "12:00", 240), ("22:00", "02:00", 240), ("00:00", "00:00", 1440), ("23:55", "00:00", 5)],
)
def test_an_end_that_is_not_later_is_the_next_days(start, end, minutes):
	assert length(datetime.time.fromisoformat(start), datetime.time.fromisoformat(end)) == minutes


times = st.integers(0, 1435).map(lambda m: datetime.time(m // 60, m % 60))
weekly = st.tuples(st.sampled_from(WEEKDAYS), times, times)


@settings(max_examples=500)
@given(weekly, weekly)
def test_weekly_shifts_meet_when_they_share_a_minute_of_the_week(one, other):
	first, second = ({m % MINUTES_OF_WEEK for m in range(*week_span(*shift))} for shift in (one, other))
	assert meet_in_week(week_span(*one), week_span(*other)) == bool(first & second)
