"""How days, times and numbers stand on the printed list of a day. Pure (G09)."""

import datetime
import re

import jdatetime

from clinic_core.foundation.digits import in_language

MASKED, FULL, NONE = "Last digits", "Full", "None"
"""How much of a phone number is on paper."""

_JALALI_MONTHS = (
	*("فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور"),
	*("مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"),
)
_JALALI_WEEKDAYS = ("دوشنبه", "سه‌شنبه", "چهارشنبه", "پنجشنبه", "جمعه", "شنبه", "یکشنبه")
_LAST = 4


def day_text(day: datetime.date, lang: str) -> str:
	"""“Sunday, 29 November 2026”; in Persian the weekday and the Jalali day."""
	if lang != "fa":
		return f"{day:%A}, {day.day} {day:%B} {day.year}"
	jalali = jdatetime.date.fromgregorian(date=day)
	text = f"{_JALALI_WEEKDAYS[day.weekday()]} {jalali.day} {_JALALI_MONTHS[jalali.month - 1]} {jalali.year}"
	return in_language(text, lang)


def clock(moment: datetime.datetime, lang: str) -> str:
	"""“09:15” in the digits of the language."""
	return in_language(f"{moment:%H:%M}", lang)


def phone(local: str | None, wish: str | None, lang: str) -> str:
	"""A number as the clinic wants it on paper: its last digits are enough to tell two of a name apart."""
	digits = re.sub(r"\D", "", local or "")
	if not digits or wish == NONE:
		return ""
	if wish == FULL:
		return in_language(local or "", lang)
	return in_language("•••" + digits[-_LAST:], lang)
