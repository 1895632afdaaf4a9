"""Days and moments as text in the reader's calendar and digits; also in print formats and pages (jinja)."""

import datetime

import frappe
from babel.dates import format_date
from frappe.utils import formatdate, get_datetime, getdate

from clinic_core.foundation import jalali
from clinic_core.foundation.digits import with_digits
from clinic_core.foundation.user_calendar import preference

Day = datetime.date | datetime.datetime | str


def clinic_day(day: Day | None, lang: str | None = None) -> str:
	"""“1405/08/30” or as the site writes dates; digits of the language. "" for none."""
	if not day:
		return ""
	lang = lang or frappe.local.lang or "en"
	if preference.is_jalali(lang):
		return with_digits(jalali.jalali_date(getdate(day)), lang)
	return with_digits(formatdate(getdate(day)), lang)


def clinic_moment(moment: datetime.datetime | str | None, lang: str | None = None) -> str:
	"""The same with hours and minutes: “1405/08/30 14:05”."""
	if not moment:
		return ""
	lang = lang or frappe.local.lang or "en"
	at = get_datetime(moment)
	return f"{clinic_day(at, lang)} {with_digits(at.strftime('%H:%M'), lang)}"


def clinic_long_day(day: Day | None, lang: str | None = None) -> str:
	"""“30 Aban 1405”, «۳۰ آبان ۱۴۰۵», “21 November 2026”."""
	if not day:
		return ""
	lang, date = lang or frappe.local.lang or "en", getdate(day)
	if not preference.is_jalali(lang):
		return with_digits(format_date(date, "d MMMM y", locale=_babel(lang)), lang)
	year, month, of_month = jalali.parts(date)
	return with_digits(f"{of_month} {_month_names(lang)[month - 1]} {year}", lang)


def month_label(month: str, lang: str | None = None) -> str:
	"""A stored `jalali_month` (`1405-08`) as people say it: “Aban 1405”; other text stays as it is."""
	lang = lang or frappe.local.lang or "en"
	year, _dash, number = month.partition("-")
	if not (year.isdigit() and number.isdigit() and 1 <= int(number) <= 12):
		return month
	return with_digits(f"{_month_names(lang)[int(number) - 1]} {year}", lang)


def _month_names(lang: str) -> tuple[str, ...]:
	return jalali.PERSIAN_MONTHS if lang == "fa" else jalali.MONTHS


def _babel(lang: str) -> str:
	return {"zh": "zh_Hans", "tr": "tr", "fa": "fa"}.get(lang.split("-")[0], "en")
