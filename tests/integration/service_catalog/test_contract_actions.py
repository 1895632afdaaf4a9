"""What people do with contracts: see what they cover, and renew them."""

import datetime
from decimal import Decimal

import pytest
from clinic_core.foundation.errors import InvalidInputError

from tests.integration.service_catalog.contract_people import END, START, Catalog

NEXT = END + datetime.timedelta(days=1)


@pytest.fixture
def catalog(site):
	return Catalog(site)


def refused(match):
	return pytest.raises(InvalidInputError, match=match)


def cover(site, contract, **args):
	from clinic_core.service_catalog.price_levels import contract_coverage

	return contract_coverage.page(site.get_doc("Clinic Service Contract", contract.name), **args)


def test_the_covered_services_with_their_prices(site, catalog):
	word = catalog.unique("Zephyr").split()[1]
	fixed = catalog.service(service_name=f"{word} one", amount=1_000_000)
	other = catalog.service(service_name=f"{word} two", amount=500_000, has_insurance=0)
	areas = [{"title": "Face", "amount": 200_000}, {"title": "Arm", "amount": 300_000}]
	by_area = catalog.service(service_name=f"{word} three", areas=areas)
	contract = catalog.contract(
		{"service": fixed, "pricing_method": "Fixed Price", "amount": 800_000},
		{
			"applies_to": "Department",
			"department": catalog.department,
			"pricing_method": "Percent of List",
			"percent_of_list": 50,
		},
		kind="Insurer",
		insurer=catalog.insurer(),
		insurer_percent=70,
	)
	found = cover(site, contract, text=word)
	rows = {(row["service"], row["area_title"]): row for row in found["rows"]}
	assert (fixed, "") in rows and (by_area, "Face") in rows and (by_area, "Arm") in rows
	assert not any(service == other for service, _area in rows), "not sold with insurance"
	row = rows[(fixed, "")]
	assert (row["list_price"], row["unit_price"], row["applies_to"]) == (1_000_000, 800_000, "Service")
	assert (row["insurer_share"], row["patient_share"]) == (560_000, 240_000)
	assert rows[(by_area, "Arm")]["unit_price"] == 150_000
	part = cover(site, contract, text=word, start=1, page_length=1)
	assert (part["total"], len(part["rows"]), part["has_more"]) == (3, 1, True)


def test_a_supplementary_contract_shows_what_it_takes_over(site, catalog):
	word = catalog.unique("Zephyr").split()[1]
	catalog.service(service_name=word, amount=1_000_000)
	catalog.service(service_name=f"{word} private", has_insurance=0)
	contract = catalog.contract(
		{},
		kind="Insurer",
		insurer=catalog.insurer("Supplementary Insurer"),
		is_supplementary=1,
		insurer_percent=80,
	)
	rows = cover(site, contract, text=word)["rows"]
	assert [(row["insurer_share"], row["patient_share"]) for row in rows] == [(800_000, 200_000)]


def test_prices_of_a_contract_to_come_are_those_of_its_first_day(site, catalog):
	contract = catalog.contract({"service": catalog.service()}, valid_from="2090-01-01", valid_to=None)
	assert cover(site, contract)["on"] == "2090-01-01"
	over = catalog.contract({"service": catalog.service()}, valid_from="2020-01-01", valid_to="2020-02-01")
	assert cover(site, over)["on"] == "2020-02-01"


def test_as_many_queries_for_many_services_as_for_one(site, catalog, count_queries):
	contract = catalog.contract(
		{"service": catalog.service()},
		{"applies_to": "Department", "department": catalog.department},
		kind="VIP",
	)
	cover(site, contract)
	counts = []
	for many in (1, 25):
		for _ in range(many):
			catalog.service()
		with count_queries() as seen:
			found = cover(site, contract)
		counts.append(len(seen))
	assert found["total"] == 27
	assert counts[0] == counts[1]


@pytest.fixture
def old(catalog):
	return catalog.contract(
		{
			"service": catalog.service(),
			"pricing_method": "Fixed Price",
			"amount": 1_000_000,
			"share_method": "Amount",
			"insurer_amount": 333_333,
		},
		{"pricing_method": "Relative Value"},
		kind="Insurer",
		insurer=catalog.insurer(),
		k_values=[
			{"valid_from": START, "professional_k": 100, "technical_k": 50},
			{"valid_from": "2026-09-23", "professional_k": 200, "technical_k": 60},
		],
	)


def test_renewing_copies_the_contract_into_the_next_period(site, old):
	from clinic_core.service_catalog.price_levels import renewal

	new = renewal.renew(old.name, NEXT, None, Decimal(10), Decimal(1000), "Next year")
	assert (new.title, str(new.valid_from), new.valid_to, new.insurer) == (
		"Next year",
		str(NEXT),
		None,
		old.insurer,
	)
	assert (new.items[0].amount, new.items[0].insurer_amount) == (1_100_000, 367_000)
	old.reload()
	assert str(old.valid_to) == str(END), "the old one stays as it was"


def test_renewing_carries_the_last_k(site, old):
	from clinic_core.service_catalog.price_levels import renewal

	new = renewal.renew(old.name, NEXT, None, Decimal(25))
	assert [(str(row.valid_from), row.professional_k, row.technical_k) for row in new.k_values] == [
		(str(NEXT), 250, 75)
	]


def test_renewing_ends_a_contract_without_an_end(site, catalog):
	from clinic_core.service_catalog.price_levels import renewal

	old = catalog.contract({"service": catalog.service()}, valid_to=None)
	renewal.renew(old.name, NEXT, None)
	old.reload()
	assert str(old.valid_to) == str(END)


@pytest.mark.parametrize(
	("args", "match"),
	[
		({"valid_from": START}, "Valid from"),
		({"valid_from": NEXT, "valid_to": END}, "Valid to"),
		({"valid_from": NEXT, "percent": Decimal(-100)}, "Change in percent"),
		({"valid_from": NEXT, "step": Decimal(0)}, "Round to"),
	],
)
def test_a_renewal_that_does_not_fit_is_refused(old, args, match):
	from clinic_core.service_catalog.price_levels import renewal

	with refused(match):
		renewal.renew(old.name, **{"valid_to": None, **args})


def test_renewing_twice_clashes(old):
	from clinic_core.service_catalog.price_levels import renewal

	renewal.renew(old.name, NEXT, None)
	with refused("already prices"):
		renewal.renew(old.name, NEXT, None)
