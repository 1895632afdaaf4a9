"""When the sessions of a plan are due, and what an absence costs (A79–A84). Pure."""

import datetime
from collections.abc import Collection, Iterable

from clinic_core.scheduling.states import ABSENT, ATTENDED, BURNT, CANCELLED

MOST_EARLIER, LEAST_LATER, MOST_LATER = 3, 3, 10


def first_date(sold_on: datetime.date, start_days: int) -> datetime.date:
	"""Day of the first session: `start_days` after the sale (A82)."""
	return sold_on + datetime.timedelta(days=max(start_days, 0))


def due_dates(
	first: datetime.date,
	count: int,
	interval_days: int,
	closed: Collection[datetime.date] = (),
	later: int | None = None,
) -> list[datetime.date]:
	"""The days of `count` sessions, `interval_days` apart (A83); an interval of 0 means every day.

	Who would come on a day of `closed` comes on the next open one, and the sessions after him keep
	their distance to that. Where all of the `later` days after it are closed as well the day stays: it
	is a wish, the time is only promised when the session is booked.
	"""
	interval = max(interval_days, 1)
	tolerance = default_tolerance(interval)[1] if later is None else max(later, 0)
	step, found = datetime.timedelta(days=interval), []
	day = first
	for _number in range(max(count, 0)):
		found.append(_open_day(day, closed, tolerance))
		day = found[-1] + step
	return found


def _open_day(day: datetime.date, closed: Collection[datetime.date], later: int) -> datetime.date:
	near = (day + datetime.timedelta(days=number) for number in range(later + 1))
	return next((other for other in near if other not in closed), day)


def last_possible(first: datetime.date, count: int, interval_days: int) -> datetime.date:
	"""A day that no session of `due_dates` lies behind, for reading what is closed until then."""
	interval = max(interval_days, 1)
	return first + datetime.timedelta(days=(interval + default_tolerance(interval)[1]) * max(count, 1))


def default_tolerance(interval_days: int) -> tuple[int, int]:
	"""How many days a session may come earlier and later than the interval says, unless somebody says.

	Too early is worse than too late: skin and muscle need their rest.
	"""
	interval = max(interval_days, 1)
	return min(MOST_EARLIER, interval // 4), min(MOST_LATER, max(LEAST_LATER, interval // 3))


def next_due(
	last_treated: datetime.date | None,
	interval_days: int,
	planned: datetime.date,
	not_before: datetime.date,
) -> datetime.date:
	"""When the next session is due after what happened so far, for planning anew.

	It keeps its distance to the last treatment, or its planned day while there was none; a missed one is
	no treatment. What is overdue is due on the first possible day.
	"""
	if last_treated is None:
		return max(planned, not_before)
	return max(last_treated + datetime.timedelta(days=max(interval_days, 1)), not_before)


def judge_absence(excused_before: int, allowed: int) -> str:
	"""What a missed session becomes: excused up to the allowed number, burnt beyond it (A84)."""
	return ABSENT if excused_before < allowed else BURNT


def absences_left(allowed: int, missed: int) -> int:
	"""How many more absences are excused; the one after them burns its session."""
	return max(allowed - missed, 0)


def plan_is_over(statuses: Iterable[str]) -> bool:
	"""Whether nothing of the plan is still to come."""
	return all(status in (ATTENDED, BURNT, CANCELLED) for status in statuses)
