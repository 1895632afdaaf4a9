"""Several visits on one fee (F18): who paid a visit comes again within some days without paying. Pure."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class FeeVisit:
	"""A visit that was given. `is_covered`: it cost nothing, because an earlier one was paid."""

	day: datetime.date
	is_covered: bool = False
	practitioner: str | None = None


@dataclass(frozen=True)
class Covered:
	"""The visit is paid already: on which day, the how manieth it is of how many, and until when they hold."""

	paid_on: datetime.date
	number: int
	of: int
	until: datetime.date


def covered(
	visits: Iterable[FeeVisit],
	count: int,
	days: int,
	on: datetime.date,
	practitioner: str | None = None,
	besides: int = 0,
) -> Covered | None:
	"""Whether a visit on a day lies on the fee of an earlier one.

	`visits` of the patient for this service, oldest first. The last paid one decides: `count` visits, itself
	included, within `days` days. With a practitioner only visits with the same one, or with nobody named.
	`besides`: visits on the same fee that are asked for at the same time.
	"""
	if count < 2 or days <= 0:
		return None
	same = (None, "", practitioner)
	mine = [v for v in visits if v.day <= on and (practitioner is None or v.practitioner in same)]
	paid = max((place for place, visit in enumerate(mine) if not visit.is_covered), default=None)
	if paid is None:
		return None
	first = mine[paid]
	until = first.day + datetime.timedelta(days=days)
	number = len(mine) - paid + besides + 1
	return Covered(first.day, number, count, until) if number <= count and on <= until else None
