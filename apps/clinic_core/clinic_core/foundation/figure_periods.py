"""The periods people ask figures of: this week, this Jalali month, last year. Pure.

Months, quarters and years are those of the reader's calendar: Jalali in Persian, Gregorian elsewhere; a
Jalali month can be asked for in any language.
"""

import datetime
import itertools
from typing import NamedTuple

import jdatetime

WEEK, MONTH, LAST_MONTH, JALALI_MONTH = "week", "month", "last_month", "jalali_month"
QUARTER, YEAR, CUSTOM = "quarter", "year", "custom"
KINDS = (WEEK, MONTH, LAST_MONTH, JALALI_MONTH, QUARTER, YEAR, CUSTOM)
_MONTHS = {MONTH: 1, LAST_MONTH: 1, JALALI_MONTH: 1, QUARTER: 3, YEAR: 12}
_DAY = datetime.timedelta(days=1)


class Period(NamedTuple):
	"""Days from `first` to `last`, both included."""

	first: datetime.date
	last: datetime.date

	@property
	def end(self) -> datetime.date:
		"""The day after the last one: what is earlier than it lies within the period."""
		return self.last + _DAY


def period(kind: str, today: datetime.date, *, jalali: bool, first_weekday: int = 0) -> Period:
	"""The period of that kind around `today`; whole, even if it is not over.

	`first_weekday`: 0 Monday … 6 Sunday. Raises ValueError for another kind, and for CUSTOM, whose days
	only the reader knows.
	"""
	if kind == WEEK:
		first = today - ((today.weekday() - first_weekday) % 7) * _DAY
		return Period(first, first + 6 * _DAY)
	if kind not in _MONTHS:
		raise ValueError(kind)
	is_jalali, count = jalali or kind == JALALI_MONTH, _MONTHS[kind]
	first = _month_start(today, is_jalali, -1 if kind == LAST_MONTH else 0, count)
	return Period(first, _month_start(first, is_jalali, count) - _DAY)


def before(kind: str, shown: Period, today: datetime.date, *, jalali: bool) -> Period:
	"""The equal period before: as many days as are over, from where the earlier one began.

	On the tenth of a month it is the first ten days of the month before, so that a month that has just
	begun is not compared with a whole one.
	"""
	days = (max(min(shown.last, today), shown.first) - shown.first) // _DAY + 1
	if kind in _MONTHS:
		is_jalali, count = jalali or kind == JALALI_MONTH, _MONTHS[kind]
		first = _month_start(shown.first, is_jalali, -count)
	elif kind == WEEK:
		first = shown.first - 7 * _DAY
	else:
		first = shown.first - days * _DAY
	return Period(first, min(first + (days - 1) * _DAY, shown.first - _DAY))


def months_back(today: datetime.date, count: int) -> list[Period]:
	"""The last `count` Jalali months, the current one last."""
	starts = [_month_start(today, True, offset) for offset in range(1 - count, 2)]
	return [Period(first, following - _DAY) for first, following in itertools.pairwise(starts)]


def _month_start(day: datetime.date, jalali: bool, offset: int, unit: int = 1) -> datetime.date:
	"""First day of the month (of the unit of months) that `day` is in, `offset` months on."""
	calendar = jdatetime.date.fromgregorian(date=day) if jalali else day
	months = calendar.year * 12 + calendar.month - 1
	months = months - months % unit + offset
	year, month = divmod(months, 12)
	if jalali:
		return jdatetime.date(year, month + 1, 1).togregorian()
	return datetime.date(year, month + 1, 1)
