"""What a line of a contract comes to."""

import datetime
from decimal import Decimal

import pytest
from clinic_core.service_catalog.price_levels import contract_terms, contracts
from clinic_core.service_catalog.price_levels.contract_terms import KValue, Units
from clinic_core.service_catalog.price_levels.contracts import Contract, Item, Level, Period, Target
from clinic_core.service_catalog.pricing import Share

LASER = Target("Service", "laser")
K = KValue(datetime.date(2026, 3, 21), Decimal(250_000), Decimal(140_000))
LIST = Decimal(1_000_001)


def price(item, fixed=None, units=Units(), k=K):  # noqa: B008 -- a constant
	return contract_terms.unit_price(item, LIST, fixed, units, k)


def test_the_list_price_is_left_to_the_price_list():
	assert price(Item(LASER)).amount is None


def test_a_fixed_price_is_what_its_date_says():
	assert price(Item(LASER, "Fixed Price"), Decimal(0)).amount == 0
	assert price(Item(LASER, "Fixed Price"), Decimal(700_000)).amount == 700_000


def test_a_percent_of_the_list_is_rounded_to_the_rial():
	found = price(Item(LASER, "Percent of List", percent=Decimal("12.5")))
	assert found.amount == 125_000
	assert found.inputs == {"percent": Decimal("12.5"), "of": LIST}


def test_relative_value_adds_professional_and_technical_parts():
	found = price(Item(LASER, "Relative Value"), units=Units(Decimal("2.5"), Decimal(1)))
	assert found.amount == 765_000
	assert found.inputs["professional_k"] == 250_000
	assert found.inputs["k_from"] == K.valid_from


def test_the_lines_units_go_before_the_services():
	item = Item(LASER, "Relative Value", professional_units=Decimal(4))
	assert contract_terms.units_of(item, Units(Decimal(1), Decimal(2))) == (4, 2)


@pytest.mark.parametrize(
	("day", "expected"), [("2025-01-01", 1), ("2026-03-20", 1), ("2026-03-21", 2), ("2027-01-01", 2)]
)
def test_k_is_that_of_the_day_and_the_earliest_before_all(day, expected):
	values = [
		KValue(datetime.date(2026, 3, 21), Decimal(2), Decimal(0)),
		KValue(datetime.date(2025, 3, 21), Decimal(1), Decimal(0)),
	]
	assert contract_terms.k_on(values, datetime.date.fromisoformat(day)).professional == expected


def test_no_k_no_price():
	assert contract_terms.k_on([], K.valid_from) is None
	assert price(Item(LASER, "Relative Value"), units=Units(Decimal(1), Decimal(1)), k=None).amount is None


def share(kind="Insurer", outpatient=False, **item):
	contract = Contract(
		"c",
		"C",
		Level(kind, "dana" if kind in contracts.KINDS_WITH_PAYER else None),
		Period(),
		insurer_percent=Decimal(70),
		outpatient_insurer_percent=Decimal(90),
		insurer_ceiling=Decimal(500),
	)
	return contract_terms.share_of(contract, Item(LASER, **item), outpatient)


def test_the_share_is_the_contracts_unless_the_line_says_otherwise():
	assert share() == Share(Decimal(70), None, Decimal(500))
	assert share(outpatient=True) == Share(Decimal(90), None, Decimal(500))
	own = share(outpatient=True, share_method="Percent", share_percent=Decimal(20), share_ceiling=Decimal(7))
	assert own == Share(Decimal(20), None, Decimal(7))
	assert share(share_method="Amount", share_amount=Decimal(300)) == Share(None, Decimal(300), Decimal(500))


@pytest.mark.parametrize(
	"item",
	[
		{"share_method": "None"},
		{"share_method": "Percent"},
		{"share_method": "Amount"},
		{"kind": "VIP"},
		{"kind": "Normal"},
	],
)
def test_nobody_else_pays(item):
	assert share(**item) is None
