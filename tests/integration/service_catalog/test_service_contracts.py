"""Contracts as documents: what is refused at every door, what is kept, and what holds for a patient."""

import datetime
from decimal import Decimal

import pytest
from clinic_core.foundation.errors import InvalidInputError

from tests.integration.service_catalog.contract_people import DAY, END, START, Catalog


@pytest.fixture
def catalog(site):
	return Catalog(site)


def refused(match):
	return pytest.raises(InvalidInputError, match=match)


def ask(site, service, list_price=1_000_000, **named):
	from clinic_core.service_catalog.price_levels.agreements import Wanted

	row = site.db.get_value("Clinic Service", service, "*", as_dict=True)
	return Wanted(row, named.pop("area", None), Decimal(list_price), **named)


def resolve(site, service, patient=None, branch=None, on=DAY, **named):
	from clinic_core.service_catalog.price_levels import agreements

	return agreements.resolve([ask(site, service, **named)], patient, branch, on)[0]


def test_a_second_contract_of_the_level_for_the_same_service_is_refused_by_name(catalog):
	service = catalog.service()
	first = catalog.contract({"service": service}, kind="VIP")
	with refused(f"{first.title}.*{first.name}.*Laser"):
		catalog.contract({"service": service}, kind="VIP", valid_from=END)
	catalog.contract(
		{"service": service}, kind="VIP", valid_from=END + datetime.timedelta(days=1), valid_to=None
	)
	catalog.contract({"service": service}, kind="VIP", is_active=0)


def test_the_clash_is_told_in_the_users_calendar(site, catalog):
	service = catalog.service()
	catalog.contract({"service": service}, kind="VIP")
	site.local.lang = "fa"
	try:
		with refused("۱۴۰۵/۰۱/۰۱.*۱۴۰۵/۱۲/۲۹"):
			catalog.contract({"service": service}, kind="VIP")
	finally:
		site.local.lang = "en"


def test_a_contract_made_active_or_longer_is_checked_again(catalog):
	service = catalog.service()
	catalog.contract({"service": service})
	later = catalog.contract({"service": service}, valid_from="2027-03-21", valid_to=None)
	later.valid_from = END
	with refused("Validity"):
		later.save()
	idle = catalog.contract({"service": service}, is_active=0)
	idle.is_active = 1
	with refused("Validity"):
		idle.save()


def test_another_insurer_or_branch_is_another_level(catalog):
	service = catalog.service()
	one, two = catalog.insurer(), catalog.insurer("Supplementary Insurer")
	catalog.contract({"service": service}, kind="Insurer", insurer=one)
	catalog.contract({"service": service}, kind="Insurer", insurer=two)
	catalog.contract({"service": service}, kind="Insurer", insurer=two, is_supplementary=1)
	own = catalog.contract({"service": service}, branch=catalog.branch)
	with refused(own.name):
		catalog.contract({"service": service})


@pytest.mark.parametrize(
	("fields", "match"),
	[
		({"valid_to": "2020-01-01"}, "Valid to"),
		({"kind": "Insurer"}, "Insurer or company"),
		({"kind": "Corporate", "insurer_percent": "۱۵۰"}, "."),
	],
)
def test_a_contract_that_cannot_be_right_is_refused(catalog, fields, match):
	if fields.get("kind") == "Corporate":
		fields = {**fields, "insurer": catalog.insurer("Company")}
		match = "Insurer percent"
	with refused(match):
		catalog.contract({"service": catalog.service()}, **fields)


def test_a_wrong_line_is_named_by_row_and_field(catalog):
	one, two = catalog.service(), catalog.service()
	with refused(r"Prices, row 2, % of list"):
		catalog.contract({"service": one}, {"service": two, "pricing_method": "Percent of List"})
	with refused(r"Prices, row 2, Service"):
		catalog.contract({"service": one}, {"service": one})
	with refused(r"Prices, row 1, Professional units"):
		catalog.contract(
			{"service": one, "pricing_method": "Relative Value"},
			k_values=[{"valid_from": START, "professional_k": 1}],
		)


def test_the_payer_must_fit_the_kind(catalog):
	service, company, base = catalog.service(), catalog.insurer("Company"), catalog.insurer()
	with refused("This is a company"):
		catalog.contract({"service": service}, kind="Insurer", insurer=company)
	with refused("no company"):
		catalog.contract({"service": service}, kind="Corporate", insurer=base)
	with refused("supplementary"):
		catalog.contract({"service": service}, kind="Insurer", insurer=base, is_supplementary=1)


def test_what_the_kind_has_no_use_for_is_emptied(catalog):
	contract = catalog.contract(
		{"service": catalog.service(), "amount": 5, "share_method": "Amount", "insurer_amount": 3},
		kind="VIP",
		insurer=catalog.insurer(),
		insurer_percent=70,
	)
	assert (contract.insurer, contract.insurer_percent) == (None, 0)
	assert (contract.items[0].amount, contract.items[0].insurer_amount) == (0, 0)


def test_an_insurer_with_contracts_stays_active_and_of_its_kind(site, catalog):
	insurer = catalog.insurer()
	contract = catalog.contract({"service": catalog.service()}, kind="Insurer", insurer=insurer)
	doc = site.get_doc("Clinic Insurer", insurer)
	doc.is_active = 0
	with refused(contract.title):
		doc.save()
	doc.reload()
	doc.kind = "Company"
	with refused("Kind"):
		doc.save()
	contract.update({"is_active": 0}).save()
	doc.reload()
	doc.is_active = 0
	doc.save()


def test_a_fixed_price_is_kept_by_date(site, catalog):
	service = catalog.service()
	contract = catalog.contract(
		{"service": service, "pricing_method": "Fixed Price", "amount": "۷۰۰٬۰۰۰"},
	)
	contract.items[0].amount = 800_000
	contract.save()
	contract.save()
	rows = site.get_all(
		"Clinic Service Price",
		filters={"contract": contract.name},
		fields=["amount", "previous_amount", "source"],
		order_by="creation asc, amount asc",
	)
	assert [(row.amount, row.source) for row in rows] == [(700_000, "Form"), (800_000, "Form")]
	assert rows[1].previous_amount == 700_000
	agreement = resolve(site, service, on=site.utils.getdate()).base
	assert (agreement.unit_price, agreement.method) == (800_000, "Fixed Price")


def test_an_insured_patient_gets_the_insurers_price_and_share(site, catalog):
	service = catalog.service(professional_units=2, technical_units=1)
	insurer, plus = catalog.insurer(), catalog.insurer("Supplementary Insurer")
	base = catalog.contract(
		{"service": service, "pricing_method": "Relative Value"},
		kind="Insurer",
		insurer=insurer,
		insurer_percent=70,
		insurer_ceiling=400_000,
		k_values=[
			{"valid_from": START, "professional_k": 200_000, "technical_k": 100_000},
			{"valid_from": "2026-12-01", "professional_k": 300_000, "technical_k": 100_000},
		],
	)
	second = catalog.contract({}, kind="Insurer", insurer=plus, is_supplementary=1, insurer_percent=50)
	patient = catalog.patient(
		{"kind": "Insurer", "insurer": plus, "is_supplementary": 1},
		{"kind": "Insurer", "insurer": insurer, "valid_to": "2026-12-31"},
	)
	found = resolve(site, service, patient)
	assert (found.base.contract, found.base.unit_price, found.reason) == (base.name, 500_000, "coverage")
	assert (found.base.share.percent, found.base.share.ceiling) == (70, 400_000)
	assert (found.supplementary.contract, found.supplementary.share.percent) == (second.name, 50)
	assert resolve(site, service, patient, on=datetime.date(2026, 12, 5)).base.unit_price == 700_000
	assert resolve(site, service, patient, on=datetime.date(2027, 1, 1)).base is None
	assert resolve(site, service).base is None


def test_a_branchs_contract_holds_in_its_branch_only(site, catalog):
	service = catalog.service()
	contract = catalog.contract(
		{"service": service, "pricing_method": "Percent of List", "percent_of_list": 80},
		kind="VIP",
		branch=catalog.branch,
	)
	patient = catalog.patient({"kind": "VIP"})
	assert resolve(site, service, patient, catalog.branch).base.unit_price == 800_000
	assert resolve(site, service, patient).base is None
	other = catalog.new_branch()
	with refused("another branch"):
		resolve(site, service, branch=other, contract=contract.name)


def test_a_named_contract_must_exist_and_apply(site, catalog):
	service = catalog.service()
	with refused("There is no contract"):
		resolve(site, service, contract="CON-NONE")
	elsewhere = catalog.contract({"service": catalog.service()}, kind="VIP")
	with refused("does not cover this service"):
		resolve(site, service, contract=elsewhere.name)
	with refused("not in force"):
		resolve(site, service, contract=elsewhere.name, on=datetime.date(2020, 1, 1))


def test_as_many_queries_for_two_hundred_services_as_for_one(site, catalog, count_queries):
	from clinic_core.service_catalog.price_levels import agreements

	services = [catalog.service(professional_units=1, amount=500_000 + n) for n in range(20)]
	insurer = catalog.insurer()
	catalog.contract(
		*[{"service": name, "pricing_method": "Fixed Price", "amount": 9} for name in services[:10]],
		*[{"service": name, "pricing_method": "Relative Value"} for name in services[10:]],
		kind="Insurer",
		insurer=insurer,
		insurer_percent=50,
		k_values=[{"valid_from": START, "professional_k": 5, "technical_k": 0}],
	)
	patient = catalog.patient({"kind": "Insurer", "insurer": insurer})
	one = [ask(site, services[0])]
	many = [ask(site, name) for name in services] * 10

	def queries(wanted, patient):
		with count_queries() as seen:
			found = agreements.resolve(wanted, patient, None, DAY)
		return len(seen), found

	few, _found = queries(one, patient)
	more, found = queries(many, patient)
	assert {agreement.base.unit_price for agreement in found} == {9, 5}
	assert (few, more) == (4, 5)  # contracts, items, coverages, prices; K only where it is used
	site.db.set_value("Clinic Service Contract", {"is_active": 1}, "is_active", 0, update_modified=False)
	assert queries(many, patient)[0] <= 2


def test_a_coverage_that_cannot_hold_is_refused_by_row(catalog):
	company = catalog.insurer("Company")
	with refused("Insurance and price levels, row 2, Insurer or company"):
		catalog.patient({"kind": "VIP"}, {"kind": "Insurer", "insurer": company})
	with refused("twice"):
		catalog.patient({"kind": "VIP"}, {"kind": "VIP", "insurer": company})
	with refused("Valid to"):
		catalog.patient({"kind": "VIP", "valid_from": "2026-05-02", "valid_to": "2026-05-01"})


def test_coverages_of_a_day_by_patient(site, catalog):
	from clinic_core.people import coverages

	insurer = catalog.insurer()
	first = catalog.patient({"kind": "VIP"}, {"kind": "Insurer", "insurer": insurer, "policy_no": "12"})
	second = catalog.patient({"kind": "VIP", "valid_to": "2026-01-01"})
	found = coverages.coverages_of([first, second], DAY)
	assert [row.kind for row in found[first]] == ["VIP", "Insurer"]
	assert found[first][1].policy_no == "12"
	assert second not in found
	assert coverages.shown(site.get_doc("Clinic Patient", first), DAY) == [
		"VIP",
		site.db.get_value("Clinic Insurer", insurer, "title"),
	]
