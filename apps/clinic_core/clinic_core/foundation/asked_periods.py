"""The period a reader asks figures of, in his own calendar (`figure_periods`)."""

import datetime

from frappe import _, get_system_settings
from frappe.utils import getdate

from clinic_core.foundation import figure_periods, wire
from clinic_core.foundation.charts import WEEKDAYS
from clinic_core.foundation.errors import refuse_input
from clinic_core.foundation.figure_periods import CUSTOM, KINDS, Period
from clinic_core.foundation.user_calendar.preference import is_jalali

MOST_DAYS = 3 * 366
_SATURDAY = 5


def asked(kind: str | None, from_date: str | None, to_date: str | None) -> tuple[str, Period]:
	"""(kind, period) as asked over the wire; with dates and no kind it is a period of one's own.

	Raises InvalidInputError naming the field: an unknown kind, a missing or wrong day, more than three
	years.
	"""
	kind = kind or (CUSTOM if from_date or to_date else figure_periods.MONTH)
	if kind not in KINDS:
		refuse_input(_("Period"), _("Choose one of these: {0}.").format(", ".join(KINDS)))
	if kind != CUSTOM:
		weekday = _SATURDAY if is_jalali() else WEEKDAYS.index(_first_weekday())
		return kind, figure_periods.period(kind, getdate(), jalali=is_jalali(), first_weekday=weekday)
	first = _needed(from_date, _("From date"))
	last = _needed(to_date, _("To date"))
	if last < first:
		refuse_input(_("To date"), _("It must not be before the first day."))
	if (last - first).days > MOST_DAYS:
		refuse_input(_("To date"), _("Ask for three years at most."))
	return kind, Period(first, last)


def before(kind: str, shown: Period) -> Period:
	"""The equal period before the one that is shown."""
	return figure_periods.before(kind, shown, getdate(), jalali=is_jalali())


def _first_weekday() -> str:
	return get_system_settings("first_day_of_the_week") or "Sunday"


def _needed(value: str | None, label: str) -> datetime.date:
	day = wire.parse_date(value, label)
	if not day:
		refuse_input(label, _("Give the first and the last day."))
	return day
