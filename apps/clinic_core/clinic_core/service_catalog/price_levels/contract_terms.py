"""What an item of a contract comes to: the price of a unit, and the insurer's part of it. Pure.

Amounts are Rial per unit, percents 0 to 100. A price by relative value (F34) is
professional units × professional K + technical units × technical K, rounded to the Rial.
"""

import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from clinic_core.foundation.money import round_to
from clinic_core.service_catalog.price_levels import contracts
from clinic_core.service_catalog.price_levels.contracts import Contract, Item
from clinic_core.service_catalog.pricing import Share

ZERO = Decimal(0)
HUNDRED = Decimal(100)


class KValue(NamedTuple):
	"""Rial per professional and per technical unit, from a day on."""

	valid_from: datetime.date
	professional: Decimal
	technical: Decimal


class Units(NamedTuple):
	"""Relative value units of a service (or of an item that says otherwise)."""

	professional: Decimal = ZERO
	technical: Decimal = ZERO


class UnitPrice(NamedTuple):
	"""`amount` None is the list price; `inputs` are the figures it comes from."""

	amount: Decimal | None
	inputs: Mapping[str, Any]


def k_on(values: Sequence[KValue], on: datetime.date) -> KValue | None:
	"""The K of a day: the latest begun; the earliest if none has; None if there is none."""
	begun = [value for value in values if value.valid_from <= on]
	if begun:
		return max(begun, key=lambda value: value.valid_from)
	return min(values, key=lambda value: value.valid_from, default=None)


def units_of(item: Item, service: Units) -> Units:
	"""The units an item counts with: its own where it has any, else the service's, part by part."""
	return Units(
		item.professional_units or service.professional,
		item.technical_units or service.technical,
	)


def unit_price(
	item: Item, list_price: Decimal, fixed: Decimal | None, units: Units, k: KValue | None
) -> UnitPrice:
	"""The contract's price of one unit of a service whose list price is `list_price`.

	`fixed` is the item's dated price where it has one; `k` that of the day. A relative value without K
	(refused when a contract is saved) falls back to the list price.
	"""
	if item.method == contracts.FIXED_PRICE and fixed is not None:
		return UnitPrice(fixed, {})
	if item.method == contracts.PERCENT_OF_LIST:
		amount = round_to(list_price * item.percent / HUNDRED)
		return UnitPrice(amount, {"percent": item.percent, "of": list_price})
	if item.method == contracts.RELATIVE_VALUE and k:
		amount = round_to(units.professional * k.professional + units.technical * k.technical)
		return UnitPrice(
			amount,
			{
				"professional_units": units.professional,
				"professional_k": k.professional,
				"technical_units": units.technical,
				"technical_k": k.technical,
				"k_from": k.valid_from,
			},
		)
	return UnitPrice(None, {})


def share_of(contract: Contract, item: Item, is_outpatient_procedure: bool) -> Share | None:
	"""What the insurer or company pays of a unit; None where nobody else pays.

	An outpatient procedure (A62) has a percent of its own where the contract gives one. The item's
	ceiling goes before the contract's.
	"""
	if contract.level.kind not in contracts.KINDS_WITH_PAYER or item.share_method == contracts.SHARE_NONE:
		return None
	ceiling = item.share_ceiling or contract.insurer_ceiling or None
	if item.share_method == contracts.SHARE_AMOUNT:
		return Share(None, item.share_amount, ceiling) if item.share_amount else None
	percent = item.share_percent
	if item.share_method == contracts.AS_CONTRACT:
		outpatient = contract.outpatient_insurer_percent if is_outpatient_procedure else ZERO
		percent = outpatient or contract.insurer_percent
	return Share(percent, None, ceiling) if percent else None
