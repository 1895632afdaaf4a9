"""What a bulk price update makes of each price, and what its revert restores (A50). Pure.

Amounts are in stored units (Rial), which have no fractions. Nothing ever becomes cheaper than nothing.
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import TypeVar

from clinic_core.foundation.money import round_to

Key = TypeVar("Key")

ZERO = Decimal(0)
HUNDRED = Decimal(100)

# How the new price follows from the old one.
PERCENT, AMOUNT, NEW_PRICE = "Percent", "Amount", "New Price"
# Which multiple of the step is taken.
NEAREST, UP, DOWN = "Nearest", "Up", "Down"
_DIRECTIONS = {NEAREST: ROUND_HALF_UP, UP: ROUND_CEILING, DOWN: ROUND_FLOOR}

LARGE_PERCENT = Decimal(50)
"""A change of more than so many percent is more often a slip than a wish."""

# Codes of what deserves a second look.
SCHEDULED = "scheduled"
BECOMES_ZERO = "becomes_zero"
WAS_ZERO = "was_zero"
LARGE = "large"
BEHIND = "behind"


@dataclass(frozen=True)
class Rule:
	"""How prices change: by `value` percent or units of money, then to a multiple of `step`.

	`value` may be negative. A `step` of 0 means whole units.
	"""

	method: str
	value: Decimal = ZERO
	step: Decimal = ZERO
	direction: str = NEAREST


@dataclass(frozen=True)
class Change:
	"""One price before and after."""

	old: Decimal
	new: Decimal

	@property
	def difference(self) -> Decimal:
		"""New minus old."""
		return self.new - self.old

	@property
	def percent(self) -> Decimal | None:
		"""The difference in percent of the old price, to two decimals; None where that was nothing."""
		if not self.old:
			return None
		return round_to(self.difference * HUNDRED / self.old, Decimal("0.01"))


@dataclass(frozen=True)
class Totals:
	"""A whole update at a glance. `percent` compares the sums; None where the old sum was nothing."""

	count: int
	changed: int
	raised: int
	lowered: int
	old: Decimal
	new: Decimal
	percent: Decimal | None


def new_amount(old: Decimal, rule: Rule, typed: Decimal | None = None) -> Decimal:
	"""The new price of one that was `old`.

	What was typed for it counts as it stands. Without that, New Price keeps the old one, and the other
	methods round their result to the step: up and down are meant towards more and less money.
	"""
	if typed is not None:
		return max(round_to(typed), ZERO)
	if rule.method == NEW_PRICE:
		return old
	moved = old * (HUNDRED + rule.value) / HUNDRED if rule.method == PERCENT else old + rule.value
	return max(_to_step(moved, rule), ZERO)


def _to_step(amount: Decimal, rule: Rule) -> Decimal:
	step = rule.step if rule.step > 0 else Decimal(1)
	return (amount / step).quantize(Decimal(1), rounding=_DIRECTIONS[rule.direction]) * step


def doubts(change: Change, is_scheduled: bool = False, is_behind: bool = False) -> tuple[str, ...]:
	"""Codes of what deserves a second look before the price is changed.

	`is_scheduled`: another price begins later on and will replace this one; `is_behind`: a contract's
	fixed price for the service stays as it is. Prices that do not change give no doubts but these of zero.
	"""
	found = []
	if change.difference:
		percent = change.percent
		found = [
			code
			for code, holds in (
				(SCHEDULED, is_scheduled),
				(WAS_ZERO, not change.old),
				(LARGE, percent is not None and abs(percent) > LARGE_PERCENT),
				(BEHIND, is_behind),
			)
			if holds
		]
	if not change.new:
		found.append(BECOMES_ZERO)
	return tuple(found)


def totals(changes: Iterable[Change]) -> Totals:
	"""The figures of a whole update."""
	rows = list(changes)
	both = Change(sum((row.old for row in rows), ZERO), sum((row.new for row in rows), ZERO))
	return Totals(
		count=len(rows),
		changed=sum(1 for row in rows if row.difference),
		raised=sum(1 for row in rows if row.difference > 0),
		lowered=sum(1 for row in rows if row.difference < 0),
		old=both.old,
		new=both.new,
		percent=both.percent,
	)


def moved_since(seen: Mapping[Key, Decimal], now: Mapping[Key, Decimal]) -> list[Key]:
	"""What is not as it was when the list was looked at: another price, gone, or new. In order of `seen`."""
	gone_or_changed = [key for key, amount in seen.items() if now.get(key) != amount]
	return gone_or_changed + [key for key in now if key not in seen]


@dataclass(frozen=True)
class DatedPrice:
	"""One entry of a price's history. `entered` orders those of one day.

	`update`: the price update that wrote it; `is_revert`: to take its own price back again.
	"""

	valid_from: datetime.date
	entered: int
	amount: Decimal
	update: str | None = None
	is_revert: bool = False


def holding(prices: Iterable[DatedPrice], on: datetime.date) -> DatedPrice | None:
	"""The price that holds on a day: the latest begun, of one day the one entered last."""
	begun = [price for price in prices if price.valid_from <= on]
	return max(begun, key=lambda price: (price.valid_from, price.entered), default=None)


def standing(prices: Iterable[DatedPrice]) -> list[DatedPrice]:
	"""Without what an update wrote and took back for the same day, as if neither had been made."""
	rows = list(prices)
	written = {(price.update, price.valid_from) for price in rows if price.update and not price.is_revert}
	undone = written & {(price.update, price.valid_from) for price in rows if price.is_revert}
	return [price for price in rows if (price.update, price.valid_from) not in undone]


def restored(prices: Sequence[DatedPrice], update: str, on: datetime.date, before: Decimal) -> Decimal | None:
	"""What a price goes back to on a day as if `update` had never been made.

	Updates that were taken back already count as never made, too, so that one after the other can be
	undone. None where the update's price does not hold that day: it was changed since, and nothing of
	the update is left to take back. `before` is what the update noted, for prices without older entries.
	"""
	undone = {price.update for price in prices if price.is_revert}
	kept = [price for price in prices if price.update is None or price.update not in undone]
	current = holding(kept, on)
	if current is None or current.update != update:
		return None
	earlier = holding([price for price in kept if price.update != update], on)
	return before if earlier is None else earlier.amount
