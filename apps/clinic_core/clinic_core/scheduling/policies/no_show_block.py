"""Who missed too many appointments is not booked for a while (F11). Pure."""

import datetime
from collections.abc import Iterable


def blocked_until(
	missed: Iterable[datetime.date], limit: int, days: int, on: datetime.date
) -> datetime.date | None:
	"""The last day without a new booking, or None.

	Blocked is who missed `limit` appointments or more in the `days` up to `on`. It ends by itself, when
	so many of them are older that fewer than `limit` are left. `limit` 0: nobody is ever blocked.
	"""
	if limit <= 0 or days <= 0:
		return None
	since = on - datetime.timedelta(days=days)
	counted = sorted((day for day in missed if since < day <= on), reverse=True)
	if len(counted) < limit:
		return None
	return counted[limit - 1] + datetime.timedelta(days=days - 1)
