"""Days as people read them in the sentences and prints of this module."""

import datetime

import frappe
from frappe.utils import format_date, getdate

from clinic_core.foundation.digits import in_language
from clinic_core.foundation.jalali import jalali_date


def shown_day(day: datetime.date | str) -> str:
	"""A date in the user's language: of the Jalali calendar with Persian digits in Persian."""
	lang = frappe.local.lang or "en"
	return in_language(jalali_date(getdate(day)), lang) if lang == "fa" else format_date(day)
