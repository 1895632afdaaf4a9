"""Prices of real services: reads what the pure rules of `pricing` need and gives what they say.

Permission-free: callers have asked whether the user may see the service and the patient. However many
lines are asked for, the number of queries is the same.
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import frappe
from frappe.utils import getdate

from clinic_core.foundation import settings
from clinic_core.foundation.money import Number, to_decimal
from clinic_core.service_catalog.dated_prices import prices
from clinic_core.service_catalog.price_levels import agreements, contracts
from clinic_core.service_catalog.price_levels.agreements import Resolved, Wanted
from clinic_core.service_catalog.quoting import fee_visits, legal_entities, quote_services, touch_ups
from clinic_core.service_catalog.quoting import price_parts as parts
from clinic_core.service_catalog.quoting import quote_sentences as sentences
from clinic_core.service_catalog.quoting.fee_rules import Covered
from clinic_core.service_catalog.quoting.quote_answers import Ask, Context, answer, insurer_titles

as_number = sentences.as_number


@dataclass(frozen=True)
class Situation:
	"""For whom, where and when prices are asked."""

	patient: str | None
	branch: str | None
	on: datetime.date


def quote_for(
	service: str,
	patient: str | None = None,
	contract: str | None = None,
	quantity: Number = 1,
	discount_percent: Number = 0,
	on: datetime.date | str | None = None,
	area: str | None = None,
	discount_amount: Number = 0,
	supplementary_contract: str | None = None,
	branch: str | None = None,
	practitioner: str | None = None,
	touch_up: bool | int = 0,
) -> dict[str, Any]:
	"""The price of a service as the endpoint `get_quote` gives it (`design.md` §4.4, §5).

	Money in stored units, percents 0 to 100. Raises InvalidInputError naming the field,
	frappe.DoesNotExistError for an unknown service.
	"""
	line = {
		"service": service,
		"contract": contract,
		"quantity": quantity,
		"discount_percent": discount_percent,
		"area": area,
		"discount_amount": discount_amount,
		"supplementary_contract": supplementary_contract,
		"practitioner": practitioner,
		"touch_up": touch_up,
	}
	return quotes_for([line], patient, branch, on)[0]


def quotes_for(
	lines: Sequence[Mapping[str, Any]],
	patient: str | None = None,
	branch: str | None = None,
	on: datetime.date | str | None = None,
) -> list[dict[str, Any]]:
	"""The prices of many lines at once, in their order; the number of queries does not grow with them.

	A line has the keys of `quote_for`; `at_list_price` leaves contracts aside and what an earlier fee would
	cover (F18), as does `is_for_later`; `idx` names it in an error.
	An inactive service has prices of past days only. Raises as `quote_for`; one line that has no price
	refuses all.
	"""
	if not lines:
		return []
	asks = [Ask.read(line) for line in lines]
	situation = Situation(patient, branch, getdate(on))
	rows = quote_services.read(ask.service for ask in asks)
	for ask in asks:
		service = quote_services.require(rows, ask.service)
		quote_services.check_offered(service, situation.on, ask.label)
	dated = prices.amounts_on([(ask.service, ask.area, None) for ask in asks], situation.on)
	return price(asks, rows, dated, situation)


def price(
	asks: Sequence[Ask],
	rows: Mapping[str, frappe._dict],
	dated: Mapping[prices.Key, Decimal],
	situation: Situation,
) -> list[dict[str, Any]]:
	"""Price lines of services that are at hand, saved or not; `dated`: list prices by (service, area, None)."""
	on = situation.on
	list_prices = []
	for ask in asks:
		service = rows[ask.service]
		quote_services.check_area(service, ask.area, on, ask.label)
		amount = dated.get((ask.service, ask.area, None))
		if amount is None:
			amount = quote_services.stored_amount(service, ask.area)
		quote_services.check_has_price(service, ask.area, amount, ask.label)
		list_prices.append(amount)
	paid = fee_visits.covered(asks, rows, situation.patient, on)
	resolved = _resolve(asks, rows, list_prices, situation, paid)
	days = {ask.service: rows[ask.service].touch_up_days or 0 for ask in asks}
	until = touch_ups.free_until(situation.patient, days, on)
	context = Context(
		on=on,
		rows=rows,
		until=until,
		entity=legal_entities.of_branch(situation.branch),
		own_entities=legal_entities.of_practitioners(ask.practitioner for ask in asks if ask.practitioner),
		insurers=insurer_titles(resolved),
		rounding_step=to_decimal(settings.get("rounding_step") or 1),
		money=sentences.money_writer(),
	)
	return [
		answer(ask, amount, found, context, covered)
		for ask, amount, found, covered in zip(asks, list_prices, resolved, paid, strict=True)
	]


def is_discount_ignored(quote: Mapping[str, Any]) -> bool:
	"""Whether a discount was asked for and not given, because the amount is fixed (A11)."""
	return any(note["code"] == parts.FIXED_AMOUNT for note in quote["notes"])


def _resolve(
	asks: Sequence[Ask],
	rows: Mapping[str, frappe._dict],
	list_prices: Sequence[Decimal],
	situation: Situation,
	paid: Sequence[Covered | None],
) -> list[Resolved]:
	"""The agreements of each line; none for what costs nothing, and where the list price is wanted."""
	found = [Resolved(None, None, contracts.BY_LIST)] * len(asks)
	wanted = {
		place: Wanted(
			rows[ask.service], ask.area or "", list_prices[place], ask.contract, ask.supplementary_contract
		)
		for place, ask in enumerate(asks)
		if not (ask.at_list_price or ask.touch_up or paid[place])
	}
	resolved = agreements.resolve(list(wanted.values()), situation.patient, situation.branch, situation.on)
	for place, one in zip(wanted, resolved, strict=True):
		found[place] = one
	return found
