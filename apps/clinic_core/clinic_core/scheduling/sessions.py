"""When the sessions of a plan are due, and what an absence costs (A79–A84). Pure."""

import datetime
from collections.abc import Iterable

from clinic_core.scheduling.states import ABSENT, ATTENDED, BURNT, CANCELLED


def first_date(sold_on: datetime.date, start_days: int) -> datetime.date:
	"""Day of the first session: `start_days` after the sale (A82)."""
	return sold_on + datetime.timedelta(days=max(start_days, 0))


def due_dates(first: datetime.date, count: int, interval_days: int) -> list[datetime.date]:
	"""The days of `count` sessions, `interval_days` apart (A83); an interval of 0 means every day.

	Holidays are not known yet: the time is only promised when the session is booked.
	"""
	step = datetime.timedelta(days=max(interval_days, 1))
	return [first + step * number for number in range(max(count, 0))]


def judge_absence(excused_before: int, allowed: int) -> str:
	"""What a missed session becomes: excused up to the allowed number, burnt beyond it (A84)."""
	return ABSENT if excused_before < allowed else BURNT


def plan_is_over(statuses: Iterable[str]) -> bool:
	"""Whether nothing of the plan is still to come."""
	return all(status in (ATTENDED, BURNT, CANCELLED) for status in statuses)
