"""Dates of tables: found out per column, in both calendars, never guessed into another day."""

import contextlib
import datetime

import jdatetime
import pytest
from clinic_core.people.importing import dates
from hypothesis import given
from hypothesis import strategies as st

TODAY = datetime.date(2026, 11, 28)
DAYS = st.dates(datetime.date(1925, 1, 1), datetime.date(2060, 12, 31))


def day(value, style=dates.GREGORIAN_YMD):
	return dates.read(value, style, TODAY).date()


@given(DAYS)
def test_every_style_reads_what_it_writes(found):
	jalali = jdatetime.date.fromgregorian(date=found)
	written = {
		dates.JALALI_YMD: f"{jalali.year}/{jalali.month:02d}/{jalali.day:02d}",
		dates.JALALI_DMY: f"{jalali.day}-{jalali.month}-{jalali.year}",
		dates.GREGORIAN_YMD: found.isoformat(),
		dates.GREGORIAN_DMY: f"{found.day}/{found.month}/{found.year}",
		dates.GREGORIAN_MDY: f"{found.month}.{found.day}.{found.year}",
	}
	for style, text in written.items():
		assert day(text, style) == found


@given(st.lists(DAYS, min_size=40, max_size=60, unique=True))
def test_the_style_of_a_column_is_found_out(found):
	wide = [*found, datetime.date(2001, 1, 25), datetime.date(1999, 12, 30)]
	jalali = [jdatetime.date.fromgregorian(date=one) for one in wide]
	assert dates.detect([f"{one.year}/{one.month}/{one.day}" for one in jalali], TODAY) == dates.JALALI_YMD
	assert dates.detect([f"{one.day}/{one.month}/{one.year}" for one in jalali], TODAY) == dates.JALALI_DMY
	assert dates.detect([one.isoformat() for one in wide], TODAY) == dates.GREGORIAN_YMD
	assert dates.detect([f"{one.day}/{one.month}/{one.year}" for one in wide], TODAY) == dates.GREGORIAN_DMY
	assert dates.detect([f"{one.month}/{one.day}/{one.year}" for one in wide], TODAY) == dates.GREGORIAN_MDY


@pytest.mark.parametrize(
	("value", "style", "expected"),
	[
		("۱۳۶۹/۱۰/۱۲", dates.JALALI_YMD, "1991-01-02"),
		("13691012", dates.JALALI_YMD, "1991-01-02"),
		("69/10/12", dates.JALALI_YMD, "1991-01-02"),
		("04/1/1", dates.JALALI_YMD, "2025-03-21"),
		("۱۲ دی ۱۳۶۹", dates.JALALI_YMD, "1991-01-02"),
		("15 Apr, 2021 00:03:00", dates.GREGORIAN_YMD, "2021-04-15"),
		("2016-04-29T18:38:08Z", dates.GREGORIAN_YMD, "2016-04-29"),
		(datetime.datetime(1369, 10, 12), dates.GREGORIAN_YMD, "1991-01-02"),
		(datetime.datetime(2020, 8, 2), dates.JALALI_YMD, "2020-08-02"),
		(44045, dates.GREGORIAN_YMD, "2020-08-02"),
	],
)
def test_how_people_and_programs_write(value, style, expected):
	assert str(day(value, style)) == expected


def test_a_moment_keeps_its_time():
	assert str(dates.read("1405/10/1 14:30", dates.JALALI_YMD, TODAY)) == "2026-12-22 14:30:00"


@given(st.text(max_size=20), st.sampled_from(dates.STYLES))
def test_nonsense_is_refused_and_never_breaks(text, style):
	with contextlib.suppress(dates.DateError):
		dates.read(text, style, TODAY)
