"""Which debt a payment pays and which part of it a refund takes back. Pure.

Amounts are exact decimals in stored units (Rial). Problems are returned as codes with parameters;
the caller turns them into sentences.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

ZERO = Decimal(0)


@dataclass(frozen=True)
class Plan:
	"""Where an amount goes: (reception, amount) pairs and what is left over."""

	allocations: list[tuple[str, Decimal]] = field(default_factory=list)
	rest: Decimal = ZERO


def pay_debts(amount: Decimal, debts: Sequence[tuple[str, Decimal]]) -> Plan:
	"""Pay `debts` (reception, outstanding), oldest first as given; the rest is left over."""
	left = amount
	allocations = []
	for reception, outstanding in debts:
		part = min(left, outstanding)
		if part > 0:
			allocations.append((reception, part))
			left -= part
	return Plan(allocations, left)


def take_back(
	amount: Decimal,
	paid: Mapping[str, Decimal],
	kept_as_credit: Decimal,
	credit_now: Decimal,
) -> Plan:
	"""Which parts of a payment a refund of `amount` takes back: unused credit first, then debts.

	`paid`: reception → what this payment still pays of it, in the order paid; the last one is
	reopened first. `rest` is the part taken from credit. What cannot be covered is missing from
	the sum: compare it with `amount`.
	"""
	from_credit = max(ZERO, min(amount, kept_as_credit, credit_now))
	left = amount - from_credit
	allocations = []
	for reception, part in reversed(list(paid.items())):
		taken = min(left, part)
		if taken > 0:
			allocations.append((reception, taken))
			left -= taken
	return Plan(allocations, from_credit)


def deposit_status(amount: Decimal, available: Decimal, refunded: Decimal) -> str:
	"""State of a deposit from what is left of it and what was paid back (`design.md` §3)."""
	if available >= amount:
		return "Received"
	if available > 0:
		return "Partly Applied"
	return "Refunded" if refunded > 0 else "Applied"


def fifo(amount: Decimal, deposits: Sequence[tuple[str, Decimal]]) -> Plan:
	"""Take `amount` from deposits (name, available), oldest first; `rest` is what is missing."""
	return pay_debts(amount, deposits)


def count_differences(
	expected: Mapping[str, Decimal], counted: Mapping[str, Decimal]
) -> tuple[dict[str, Decimal], list[str]]:
	"""Counted minus expected per method, and the methods that hold money but were not counted."""
	missing = [method for method, amount in expected.items() if amount and method not in counted]
	methods = list(dict.fromkeys([*expected, *counted]))
	return {m: counted.get(m, ZERO) - expected.get(m, ZERO) for m in methods}, missing
