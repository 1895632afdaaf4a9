"""Time as integers: minutes and cells of five minutes since 1970-01-01, in the site's zone. Pure.

A claim is held per cell, so every comparison of times is one of integers (`design.md` §4.2).
"""

import datetime

CELL_MINUTES = 5
_EPOCH = datetime.datetime(1970, 1, 1)


def minute_of(moment: datetime.datetime) -> int:
	"""Whole minutes since 1970-01-01; seconds are cut off."""
	return int((moment.replace(tzinfo=None) - _EPOCH).total_seconds() // 60)


def moment_of(minute: int) -> datetime.datetime:
	"""The naive datetime of a minute since 1970-01-01."""
	return _EPOCH + datetime.timedelta(minutes=minute)


def floor_cell(minute: int) -> int:
	"""The cell that contains `minute`."""
	return minute // CELL_MINUTES


def ceil_cell(minute: int) -> int:
	"""The first cell that begins at or after `minute`."""
	return -(-minute // CELL_MINUTES)


def cover(start: int, end: int) -> range:
	"""The cells touched by the minutes from `start` up to, not including, `end`."""
	return range(floor_cell(start), ceil_cell(end))
