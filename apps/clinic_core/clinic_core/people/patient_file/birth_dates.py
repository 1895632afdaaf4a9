"""Birth dates as people type them: Jalali or Gregorian, of a person who may be alive."""

import datetime
from typing import Any

from frappe import _
from frappe.utils import escape_html, getdate

from clinic_core.foundation import jalali
from clinic_core.foundation.errors import refuse_input

OLDEST_AGE = 125


def read(value: Any) -> datetime.date | None:
	"""A typed birth date; None when nothing was typed.

	Raises InvalidInputError: no day of its calendar, in the future, or of nobody who lives.
	"""
	if value in (None, ""):
		return None
	born = value.date() if isinstance(value, datetime.datetime) else value
	if not isinstance(born, datetime.date):
		born = _parse(str(value))
	today = getdate()
	if born > today:
		refuse_input(_("Birth date"), _("It must not be in the future."))
	if today.year - born.year > OLDEST_AGE:
		refuse_input(_("Birth date"), _("This person would be {0} years old.").format(today.year - born.year))
	return born


def _parse(text: str) -> datetime.date:
	try:
		return jalali.read_day(text)
	except ValueError:
		refuse_input(
			_("Birth date"),
			_("“{0}” is no day of the calendar. Write it like 1365/07/12 or 1986-10-04.").format(
				escape_html(text)
			),
		)
