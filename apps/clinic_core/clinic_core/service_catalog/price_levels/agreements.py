"""Which agreements hold for services a patient wants: reads contracts, asks `contracts` and
`contract_terms`, gives what `pricing` counts with.

Permission-free. A constant number of queries whatever is asked: contracts of the day, their items, K
and dated prices, and the patient's coverages.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple, NoReturn, Protocol

from frappe import _
from frappe.utils import escape_html

from clinic_core.foundation.errors import refuse_input
from clinic_core.foundation.money import to_decimal
from clinic_core.people import coverages as patient_coverages
from clinic_core.service_catalog import pricing
from clinic_core.service_catalog.dated_prices import prices
from clinic_core.service_catalog.price_levels import contract_rows, contract_terms, contracts
from clinic_core.service_catalog.price_levels.contract_terms import KValue, Units
from clinic_core.service_catalog.price_levels.contracts import Chosen, Contract, Coverage, Period, Target


class ServiceRow(Protocol):
	"""What must be known of a service (a row of Clinic Service has it)."""

	name: str
	department: str | None
	national_code: str | None
	has_insurance: bool | int
	is_outpatient_procedure: bool | int
	professional_units: float | Decimal | None
	technical_units: float | Decimal | None


@dataclass(frozen=True)
class Wanted:
	"""A service (and body area, '' for none) at a list price, perhaps with contracts named by the user."""

	service: ServiceRow
	area: str | None
	list_price: Decimal
	contract: str | None = None
	supplementary_contract: str | None = None


class Resolved(NamedTuple):
	"""What applies; `reason` is the step of the order that decided (`contracts.NAMED` …)."""

	base: pricing.Agreement | None
	supplementary: pricing.Agreement | None
	reason: str


class _Read(NamedTuple):
	"""Everything that was read for one call."""

	contracts: Mapping[str, Contract]
	coverages: Sequence[Coverage]
	amounts: Mapping[tuple[str, Target], Decimal]
	k_values: Mapping[str, Sequence[KValue]]


def resolve(
	wanted: Sequence[Wanted], patient: str | None, branch: str | None, on: datetime.date
) -> list[Resolved]:
	"""The agreements of each wanted service, in the documented order (`contracts.choose`).

	Raises InvalidInputError when a contract named by the user does not exist or does not apply.
	"""
	if not wanted:
		return []
	read = _read(wanted, patient, branch, on)
	choices = [_choose(one, read, branch, on) for one in wanted]
	fixed = _fixed_prices(zip(wanted, choices, strict=True), on)
	return [
		Resolved(
			_agreement(one, choice.base, read, fixed, on),
			_agreement(one, choice.supplementary, read, fixed, on),
			choice.reason,
		)
		for one, choice in zip(wanted, choices, strict=True)
	]


def _read(wanted: Sequence[Wanted], patient: str | None, branch: str | None, on: datetime.date) -> _Read:
	rows = patient_coverages.coverages_of([patient], on).get(patient, []) if patient else []
	coverages = [Coverage(contract_rows.level_of(row), Period(row.valid_from, row.valid_to)) for row in rows]
	named = {name for one in wanted for name in (one.contract, one.supplementary_contract) if name}
	heads = contract_rows.heads_that_matter(named, {coverage.level for coverage in coverages}, on)
	if missing := named - {head.name for head in heads}:
		refuse_input(_("Contract"), _("There is no contract “{0}”.").format(escape_html(min(missing))))
	if not heads:
		return _Read({}, coverages, {}, {})
	names = [head.name for head in heads]
	items = contract_rows.items_for(names, {one.service.name for one in wanted})
	by_contract = defaultdict(list)
	for row in items:
		by_contract[row.parent].append(row)
	return _Read(
		contracts={head.name: contract_rows.contract_from(head, by_contract[head.name]) for head in heads},
		coverages=coverages,
		amounts={(row.parent, contract_rows.target_of(row)): to_decimal(row.amount) for row in items},
		k_values=contract_rows.k_values_of(
			{row.parent for row in items if row.pricing_method == contracts.RELATIVE_VALUE}
		),
	)


def _choose(one: Wanted, read: _Read, branch: str | None, on: datetime.date) -> contracts.Choice:
	service = one.service
	subject = contracts.Subject(
		service=service.name,
		area=one.area or "",
		department=service.department,
		national_code=service.national_code or "",
		has_insurance=bool(service.has_insurance),
		is_outpatient_procedure=bool(service.is_outpatient_procedure),
	)
	try:
		return contracts.choose(
			subject,
			list(read.contracts.values()),
			read.coverages,
			branch,
			on,
			read.contracts.get(one.contract) if one.contract else None,
			read.contracts.get(one.supplementary_contract) if one.supplementary_contract else None,
		)
	except contracts.NotApplicable as error:
		_refuse(error, one)


def _fixed_prices(
	pairs: Iterable[tuple[Wanted, contracts.Choice]], on: datetime.date
) -> dict[tuple[str, str | None, str | None], Decimal]:
	"""The dated fixed prices of the items that were chosen: one query, none if there are none."""
	keys = {
		_price_key(chosen)
		for _wanted, choice in pairs
		for chosen in (choice.base, choice.supplementary)
		if chosen and chosen.item.method == contracts.FIXED_PRICE
	}
	return prices.amounts_on(keys, on) if keys else {}


def _price_key(chosen: Chosen) -> tuple[str, str | None, str | None]:
	target = chosen.item.target
	return (target.key, target.area or None, chosen.contract.name)


def _agreement(
	one: Wanted,
	chosen: Chosen | None,
	read: _Read,
	fixed: Mapping[tuple[str, str | None, str | None], Decimal],
	on: datetime.date,
) -> pricing.Agreement | None:
	if not chosen:
		return None
	contract, item = chosen
	service = one.service
	price = contract_terms.unit_price(
		item,
		one.list_price,
		fixed.get(_price_key(chosen), read.amounts.get((contract.name, item.target))),
		contract_terms.units_of(
			item, Units(to_decimal(service.professional_units), to_decimal(service.technical_units))
		),
		contract_terms.k_on(read.k_values.get(contract.name, ()), on),
	)
	return pricing.Agreement(
		contract=contract.name,
		title=contract.title,
		kind=contract.level.kind,
		insurer=contract.level.insurer,
		unit_price=price.amount,
		method=item.method if price.amount is not None else pricing.LIST,
		inputs=price.inputs,
		share=contract_terms.share_of(contract, item, bool(service.is_outpatient_procedure)),
	)


def _refuse(error: contracts.NotApplicable, one: Wanted) -> NoReturn:
	"""Say which named contract does not apply, and why."""
	is_supplementary = error.contract.name == one.supplementary_contract
	refuse_input(
		_("Supplementary contract") if is_supplementary else _("Contract"),
		_reason(error.code).format(escape_html(error.contract.title)),
	)


def _reason(code: str) -> str:
	if code == contracts.INACTIVE:
		return _("“{0}” is not active.")
	if code == contracts.NOT_IN_FORCE:
		return _("“{0}” is not in force on this day.")
	if code == contracts.OTHER_BRANCH:
		return _("“{0}” is for another branch.")
	if code == contracts.IS_SUPPLEMENTARY:
		return _("“{0}” is a supplementary contract. Choose it as the supplementary one.")
	if code == contracts.NOT_SUPPLEMENTARY:
		return _("“{0}” is no supplementary contract.")
	if code == contracts.NOT_INSURABLE:
		return _("“{0}” does not apply: the service is not sold with insurance.")
	return _("“{0}” does not cover this service.")
