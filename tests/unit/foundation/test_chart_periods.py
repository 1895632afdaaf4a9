"""Days and weeks on the axis of a chart."""

import datetime
import itertools

import pytest
from clinic_core.foundation.chart_periods import DAYS, WEEKS, periods
from hypothesis import given
from hypothesis import strategies as st

DATES = st.dates(datetime.date(1950, 1, 1), datetime.date(2150, 1, 1))


@given(DATES, st.sampled_from(["Daily", "Weekly"]), st.integers(0, 6))
def test_periods_follow_each_other_and_end_with_today(today, interval, first_weekday):
	found = periods(interval, today, first_weekday)
	assert len(found) == {"Daily": DAYS, "Weekly": WEEKS}[interval]
	assert all(end == start for (_, end), (start, _) in itertools.pairwise(found))
	start, end = found[-1]
	assert start <= today < end


@given(DATES, st.integers(0, 6))
def test_weeks_begin_on_the_weekday_of_the_clinic(today, first_weekday):
	assert {start.weekday() for start, _ in periods("Weekly", today, first_weekday)} == {first_weekday}


def test_a_week_in_tehran_begins_on_saturday():
	sunday, saturday = datetime.date(2026, 11, 22), 5
	assert periods("Weekly", sunday, saturday)[-1] == (
		datetime.date(2026, 11, 21),
		datetime.date(2026, 11, 28),
	)


def test_an_interval_nobody_knows():
	with pytest.raises(ValueError, match="Monthly"):
		periods("Monthly", datetime.date(2026, 1, 1), 0)
