"""Values as the receiver reads them: his calendar, his digits (N4, N9). Pure."""

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import jdatetime
from babel.dates import format_date

from clinic_core.foundation.digits import in_language

_MONTHS = (
	"فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور",
	"مهر", "آبان", "آذر", "دی", "بهمن", "اسفند",
)  # fmt: skip
_WEEKDAYS = ("دوشنبه", "سه‌شنبه", "چهارشنبه", "پنجشنبه", "جمعه", "شنبه", "یکشنبه")
_BABEL = {"zh": "zh_Hans_CN"}
_PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
JALALI = frozenset({"fa"})


def day(value: datetime.date, language: str) -> str:
	"""`Sunday 29 November 2026`, in Persian `یکشنبه ۸ آذر ۱۴۰۵`."""
	date = value.date() if isinstance(value, datetime.datetime) else value
	if language[:2] in JALALI:
		jalali = jdatetime.date.fromgregorian(date=date)
		text = f"{_WEEKDAYS[date.weekday()]} {jalali.day} {_MONTHS[jalali.month - 1]} {jalali.year}"
		return text.translate(_PERSIAN_DIGITS)
	if language[:2] == "en":
		return format_date(date, "EEEE d MMMM y", locale="en")
	return format_date(date, "full", locale=_BABEL.get(language[:2], language[:2]))


def clock(value: datetime.datetime | datetime.time, language: str) -> str:
	"""`09:30`, in the digits of the language."""
	text = f"{value.hour:02d}:{value.minute:02d}"
	return text.translate(_PERSIAN_DIGITS) if language[:2] == "fa" else text


def shown(values: Mapping[str, Any], language: str) -> dict[str, str]:
	"""Every value as text: days, times and numbers by the language; text stays as it is.

	A moment under a name that ends in `time` is its time of day, under any other its day.
	"""
	return {name: _shown(name, value, language) for name, value in values.items()}


def _shown(name: str, value: Any, language: str) -> str:
	if value is None:
		return ""
	if isinstance(value, datetime.datetime):
		return clock(value, language) if name.endswith("time") else day(value, language)
	if isinstance(value, datetime.date):
		return day(value, language)
	if isinstance(value, datetime.time):
		return clock(value, language)
	if isinstance(value, bool):
		return ""
	if isinstance(value, int | float | Decimal):
		return in_language(f"{value:,}", language[:2])
	return str(value).strip()
