"""Jalali arithmetic day by day from 1300 to 1500, against a second library (N4)."""

import datetime
import itertools

import pytest
from clinic_core.foundation import jalali
from hypothesis import given
from hypothesis import strategies as st

FIRST = datetime.date(1921, 3, 21)  # 1300/01/01
DAYS = st.dates(FIRST, datetime.date(2121, 3, 20))


@pytest.fixture(scope="module")
def oracle():
	return pytest.importorskip("persiantools.jdatetime").JalaliDate


def test_every_day_agrees(oracle):
	"""73,414 days, both ways; the other library counts on its own."""
	day, count = FIRST, 0
	while (other := oracle(day)).year <= 1500:
		assert jalali.parts(day) == (other.year, other.month, other.day), day
		assert jalali.from_jalali(other.year, other.month, other.day) == day
		day, count = day + datetime.timedelta(days=1), count + 1
	assert count == 73_414


def test_leap_years_and_ends_of_months(oracle):
	for year, month in itertools.product(range(1300, 1501), range(1, 13)):
		length = oracle.days_in_month(month, year)
		assert jalali.month_length(year, month) == length
		first = oracle(year, month, 1).to_gregorian()
		for day in (first, first + datetime.timedelta(days=length - 1)):
			assert jalali.month_start(day) == first
			assert jalali.month_end(day) == first + datetime.timedelta(days=length - 1)
	assert [year for year in range(1395, 1412) if jalali.is_leap(year)] == [1395, 1399, 1403, 1408]


def _days(*texts):
	return [jalali.read_day(text) for text in texts]


def test_the_first_of_each_month():
	start = jalali.read_day("1405/08/30")
	assert jalali.each_month(start, 6, 1) == _days(
		"1405/09/01", "1405/10/01", "1405/11/01", "1405/12/01", "1406/01/01", "1406/02/01"
	)
	assert jalali.each_month(jalali.read_day("1405/09/01"), 1, 1) == _days("1405/09/01")


def test_the_last_day_of_shorter_months_and_back():
	"""31 Shahrivar, 30 of autumn, 29 or 30 of Esfand, and the 31st again in spring."""
	start = jalali.read_day("1403/06/31")
	assert jalali.each_month(start, 9) == _days(
		*("1403/06/31", "1403/07/30", "1403/08/30", "1403/09/30", "1403/10/30", "1403/11/30"),
		*("1403/12/30", "1404/01/31", "1404/02/31"),
	)
	assert jalali.each_month(jalali.read_day("1404/11/30"), 2) == _days("1404/11/30", "1404/12/29")


@pytest.mark.parametrize("wrong", [0, 32, -1])
def test_a_day_that_no_month_has(wrong):
	with pytest.raises(ValueError):
		jalali.each_month(FIRST, 3, wrong)


def test_months_and_seasons_on():
	assert jalali.add_months(jalali.read_day("1405/04/31"), 3) == jalali.read_day("1405/07/30")
	assert jalali.add_months(jalali.read_day("1403/12/30"), 12) == jalali.read_day("1404/12/29")
	assert jalali.add_months(jalali.read_day("1405/01/15"), -1) == jalali.read_day("1404/12/15")
	assert jalali.season_start(jalali.read_day("1405/08/30")) == jalali.read_day("1405/07/01")
	assert jalali.season_start(jalali.read_day("1405/08/30"), 1) == jalali.read_day("1405/10/01")
	assert jalali.season_start(jalali.read_day("1405/12/29"), -4) == jalali.read_day("1404/10/01")


@given(DAYS, st.integers(-600, 600))
def test_a_month_on_is_the_month_that_many_later(day, months):
	year, month, of_month = jalali.parts(day)
	moved = jalali.parts(jalali.add_months(day, months))
	assert moved[0] * 12 + moved[1] == year * 12 + month + months
	assert moved[2] == min(of_month, jalali.month_length(moved[0], moved[1]))


@given(DAYS, st.integers(1, 40), st.one_of(st.none(), st.integers(1, 31)))
def test_instalments_are_a_month_apart(first, count, of_month):
	due = jalali.each_month(first, count, of_month)
	assert len(due) == count
	assert due[0] >= first
	assert (due[0] - first).days <= 31
	for one, other in itertools.pairwise(due):
		assert 28 <= (other - one).days <= 32
		assert jalali.month_start(one, 1) == jalali.month_start(other)


@pytest.mark.parametrize(
	("typed", "stored"),
	[
		("۱۴۰۵/۰۸/۳۰", "2026-11-21"),
		("30/8/1405", "2026-11-21"),
		("1405-08-30 14:05:00", "2026-11-21 14:05:00"),
		("۱۴۰۵/۰۸/۳۰، ۱۴:۰۵", "2026-11-21 14:05"),
		("2026-11-21", None),
		("2026-11-21 14:05:00", None),
		("12/11/2026", None),
		("14:05:00", None),
		("Today", None),
		("", None),
	],
)
def test_a_jalali_year_tells_the_calendar_at_every_door(typed, stored):
	assert jalali.read_typed(typed) == stored


@pytest.mark.parametrize("typed", ["1402/12/30", "31/11/1403", "1403/13/01 10:00", "1403/00/10"])
def test_days_that_the_calendar_does_not_have(typed):
	with pytest.raises(ValueError):
		jalali.read_typed(typed)
