"""Rounding and sharing of money, and the unit it is shown in (`design.md` §4.6). Pure.

Amounts are stored in the smallest unit in use (Rial). The unit people see and type (Toman = 10
Rial) and the number of decimals are dated data: the coming redenomination is a row, not a rewrite.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

Number = Decimal | int | float | str


def to_decimal(value: Number | None) -> Decimal:
	"""An exact decimal of a database or JSON number; None is 0."""
	if value is None:
		return Decimal(0)
	return value if isinstance(value, Decimal) else Decimal(str(value))


def round_to(amount: Number, step: Number = 1) -> Decimal:
	"""Round half away from zero to a multiple of `step` (units of money)."""
	exact, unit = to_decimal(amount), to_decimal(step)
	if unit <= 0:
		raise ValueError("step must be positive")
	return (exact / unit).quantize(Decimal(1), rounding=ROUND_HALF_UP) * unit


def shorten(amount: Number) -> tuple[Decimal, int]:
	"""(figure, power): 7,673,240,000 is (7.67, 9), for a glance. Powers are 12, 9, 6 and 0.

	Two decimals, rounded half away from zero; below a million the amount stays as it is.
	"""
	exact = to_decimal(amount)
	for power in (12, 9, 6):
		if abs(exact) >= Decimal(10) ** power:
			return round_to(exact / Decimal(10) ** power, Decimal("0.01")), power
	return exact, 0


def share_out(total: Number, weights: Sequence[Number], step: Number = 1) -> list[Decimal]:
	"""Split `total` by `weights` in multiples of `step` so that the parts add up to the whole.

	Largest remainder first; equal remainders go to the earlier part. With all weights 0 the first
	part takes everything.
	"""
	if not weights:
		return []
	whole, unit = to_decimal(total), to_decimal(step)
	exact_weights = [to_decimal(w) for w in weights]
	if any(w < 0 for w in exact_weights):
		raise ValueError("weights must not be negative")
	weight_sum = sum(exact_weights)
	if not weight_sum:
		return [whole] + [Decimal(0)] * (len(weights) - 1)
	exact = [whole * w / weight_sum for w in exact_weights]
	parts = [(part // unit) * unit for part in exact]
	left = whole - sum(parts)
	order = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))
	for index in order:
		if abs(left) < unit:
			break
		parts[index] += unit if left > 0 else -unit
		left -= unit if left > 0 else -unit
	if left:
		# What is smaller than one step belongs to the part with the largest weight.
		parts[max(range(len(parts)), key=lambda i: exact_weights[i])] += left
	return parts


@dataclass(frozen=True)
class DisplayUnit:
	"""How money is shown from a day on: `factor` stored units make one shown unit."""

	valid_from: datetime.date
	label: str
	factor: Decimal
	decimals: int = 0

	def to_shown(self, stored: Number) -> Decimal:
		"""Stored amount → shown amount, exactly; formatting decides on the decimals."""
		return to_decimal(stored) / self.factor

	def to_stored(self, shown: Number) -> Decimal:
		"""Typed amount → stored amount."""
		return to_decimal(shown) * self.factor


def unit_on(units: Iterable[DisplayUnit], day: datetime.date) -> DisplayUnit | None:
	"""The unit in force on `day`: the latest that has begun, None if none has."""
	begun = [unit for unit in units if unit.valid_from <= day]
	return max(begun, key=lambda unit: unit.valid_from) if begun else None
