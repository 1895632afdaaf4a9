"""Periods of figures, in both calendars (A29)."""

import datetime
import itertools

import jdatetime
import pytest
from clinic_core.foundation.figure_periods import CUSTOM, KINDS, Period, before, months_back, period
from clinic_core.foundation.jalali import jalali_month
from hypothesis import given
from hypothesis import strategies as st

DAY = st.dates(datetime.date(2000, 1, 1), datetime.date(2060, 1, 1))
KNOWN = st.sampled_from([kind for kind in KINDS if kind != CUSTOM])
TODAY = datetime.date(2026, 11, 22)  # Sunday, 1 Azar 1405


def day(text):
	return datetime.date.fromisoformat(text)


@pytest.mark.parametrize(
	("kind", "jalali", "first", "last"),
	[
		("week", False, "2026-11-16", "2026-11-22"),
		("month", False, "2026-11-01", "2026-11-30"),
		("last_month", False, "2026-10-01", "2026-10-31"),
		("jalali_month", False, "2026-11-22", "2026-12-21"),
		("quarter", False, "2026-10-01", "2026-12-31"),
		("year", False, "2026-01-01", "2026-12-31"),
		("month", True, "2026-11-22", "2026-12-21"),
		("last_month", True, "2026-10-23", "2026-11-21"),
		("quarter", True, "2026-09-23", "2026-12-21"),
		("year", True, "2026-03-21", "2027-03-20"),
	],
)
def test_the_period_around_today(kind, jalali, first, last):
	assert period(kind, TODAY, jalali=jalali) == Period(day(first), day(last))


def test_a_week_begins_where_the_clinic_says():
	assert period("week", TODAY, jalali=True, first_weekday=5).first == day("2026-11-21")


@pytest.mark.parametrize("kind", [CUSTOM, "fortnight"])
def test_other_kinds_are_refused(kind):
	with pytest.raises(ValueError, match=kind):
		period(kind, TODAY, jalali=False)


@given(KNOWN, DAY, st.booleans(), st.integers(0, 6))
def test_a_period_holds_its_day_and_the_one_before_ends_before_it(kind, today, jalali, first_weekday):
	shown = period(kind, today, jalali=jalali, first_weekday=first_weekday)
	assert shown.first <= shown.last
	if kind != "last_month":
		assert shown.first <= today <= shown.last
	earlier = before(kind, shown, today, jalali=jalali)
	assert earlier.first <= earlier.last < shown.first
	days_over = min(shown.last, today) - shown.first
	assert earlier.last - earlier.first <= days_over


def test_a_month_just_begun_is_compared_with_the_beginning_of_the_last():
	today = day("2026-11-10")
	shown = period("month", today, jalali=False)
	assert before("month", shown, today, jalali=False) == Period(day("2026-10-01"), day("2026-10-10"))


def test_a_month_that_is_over_is_compared_with_the_whole_one_before():
	shown = period("last_month", day("2026-04-05"), jalali=False)
	expected = Period(day("2026-02-01"), day("2026-02-28"))
	assert before("last_month", shown, day("2026-04-05"), jalali=False) == expected


def test_days_of_ones_own_are_compared_with_as_many_before():
	shown = Period(day("2026-11-01"), day("2026-11-10"))
	assert before(CUSTOM, shown, TODAY, jalali=False) == Period(day("2026-10-22"), day("2026-10-31"))


@given(DAY, st.integers(1, 24))
def test_jalali_months_follow_each_other(today, count):
	months = months_back(today, count)
	assert len(months) == count
	assert months[-1].first <= today <= months[-1].last
	assert all(a.end == b.first for a, b in itertools.pairwise(months))
	for month in months:
		assert jalali_month(month.first) == jalali_month(month.last)
		assert jdatetime.date.fromgregorian(date=month.first).day == 1
