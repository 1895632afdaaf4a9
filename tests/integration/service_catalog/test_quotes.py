"""Quotes of real services: contracts, areas, days, entities, touch-ups, and many lines at once."""

import json
from decimal import Decimal

import pytest

CONTRACT = "Clinic Service Contract"
HALF = {"pricing_method": "Percent of List", "percent_of_list": 50}


def refused(match):
	from clinic_core.foundation.errors import InvalidInputError

	return pytest.raises(InvalidInputError, match=match)


@pytest.fixture
def insurer(site):
	def make(title, kind="Basic Insurer"):
		return site.get_doc({"doctype": "Clinic Insurer", "title": title, "kind": kind}).insert()

	return make


@pytest.fixture
def make_contract(site):
	def make(title, insurer, department, **fields):
		item = {"applies_to": "Department", "department": department.name, "pricing_method": "List Price"}
		return site.get_doc(
			{
				"doctype": CONTRACT,
				"title": title,
				"kind": "Insurer",
				"insurer": insurer and insurer.name,
				"valid_from": "2026-03-21",
				"insurer_percent": 70,
				"items": [{**item, **fields.pop("item", {})}],
				**fields,
			}
		).insert()

	return make


@pytest.fixture
def quote(site):
	from clinic_core.service_catalog import api

	def ask(service, **asked):
		return api.get_quote(service.name, **asked)

	return ask


def add_days(site, days):
	return site.utils.getdate(site.utils.add_days(None, days))


def schedule(site, service, amount, day, area=None):
	from clinic_core.service_catalog.dated_prices import prices

	change = prices.PriceChange(service.name, area, None, Decimal(amount), None, day)
	prices.record([change], "Price Update")


def adds_up(found):
	tax = 0 if found["tax_included"] else found["tax"]
	paid = found["list_total"] + found["contract_adjustment"] - found["discount"] + tax + found["rounding"]
	shown = sum(line["amount"] for line in found["lines"] if not line["is_information"])
	assert paid == found["total"] == found["insurer_share"] + found["patient_share"]
	assert shown == found["patient_share"]


def test_base_and_supplementary_insurer_in_full(insurer, make_contract, make_service, department, quote):
	tamin, dana = insurer("Tamin"), insurer("Dana", "Supplementary Insurer")
	percent = {"pricing_method": "Percent of List", "percent_of_list": 80}
	base = make_contract("Tamin 1405", tamin, department, item=percent)
	extra = make_contract(
		"Dana 1405", dana, department, is_supplementary=1, insurer_percent=50, insurer_ceiling=200_000
	)
	service = make_service(has_insurance=1, tax_percent=10, deduction_percent=5)
	found = quote(service, contract=base.name, supplementary_contract=extra.name, discount_percent=25)
	assert (found["list_price"], found["unit_price"], found["contract_adjustment"]) == (
		2_000_000,
		1_600_000,
		-400_000,
	)
	assert found["insurer_shares"] == [
		{
			"contract": base.name,
			"insurer": tamin.name,
			"insurer_title": "Tamin",
			"kind": "base",
			"amount": 1_120_000,
		},
		{
			"contract": extra.name,
			"insurer": dana.name,
			"insurer_title": "Dana",
			"kind": "supplementary",
			"amount": 200_000,
		},
	]
	assert (found["contract"], found["contract_title"]) == (base.name, "Tamin 1405")
	assert found["supplementary_contract"] == extra.name
	assert (found["discount"], found["tax"], found["patient_share"]) == (70_000, 153_000, 363_000)
	assert (found["deduction"], found["performance_base"]) == (76_500, 1_453_500)
	adds_up(found)
	whys = {line["code"]: line["why"].replace("\u2068", "").replace("\u2069", "") for line in found["lines"]}
	assert whys == {
		"list_price": "1 × 2,000,000",
		"contract_price": "Tamin 1405: 80% of 2,000,000",
		"insurer_share": "Tamin 1405: 70% of 1,600,000",
		"supplementary_share": "Dana 1405: 50% of 480,000, at most 200,000",
		"discount": "25% of 280,000",
		"tax": "10% of 1,530,000",
		"deduction": "5% of 1,530,000",
		"performance_base": "1,530,000 − 76,500",
	}


def test_relative_value_says_its_units_and_k(insurer, make_contract, make_service, department, quote):
	item = {"pricing_method": "Relative Value"}
	k = [{"valid_from": "2026-03-21", "professional_k": 300_000, "technical_k": 200_000}]
	contract = make_contract("Tamin", insurer("Tamin"), department, item=item, k_values=k)
	service = make_service(has_insurance=1, professional_units=4, technical_units=1.5, is_countable=1)
	found = quote(service, contract=contract.name, quantity=2)
	assert found["unit_price"] == 1_500_000
	[line] = [line for line in found["lines"] if line["code"] == "contract_price"]
	assert "(4 professional × 300,000 + 1.5 technical × 200,000) × 2" in line["why"]
	assert line["params"]["k_from"] == "2026-03-21"
	adds_up(found)


def test_the_list_price_can_be_asked_for(make_contract, make_service, department):
	from clinic_core.service_catalog import quotes

	contract = make_contract("Everybody", None, department, kind="Normal", item=HALF)
	service = make_service()
	by_order, by_list = quotes.quotes_for(
		[{"service": service.name}, {"service": service.name, "at_list_price": 1}]
	)
	assert (by_order["contract"], by_order["total"]) == (contract.name, 1_000_000)
	assert [note["code"] for note in by_order["notes"]] == ["by_normal_contract"]
	assert (by_list["contract"], by_list["total"]) == (None, 2_000_000)


def test_a_fixed_amount_explains_the_discount_it_does_not_give(make_service, quote):
	from clinic_core.service_catalog import quotes

	service = make_service(is_fixed_amount=1)
	found = quote(service, discount_percent=10)
	assert (found["discount"], found["patient_share"]) == (0, 2_000_000)
	assert [note["code"] for note in found["notes"]] == ["fixed_amount"]
	assert quotes.is_discount_ignored(found)
	assert not quotes.is_discount_ignored(quote(service))


# Days


def test_the_price_of_the_day_counts_not_the_stored_one(site, make_service, quote):
	service = make_service()
	schedule(site, service, 3_000_000, add_days(site, 2))
	assert quote(service)["list_price"] == 2_000_000
	assert quote(service, on=str(add_days(site, 1)))["list_price"] == 2_000_000
	assert quote(service, on=str(add_days(site, 2)))["list_price"] == 3_000_000


def test_a_service_without_dated_prices_costs_what_it_says(make_service, quote):
	from clinic_core.service_catalog.dated_prices import prices

	service = make_service()
	prices.forget(service=service.name)
	assert quote(service)["list_price"] == 2_000_000


def test_an_inactive_service_has_prices_of_past_days_only(site, make_service, quote):
	service = make_service(status="Inactive")
	past = quote(service, on=str(add_days(site, -1)))
	assert (past["total"], [note["code"] for note in past["notes"]]) == (2_000_000, ["inactive"])
	with refused("inactive"):
		quote(service)


# Areas


@pytest.fixture
def by_area(make_service):
	areas = [{"title": "Face", "amount": 500_000}, {"title": "Leg", "amount": 900_000, "is_active": 0}]
	return make_service(amount=0, areas=areas)


def test_an_area_has_its_own_price(by_area, quote):
	face = by_area.areas[0].code
	found = quote(by_area, area=face)
	assert (found["area"], found["area_title"], found["total"]) == (face, "Face", 500_000)


def test_a_service_sold_by_area_needs_one(by_area, quote):
	with refused("Body area.*Face"):
		quote(by_area)
	by_area.amount = 100_000
	by_area.save()
	assert quote(by_area)["total"] == 100_000


def test_areas_that_are_not_offered_are_refused(site, by_area, make_service, quote):
	with refused("There is no body area elbow"):
		quote(by_area, area="elbow")
	with refused("Leg.*not offered"):
		quote(by_area, area=by_area.areas[1].code)
	assert quote(by_area, area=by_area.areas[1].code, on=str(add_days(site, -1)))["total"] == 900_000
	with refused("no body areas"):
		quote(make_service(), area="face")


# Whose money it is


def test_the_entity_is_the_practitioners_then_the_branchs_then_the_default(site, make_service, quote):
	def entity(title):
		return site.get_doc({"doctype": "Clinic Legal Entity", "title": title}).insert().name

	default, of_branch, own = entity("Default"), entity("Branch"), entity("Own")
	site.db.set_single_value("Clinic Settings", "default_legal_entity", default)
	site.clear_document_cache("Clinic Settings", "Clinic Settings")
	values = {"doctype": "Clinic Branch", "title": f"B {site.generate_hash(length=5)}"}
	branch, bare = (site.get_doc({**values, "title": values["title"] + n}).insert() for n in "12")
	branch.legal_entity = of_branch
	branch.save()
	person = {"doctype": "Clinic Practitioner", "practitioner_name": "X", "kind": "Doctor"}
	doctor = site.get_doc({**person, "legal_entity": own}).insert().name
	helper = site.get_doc(person).insert().name
	service = make_service()
	asked = [
		{},
		{"branch": bare.name},
		{"branch": branch.name},
		{"branch": branch.name, "practitioner": helper},
	]
	found = [quote(service, **one)["legal_entity"] for one in [*asked, {"practitioner": doctor}]]
	assert found == [default, default, of_branch, of_branch, own]
	with refused("There is no practitioner"):
		quote(service, practitioner="nobody")
	with refused("There is no branch"):
		quote(service, branch="nowhere")


# Free touch-ups


@pytest.fixture
def performed(site, monkeypatch):
	"""`performed(service, days ago, area)`: what the app that knows the past answers."""
	from clinic_core.service_catalog.quoting import touch_ups

	known = []
	monkeypatch.setattr(touch_ups, "told", lambda patient, services: known, raising=False)
	hooks = site.get_hooks
	ours = {touch_ups.HOOK: ["clinic_core.service_catalog.quoting.touch_ups.told"]}
	monkeypatch.setattr(
		site, "get_hooks", lambda *args, **kw: ours.get(args[0] if args else None) or hooks(*args, **kw)
	)
	return lambda service, days, area=None: known.append(
		[service.name, area or "", str(add_days(site, -days))]
	)


@pytest.fixture
def patient(site):
	source = {"doctype": "Clinic Referral Source", "title": f"Friends {site.generate_hash(length=6)}"}
	source = site.get_doc(source).insert().name
	values = {
		"doctype": "Clinic Patient",
		"first_name": "Sara",
		"last_name": "Ahmadi",
		"referral_source": source,
	}
	return site.get_doc({**values, "phones": [{"phone": "09121234567", "is_primary": 1}]}).insert().name


@pytest.mark.parametrize(("days", "is_free"), [(0, True), (14, True), (15, False)])
def test_a_touch_up_is_free_within_the_days(site, make_service, performed, patient, quote, days, is_free):
	service = make_service(touch_up_days=14)
	performed(service, days)
	found = quote(service, patient=patient)
	assert found["touch_up_until"] == (str(add_days(site, 14 - days)) if is_free else None)
	assert ("touch_up_possible" in [note["code"] for note in found["notes"]]) == is_free
	assert found["total"] == 2_000_000
	if not is_free:
		with refused("Free touch-up"):
			quote(service, patient=patient, touch_up=1)
		return
	free = quote(service, patient=patient, touch_up=1)
	assert (free["total"], free["list_total"], free["contract"], free["insurer_shares"]) == (0, 0, None, [])
	assert [line["code"] for line in free["lines"]] == ["touch_up"]
	assert free["lines"][0]["why"] == "instead of 1 × 2,000,000"


def test_a_touch_up_is_of_the_same_area_and_of_a_service_that_has_them(
	make_service, performed, patient, quote
):
	service = make_service(
		touch_up_days=14, areas=[{"title": "Face", "amount": 5}, {"title": "Leg", "amount": 5}]
	)
	face, leg = (row.code for row in service.areas)
	performed(service, 3, face)
	performed(service, 10, face)
	assert quote(service, patient=patient, area=face)["touch_up_until"]
	assert not quote(service, patient=patient, area=leg)["touch_up_until"]
	assert not quote(service, area=face)["touch_up_until"]
	without = make_service()
	performed(without, 1)
	assert not quote(without, patient=patient)["touch_up_until"]


# Many lines


def test_many_lines_keep_their_order_and_are_priced_alike(make_service, quote):
	from clinic_core.service_catalog import api

	one, other = make_service(amount=100, is_countable=1), make_service(amount=70)
	lines = [{"service": other.name}, {"service": one.name, "quantity": "۳", "discount_percent": 10}]
	found = api.get_quotes(json.dumps(lines))
	assert [(row["service"], row["total"]) for row in found] == [(other.name, 70), (one.name, 270)]
	assert found[1] == quote(one, quantity=3, discount_percent=10)
	assert api.get_quotes(lines) == found
	assert api.get_quotes([]) == []


@pytest.mark.parametrize(
	("line", "match"),
	[
		({"quantity": 0}, "Line 2, Quantity"),
		({"quantity": "two"}, "Line 2, Quantity"),
		({"quantity": 1.5}, "Line 2, Quantity"),
		({"discount_amount": 2_000_001}, "Line 2, Discount amount.*2,000,000"),
		({"discount_amount": 1, "discount_percent": 1}, "Line 2, Discount amount.*not both"),
		({"discount_percent": 101}, "Line 2, Discount percent"),
		({"area": "face"}, "Line 2, Body area"),
		({"area": {"a": 1}}, "Line 2, Body area"),
		({"service": ""}, "Line 2, Service"),
		({"contract": "none such"}, "Contract"),
		({"practitioner": "nobody"}, "Practitioner"),
	],
)
def test_one_line_that_has_no_price_is_named(make_service, line, match):
	from clinic_core.service_catalog import api

	service = make_service()
	with refused(match):
		api.get_quotes([{"service": service.name}, {"service": service.name, **line}])


def test_more_than_a_thousand_lines_and_what_is_no_line_are_refused(make_service):
	from clinic_core.service_catalog import api

	with refused("Lines"):
		api.get_quotes([{"service": "x"}] * 1001)
	with refused("Lines"):
		api.get_quotes(["x"])
	with refused("Lines"):
		api.get_quotes("{}")


def test_two_hundred_lines_take_no_more_queries_than_one(
	site, insurer, make_contract, make_service, department, patient, count_queries
):
	from clinic_core.service_catalog import api

	contract = make_contract("Tamin", insurer("Tamin"), department)
	areas = [{"title": "Face", "amount": 500_000}]
	services = [make_service(has_insurance=1, touch_up_days=5, areas=areas) for _ in range(4)]
	lines = [{"service": one.name, "contract": contract.name} for one in services * 50]
	lines[1]["area"] = services[1].areas[0].code
	api.get_quotes(lines[:1], patient=patient)
	with count_queries() as few:
		api.get_quotes(lines[:1], patient=patient)
	with count_queries() as many:
		assert len(api.get_quotes(lines, patient=patient)) == 200
	assert len(many) == len(few)


def test_a_stranger_gets_no_quotes_and_nobody_learns_of_hidden_services(site, make_service, user_with):
	from clinic_core.service_catalog import api

	shown, hidden = make_service(), make_service()
	site.set_user(user_with())
	with pytest.raises(site.PermissionError):
		api.get_quotes([{"service": shown.name}])
	site.set_user("Administrator")
	user = user_with("Clinic Receptionist")
	site.get_doc(
		{"doctype": "User Permission", "user": user, "allow": "Clinic Service", "for_value": shown.name}
	).insert()
	site.set_user(user)
	assert api.get_quotes([{"service": shown.name}])[0]["total"] == 2_000_000
	for ask in (lambda: api.get_quotes([{"service": hidden.name}]), lambda: api.get_quote(hidden.name)):
		with pytest.raises(site.PermissionError):
			ask()


# The preview of what is being typed


@pytest.fixture
def preview(site):
	from clinic_core.service_catalog import api

	def ask(values, on=None, **line):
		return api.preview_quote(json.dumps(values, default=str), json.dumps(line), on=on and str(on))

	return ask


def values_of(service, **changes):
	values = {**service.as_dict(), **changes}
	values["areas"] = [row.as_dict() for row in service.areas]
	return values


def test_what_is_typed_is_priced_before_it_is_saved(make_service, preview, quote):
	service = make_service()
	typed = values_of(service, amount="۲٬۵۰۰٬۰۰۰", tax_percent=10, is_countable=1)
	found = preview(typed, quantity=2, discount_percent=10)
	assert (found["list_total"], found["discount"], found["tax"]) == (5_000_000, 500_000, 450_000)
	assert quote(service)["total"] == 2_000_000


def test_a_service_that_was_never_saved_has_a_price_too(preview):
	areas = [{"name": "new-1", "title": "Face", "amount": 300_000, "is_active": 1}]
	values = {"name": "new-clinic-service-1", "amount": 0, "areas": areas}
	assert preview(values, area="new-1")["total"] == 300_000
	with refused("Body area.*Face"):
		preview(values)


def test_typing_changes_neither_the_past_nor_what_is_scheduled(site, make_service, preview):
	service = make_service()
	schedule(site, service, 9_000_000, add_days(site, 5))
	typed = values_of(service, amount=3_000_000)
	days = [add_days(site, n) for n in (-1, 0, 4, 5)]
	assert [preview(typed, on=day)["list_price"] for day in days] == [
		2_000_000,
		3_000_000,
		3_000_000,
		9_000_000,
	]


@pytest.mark.parametrize(
	("typed", "label"),
	[({"amount": -1}, "Amount"), ({"tax_percent": 101}, "Tax percent"), ({"amount": "x"}, "Amount")],
)
def test_what_cannot_be_is_refused_by_field(make_service, preview, typed, label):
	with refused(label):
		preview(values_of(make_service(), **typed))


def test_the_preview_is_for_those_who_may_change_services(site, make_service, preview, user_with):
	service = make_service()
	site.set_user(user_with("Clinic Receptionist"))
	with pytest.raises(site.PermissionError):
		preview(values_of(service))
	site.set_user(user_with("Clinic Manager"))
	assert preview(values_of(service))["total"] == 2_000_000


def test_amounts_in_reasons_are_in_the_unit_people_see(site, make_service, quote):
	settings = site.get_doc("Clinic Settings")
	settings.type_in_display_unit = 1
	settings.set("money_units", [{"valid_from": "2020-01-01", "label": "Toman", "factor": 10, "decimals": 0}])
	settings.save()
	site.clear_document_cache("Clinic Settings", "Clinic Settings")
	found = quote(make_service())
	assert found["lines"][0]["why"] == "1 × 200,000"
	assert found["list_total"] == 2_000_000
