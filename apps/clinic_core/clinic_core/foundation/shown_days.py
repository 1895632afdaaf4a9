"""Days and times in the sentences and prints that people read, in the reader's calendar."""

import datetime

import frappe
from frappe.utils import get_datetime

from clinic_core.foundation.digits import in_language
from clinic_core.foundation.user_calendar.shown import clinic_day


def shown_day(day: datetime.date | str) -> str:
	"""A day as the reader writes it: `28-11-2026` as the system says, in the Jalali calendar `۱۴۰۵/۰۹/۰۷`."""
	return clinic_day(day)


def shown_moment(moment: datetime.datetime | str) -> str:
	"""A day with its time, to the minute."""
	at = get_datetime(moment)
	return f"{shown_day(at)} {shown_clock(at)}"


def shown_clock(moment: datetime.datetime | datetime.time) -> str:
	"""The time of day, as `08:05`."""
	return in_language(f"{moment:%H:%M}", frappe.local.lang)


def shown_number(value: int) -> str:
	"""A plain number of a sentence, in the reader's digits."""
	return in_language(str(value), frappe.local.lang)
