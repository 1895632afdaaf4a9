"""A service that needs another one before it, not too long ago (F07): consultation before filler. Pure."""

import datetime
from collections.abc import Iterable


def covers(done: datetime.date, on: datetime.date, valid_days: int) -> bool:
	"""Whether what was done on a day still holds on another; without days it holds for ever."""
	return done <= on and (not valid_days or (on - done).days <= valid_days)


def is_met(done: Iterable[datetime.date], on: datetime.date, valid_days: int) -> bool:
	"""Whether one of these days covers it."""
	return any(covers(day, on, valid_days) for day in done)


def last_day(done: Iterable[datetime.date], valid_days: int) -> datetime.date | None:
	"""Until when the latest one held; None when there was none, or when it holds for ever."""
	latest = max(done, default=None)
	return latest + datetime.timedelta(days=valid_days) if latest and valid_days else None
