"""The calendar of a person: chosen, or by the language. Kept among Frappe's defaults of the user.

Those lie in the cache with the rest of the session: asking costs no statement. A default of the whole
site (`__default`) would be everybody's until they choose.
"""

import frappe
from frappe import _

from clinic_core.foundation.errors import refuse_input

KEY = "clinic_calendar"
AUTOMATIC, JALALI, GREGORIAN = "Automatic", "Jalali", "Gregorian"
CHOICES = (AUTOMATIC, JALALI, GREGORIAN)
_PERSIAN = "fa"


def chosen(user: str | None = None) -> str:
	"""What the person has chosen; `Automatic` until then: Jalali in Persian, Gregorian elsewhere."""
	value = frappe.defaults.get_defaults(user or frappe.session.user).get(KEY)
	return value if value in CHOICES else AUTOMATIC


def is_jalali(lang: str | None = None) -> bool:
	"""Whether the reader counts by the Persian calendar; `lang`, if what is written has one of its own."""
	choice = chosen()
	return choice == JALALI or (choice == AUTOMATIC and (lang or frappe.local.lang) == _PERSIAN)


def choose(calendar: str) -> str:
	"""Remember the calendar of whoever asks → the choice. Raises InvalidInputError for another word."""
	if calendar not in CHOICES:
		names = ", ".join(_(choice, context="calendar") for choice in CHOICES)
		refuse_input(_("Calendar"), _("Choose one of these: {0}.").format(names))
	if calendar == AUTOMATIC:
		frappe.defaults.clear_user_default(KEY)
	else:
		frappe.defaults.set_user_default(KEY, calendar)
	return calendar


def publish() -> None:
	"""Put the committed choice of whoever asks into the cache.

	Emptied alone it would not do: a request that began before the commit still sees the old choice, and
	whoever misses it in the cache first puts there what he sees.
	"""
	user = frappe.session.user
	frappe.clear_cache(user=user)
	frappe.defaults.get_defaults(user)


def forget() -> None:
	"""Everybody's choice goes with the app."""
	frappe.db.delete("DefaultValue", {"defkey": KEY})
