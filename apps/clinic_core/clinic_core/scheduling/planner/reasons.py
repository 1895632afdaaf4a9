"""Why a session has no place: what its days are like, one by one, and how many are like that. Pure (N8)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from clinic_core.scheduling.planner.solver import Stuck, Wish, weekday

TOO_LATE, WEEKDAY, CLOSED, OFF, FULL, HOURS, DISTANCE = (
	"too_late",
	"weekday",
	"closed",
	"off",
	"full",
	"hours",
	"distance",
)
MOST_DAYS = 120


@dataclass(frozen=True)
class Days:
	"""What is known of the days: who works on them, what is free, what keeps people away.

	`last`: nothing can be booked after this day. `closed`: day → why, where a holiday, a closure or a
	leave lies on it. `free`: something is free; `accepted`: at a wished hour of a wished weekday.
	"""

	last: int
	working: Collection[int] = frozenset()
	closed: Mapping[int, str] = field(default_factory=dict)
	free: Collection[int] = frozenset()
	accepted: Collection[int] = frozenset()


def reason_of(day: int, wish: Wish, days: Days) -> str:
	"""The one word for why no session is on this day."""
	if day > days.last:
		return TOO_LATE
	if wish.weekdays and weekday(day) not in wish.weekdays:
		return WEEKDAY
	if day not in days.working:
		return CLOSED if day in days.closed else OFF
	if day not in days.free:
		return FULL
	return DISTANCE if day in days.accepted else HOURS


def tell(wish: Wish, stuck: Stuck, days: Days) -> dict[str, int]:
	"""Reason → number of days, in the order a person wants to hear them."""
	counted: dict[str, int] = {}
	for day in range(stuck.low, min(stuck.high, stuck.low + MOST_DAYS) + 1):
		reason = reason_of(day, wish, days)
		counted[reason] = counted.get(reason, 0) + 1
	order = (CLOSED, FULL, OFF, WEEKDAY, HOURS, DISTANCE, TOO_LATE)
	return {reason: counted[reason] for reason in order if reason in counted}
