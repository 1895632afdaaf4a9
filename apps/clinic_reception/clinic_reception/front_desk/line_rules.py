"""What a line of a reception must satisfy before it is priced (A10, A11, G07). Pure.

Gives codes with parameters, never text. What depends on contracts and amounts is decided by core's
price function.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from clinic_reception.front_desk.states import ACTIONS, PERFORM_NOW, USE_PURCHASED

UNKNOWN_SERVICE = "unknown_service"
UNKNOWN_ACTION = "unknown_action"
NOT_OFFERED = "not_offered"
QUANTITY_NOT_POSITIVE = "quantity_not_positive"
QUANTITY_NOT_WHOLE = "quantity_not_whole"
NOT_COUNTABLE = "not_countable"
AREA_MISSING = "area_missing"
AREA_UNKNOWN = "area_unknown"
NO_AREAS = "no_areas"
FIXED_AMOUNT = "fixed_amount"
TWO_DISCOUNTS = "two_discounts"
PERCENT_OUT_OF_RANGE = "percent_out_of_range"
DISCOUNT_NEGATIVE = "discount_negative"
NO_TOUCH_UP = "no_touch_up"
TOUCH_UP_LATER = "touch_up_later"
TOUCH_UP_ONE = "touch_up_one"
TOUCH_UP_NEVER_PERFORMED = "touch_up_never_performed"
TOUCH_UP_TOO_LATE = "touch_up_too_late"


@dataclass(frozen=True)
class SoldService:
	"""What the front desk has to know of a service. `areas`: titles of the offered ones by code."""

	name: str
	title: str
	department: str | None = None
	is_active: bool = True
	is_session_based: bool = False
	session_count: int = 0
	auto_create_sessions: bool = False
	is_countable: bool = False
	is_fixed_amount: bool = False
	touch_up_days: int = 0
	areas: Mapping[str, str] = field(default_factory=dict)
	area_sessions: Mapping[str, int] = field(default_factory=dict)

	def sessions_of(self, area: str | None) -> int:
		"""How many sessions one unit has: the area's own number goes first (G07)."""
		return self.area_sessions.get(area or "") or self.session_count or 1


@dataclass(frozen=True)
class Wish:
	"""One line as it was asked for; `discount_percent` 0–100, `discount_amount` in stored units."""

	action: str
	quantity: Decimal = Decimal(1)
	area: str = ""
	discount_percent: Decimal = Decimal(0)
	discount_amount: Decimal = Decimal(0)
	is_touch_up: bool = False


@dataclass(frozen=True)
class Problem:
	"""Why a line is refused: a code and what the sentence needs."""

	code: str
	params: Mapping[str, Any] = field(default_factory=dict)


def problem_of(wish: Wish, service: SoldService | None) -> Problem | None:
	"""The first thing that is wrong with a line, or None."""
	if not service:
		return Problem(UNKNOWN_SERVICE)
	if wish.action not in ACTIONS:
		return Problem(UNKNOWN_ACTION)
	if wish.action == USE_PURCHASED:
		return Problem(QUANTITY_NOT_POSITIVE) if wish.quantity <= 0 else None
	if not service.is_active:
		return Problem(NOT_OFFERED, {"service": service.title})
	return (
		_of_quantity(wish, service)
		or _of_area(wish, service)
		or _of_discount(wish, service)
		or _of_touch_up(wish, service)
	)


def touch_up_until(last: datetime.date | None, days: int) -> datetime.date | None:
	"""The last day of the free touch-up of a performance; None without one."""
	return last + datetime.timedelta(days=days) if last and days else None


def problem_of_touch_up(
	service: SoldService, last: datetime.date | None, on: datetime.date
) -> Problem | None:
	"""A touch-up is free only within the service's days after it was performed (G07).

	Each performance gives as many touch-ups as are needed within these days; a touch-up is no
	performance, so it does not begin the days anew.
	"""
	until = touch_up_until(last, service.touch_up_days)
	if not until:
		return Problem(TOUCH_UP_NEVER_PERFORMED, {"days": service.touch_up_days})
	if on > until:
		return Problem(TOUCH_UP_TOO_LATE, {"last": last, "until": until})
	return None


def _of_quantity(wish: Wish, service: SoldService) -> Problem | None:
	if not wish.quantity.is_finite() or wish.quantity <= 0:
		return Problem(QUANTITY_NOT_POSITIVE)
	if service.is_countable:
		return None
	if wish.quantity != wish.quantity.to_integral_value():
		return Problem(QUANTITY_NOT_WHOLE)
	if wish.quantity != 1 and not service.is_session_based:
		return Problem(NOT_COUNTABLE, {"service": service.title})
	return None


def _of_area(wish: Wish, service: SoldService) -> Problem | None:
	titles = list(service.areas.values())
	if not wish.area:
		return Problem(AREA_MISSING, {"areas": titles}) if titles else None
	if wish.area in service.areas:
		return None
	return Problem(AREA_UNKNOWN, {"area": wish.area, "areas": titles}) if titles else Problem(NO_AREAS)


def _of_discount(wish: Wish, service: SoldService) -> Problem | None:
	percent, amount = wish.discount_percent, wish.discount_amount
	if not percent.is_finite() or not 0 <= percent <= 100:
		return Problem(PERCENT_OUT_OF_RANGE)
	if not amount.is_finite() or amount < 0:
		return Problem(DISCOUNT_NEGATIVE)
	if percent and amount:
		return Problem(TWO_DISCOUNTS)
	if service.is_fixed_amount and (percent or amount):
		return Problem(FIXED_AMOUNT, {"service": service.title})
	return None


def _of_touch_up(wish: Wish, service: SoldService) -> Problem | None:
	if not wish.is_touch_up:
		return None
	if not service.touch_up_days:
		return Problem(NO_TOUCH_UP, {"service": service.title})
	if wish.action != PERFORM_NOW:
		return Problem(TOUCH_UP_LATER)
	return Problem(TOUCH_UP_ONE) if wish.quantity != 1 else None
