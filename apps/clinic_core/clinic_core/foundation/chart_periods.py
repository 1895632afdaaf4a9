"""Days and weeks on the axis of a chart: where each begins and ends. Pure."""

import datetime
from collections.abc import Iterator

DAYS = 30
WEEKS = 13
DAILY, WEEKLY = "Daily", "Weekly"

Period = tuple[datetime.date, datetime.date]


def periods(interval: str, today: datetime.date, first_weekday: int) -> list[Period]:
	"""The last 30 days (`Daily`) or 13 calendar weeks (`Weekly`), the current one last.

	Each is (first day, day after the last). `first_weekday`: 0 Monday … 6 Sunday. Raises ValueError
	for another interval.
	"""
	if interval == DAILY:
		return list(_backwards(today, 1, DAYS))
	if interval == WEEKLY:
		begun = today - datetime.timedelta(days=(today.weekday() - first_weekday) % 7)
		return list(_backwards(begun, 7, WEEKS))
	raise ValueError(interval)


def _backwards(last: datetime.date, days: int, count: int) -> Iterator[Period]:
	length = datetime.timedelta(days=days)
	for back in range(count - 1, -1, -1):
		start = last - back * length
		yield start, start + length
