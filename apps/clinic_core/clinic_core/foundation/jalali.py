"""The Jalali calendar: figures, reading and arithmetic of days. Pure (N4).

Dates are stored and sent as Gregorian (`design.md` §4.10); here is what people reckon with: months of 31,
30 and 29 days, leap years, the first of each month. Compared day by day with a second library from 1300
to 1500 (`tests/unit/foundation/test_jalali_golden.py`).
"""

import datetime
import re

import jdatetime

from clinic_core.foundation.digits import to_latin

_DAY = re.compile(r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T].*)?$")
_TYPED = re.compile(
	r"^\s*(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4})(?P<clock>[ T،,].*)?$"
)
_FIRST_GREGORIAN_YEAR = 1700
YEARS = range(1200, 1600)
"""Years that are meant as Jalali ones wherever they are written."""

MONTHS = (
	*("Farvardin", "Ordibehesht", "Khordad", "Tir", "Mordad", "Shahrivar"),
	*("Mehr", "Aban", "Azar", "Dey", "Bahman", "Esfand"),
)
PERSIAN_MONTHS = (
	*("فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور"),
	*("مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"),
)
PERSIAN_WEEKDAYS = ("دوشنبه", "سه‌شنبه", "چهارشنبه", "پنجشنبه", "جمعه", "شنبه", "یکشنبه")
"""Monday first, as `date.weekday()` counts."""


def read_day(text: str) -> datetime.date:
	"""A day as it is typed, Jalali (`۱۳۶۵/۰۷/۱۲`) or Gregorian (`1986-10-04`): the year tells which.

	Raises ValueError for what is no day of that calendar, such as 1403/12/31.
	"""
	found = _DAY.match(to_latin(text).strip())
	if not found:
		raise ValueError(text)
	year, month, day = (int(part) for part in found.groups())
	if year >= _FIRST_GREGORIAN_YEAR:
		return datetime.date(year, month, day)
	return from_jalali(year, month, day)


def read_typed(text: str) -> str | None:
	"""A Jalali day or moment as the Gregorian text that is stored; None where no Jalali year is written.

	The year stands first or last (`1403/12/30`, `30/12/1403`); a time of day after it is kept as it is.
	Raises ValueError for a day that the calendar does not have.
	"""
	plain = to_latin(text).strip()
	found = _TYPED.match(plain)
	if not found:
		return None
	clock = found["clock"] or ""
	parts = [int(part) for part in re.findall(r"\d+", plain[: len(plain) - len(clock)])]
	year, month, day = parts if parts[0] > 31 else reversed(parts)
	if year not in YEARS:
		return None
	return f"{from_jalali(year, month, day)} {clock.strip(' T،,')}".strip()


def from_jalali(year: int, month: int, day: int) -> datetime.date:
	"""The Gregorian date of a Jalali day. Raises ValueError if there is no such day."""
	return jdatetime.date(year, month, day).togregorian()


def parts(day: datetime.date) -> tuple[int, int, int]:
	"""(year, month, day) of the Jalali calendar."""
	jalali = jdatetime.date.fromgregorian(date=day)
	return jalali.year, jalali.month, jalali.day


def is_leap(year: int) -> bool:
	"""Whether Esfand of that year has 30 days."""
	return jdatetime.date(year, 1, 1).isleap()


def month_length(year: int, month: int) -> int:
	"""31 days in the first six months, 30 in the next five, 29 or 30 in Esfand."""
	if month <= 6:
		return 31
	return 30 if month < 12 or is_leap(year) else 29


def month_start(day: datetime.date, months: int = 0) -> datetime.date:
	"""First day of the Jalali month that `day` lies in, or of one so many months on."""
	year, month, _day = parts(day)
	year, month = _moved(year, month, months)
	return from_jalali(year, month, 1)


def month_end(day: datetime.date, months: int = 0) -> datetime.date:
	"""Last day of that month."""
	return month_start(day, months + 1) - datetime.timedelta(days=1)


def add_months(day: datetime.date, months: int) -> datetime.date:
	"""The same day of another month; its last one where that month is shorter (31 Tir + 3 → 30 Mehr)."""
	year, month, of_month = parts(day)
	return _clamped(*_moved(year, month, months), of_month)


def each_month(first: datetime.date, count: int, of_month: int | None = None) -> list[datetime.date]:
	"""Days on which instalments fall due: `count` months in a row, the first not before `first`.

	`of_month` is the day of the Jalali month, such as 1 for "the first of each month"; without it the day of
	`first`. The 31st is the last day of shorter months and the 31st again after them.
	"""
	year, month, day = parts(first)
	wanted = day if of_month is None else of_month
	if not 1 <= wanted <= 31:
		raise ValueError(of_month)
	offset = 0 if _clamped(year, month, wanted) >= first else 1
	return [_clamped(*_moved(year, month, offset + step), wanted) for step in range(count)]


def season_start(day: datetime.date, seasons: int = 0) -> datetime.date:
	"""First day of the quarter of the Jalali year, or of one so many quarters on."""
	_year, month, _day = parts(day)
	return month_start(day, seasons * 3 - (month - 1) % 3)


def _moved(year: int, month: int, months: int) -> tuple[int, int]:
	year, month = divmod(year * 12 + month - 1 + months, 12)
	return year, month + 1


def _clamped(year: int, month: int, day: int) -> datetime.date:
	return from_jalali(year, month, min(day, month_length(year, month)))


def jalali_year(day: datetime.date) -> int:
	"""Year of the Jalali calendar, e.g. 1405 for 2026-11-21."""
	return parts(day)[0]


def jalali_month(day: datetime.date) -> str:
	"""Month for grouping, as `1405-08`: it sorts as text."""
	year, month, _day = parts(day)
	return f"{year:04d}-{month:02d}"


def jalali_day(day: datetime.date) -> str:
	"""Month and day, as `08/30`: for the axis of a chart."""
	_year, month, of_month = parts(day)
	return f"{month:02d}/{of_month:02d}"


def jalali_date(day: datetime.date) -> str:
	"""A whole date, as `1405/08/30`."""
	year, month, of_month = parts(day)
	return f"{year:04d}/{month:02d}/{of_month:02d}"
