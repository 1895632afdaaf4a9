"""Jalali figures of Gregorian dates. Dates are stored and sent as Gregorian (`design.md` §4.10)."""

import datetime

import jdatetime


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
