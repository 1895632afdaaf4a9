"""What of a sale is earned by each of its uses, to the Rial. Pure.

A purchase is used over months, by several people. The ledger says what each use moved to Revenue; the same
part of the sale's basis of performance and deduction belongs to it. Rounding is cumulative, so that the
parts of all uses add up to the sale exactly.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from clinic_core.foundation.money import round_to, share_out, to_decimal

ZERO = Decimal(0)


@dataclass(frozen=True)
class Sale:
	"""A purchase: its value in the ledger, what it means for performance, and its contract."""

	value: Decimal
	basis: Decimal
	deduction: Decimal
	contract: str | None = None


@dataclass(frozen=True)
class Earning:
	"""What one performed line brought in, in stored units."""

	basis: Decimal
	deduction: Decimal
	contract: str | None = None


def basis_of(line: Mapping[str, Any]) -> Decimal:
	"""Contract total less discount and included tax, of a line that was sold (A18)."""
	included = to_decimal(line["tax"]) if line["tax_included"] else ZERO
	total = to_decimal(line["list_total"]) + to_decimal(line["contract_adjustment"])
	return max(total - to_decimal(line["discount"]) - included, ZERO)


def sold(line: Mapping[str, Any]) -> Earning:
	"""A line that was sold and performed in one."""
	return Earning(basis_of(line), to_decimal(line["deduction"]), line["contract"])


def of_uses(sale: Sale, uses: Iterable[tuple[str, Decimal]]) -> dict[str, Earning]:
	"""The earning of each use; `uses`: (reception, value moved to Revenue), in the order of time."""
	found, before = {}, ZERO
	for reception, value in uses:
		basis = _part(sale.basis, sale.value, before, before + value)
		deduction = _part(sale.deduction, sale.value, before, before + value)
		found[reception] = Earning(basis, min(deduction, basis), sale.contract)
		before += value
	return found


def split(earning: Earning, quantities: list[Decimal]) -> list[Earning]:
	"""The same purchase used by several lines of a reception, in proportion to their units."""
	bases = share_out(earning.basis, quantities)
	deductions = share_out(earning.deduction, quantities)
	return [
		Earning(basis, min(deduction, basis), earning.contract)
		for basis, deduction in zip(bases, deductions, strict=True)
	]


def _part(whole: Decimal, value: Decimal, before: Decimal, after: Decimal) -> Decimal:
	if value <= 0:
		return ZERO
	return round_to(whole * min(after, value) / value) - round_to(whole * min(before, value) / value)
