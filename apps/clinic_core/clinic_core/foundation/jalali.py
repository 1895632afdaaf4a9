"""Jalali figures of Gregorian dates. Dates are stored and sent as Gregorian (`design.md` §4.10)."""

import datetime
import re

import jdatetime

from clinic_core.foundation.digits import to_latin

_DAY = re.compile(r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T].*)?$")
_FIRST_GREGORIAN_YEAR = 1700


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
	return jdatetime.date(year, month, day).togregorian()


def jalali_year(day: datetime.date) -> int:
	"""Year of the Jalali calendar, e.g. 1405 for 2026-11-21."""
	return jdatetime.date.fromgregorian(date=day).year


def jalali_month(day: datetime.date) -> str:
	"""Month for grouping, as `1405-08`: it sorts as text."""
	jalali = jdatetime.date.fromgregorian(date=day)
	return f"{jalali.year:04d}-{jalali.month:02d}"


def jalali_day(day: datetime.date) -> str:
	"""Month and day, as `08/30`: for the axis of a chart."""
	jalali = jdatetime.date.fromgregorian(date=day)
	return f"{jalali.month:02d}/{jalali.day:02d}"


def jalali_date(day: datetime.date) -> str:
	"""A whole date, as `1405/08/30`."""
	jalali = jdatetime.date.fromgregorian(date=day)
	return f"{jalali.year:04d}/{jalali.month:02d}/{jalali.day:02d}"
