"""Jalali figures, against a second library."""

import datetime

import pytest
from clinic_core.foundation.jalali import jalali_date, jalali_day, jalali_month, jalali_year, read_day
from hypothesis import given
from hypothesis import strategies as st

DAYS = st.dates(datetime.date(1921, 3, 21), datetime.date(2121, 3, 20))


@pytest.mark.parametrize(
	("day", "month"),
	[
		(datetime.date(2026, 11, 21), "1405-08"),
		(datetime.date(2026, 3, 20), "1404-12"),
		(datetime.date(2026, 3, 21), "1405-01"),
		(datetime.date(2025, 3, 20), "1403-12"),  # 30 Esfand of a leap year
		(datetime.date(2025, 3, 21), "1404-01"),
		(datetime.datetime(2026, 11, 21, 23, 59), "1405-08"),
	],
)
def test_known_days(day, month):
	assert jalali_month(day) == month
	assert jalali_year(day) == int(month[:4])


@given(DAYS)
def test_agrees_with_the_oracle(day):
	oracle = pytest.importorskip("persiantools.jdatetime").JalaliDate(day)
	assert jalali_month(day) == f"{oracle.year:04d}-{oracle.month:02d}"


@given(DAYS, DAYS)
def test_months_sort_as_text(one, other):
	early, late = sorted([one, other])
	assert jalali_month(early) <= jalali_month(late)


def test_a_day_for_the_axis_of_a_chart():
	assert jalali_day(datetime.date(2026, 11, 21)) == "08/30"
	assert jalali_day(datetime.date(2026, 3, 21)) == "01/01"


@pytest.mark.parametrize(
	("typed", "day"),
	[
		("۱۳۶۵/۰۷/۱۲", datetime.date(1986, 10, 4)),
		("1365-7-12", datetime.date(1986, 10, 4)),
		("1403/12/30", datetime.date(2025, 3, 20)),  # a leap year
		(" 1986-10-04 ", datetime.date(1986, 10, 4)),
		("1986-10-04 00:00:00", datetime.date(1986, 10, 4)),
	],
)
def test_the_year_tells_the_calendar(typed, day):
	assert read_day(typed) == day


@pytest.mark.parametrize(
	"typed", ["1403/12/31", "1404/12/30", "2026-02-31", "04/10/1986", "1365", "", "soon"]
)
def test_what_is_no_day(typed):
	with pytest.raises(ValueError):
		read_day(typed)


@given(DAYS)
def test_a_day_is_read_back_in_both_calendars(day):
	assert read_day(jalali_date(day)) == read_day(day.isoformat()) == day
