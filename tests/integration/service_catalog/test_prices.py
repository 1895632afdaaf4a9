"""Dated prices: what holds on a day, who wrote it, and that nobody else does (A50, A87)."""

import datetime
from decimal import Decimal

import pytest

D = datetime.date


@pytest.fixture
def service(make_service):
	return make_service(amount=1_000_000)


@pytest.fixture
def today(site):
	return site.utils.getdate()


def change(service, amount, valid_from, area=None, contract=None, previous=None):
	from clinic_core.service_catalog.dated_prices.prices import PriceChange

	return PriceChange(service.name, area, contract, Decimal(amount), previous, valid_from)


def rows(site, service, **filters):
	return site.get_all(
		"Clinic Service Price",
		filters={"service": service.name, **filters},
		fields=["area", "contract", "amount", "previous_amount", "valid_from", "source", "owner", "idx"],
		order_by="valid_from asc, creation asc, idx asc",
	)


def on(service, day, area=None, contract=None):
	from clinic_core.service_catalog.dated_prices import prices

	key = (service.name, area, contract)
	return prices.amounts_on([key], day).get(key)


def add_days(site, days):
	return site.utils.getdate(site.utils.add_days(None, days))


def test_a_new_service_opens_its_history(site, service, today):
	[row] = rows(site, service)
	assert (row.amount, row.previous_amount, row.valid_from) == (1_000_000, 0, today)
	assert (row.source, row.owner) == ("Opening", "Administrator")


def test_each_change_is_kept_with_what_it_was(site, service, today):
	service.amount = "۱٬۲۰۰٬۰۰۰"
	service.save()
	service.service_name = "Another name"
	service.save()
	_opening, changed = rows(site, service)
	assert (changed.amount, changed.previous_amount) == (1_200_000, 1_000_000)
	assert (changed.source, changed.valid_from) == ("Form", today)
	assert on(service, today) == 1_200_000


def test_an_import_is_named_as_what_it_is(site, service, monkeypatch):
	monkeypatch.setattr(site.flags, "in_import", True)
	service.amount = 5
	service.save()
	assert rows(site, service)[-1].source == "Import"


def test_who_saves_may_say_where_the_price_comes_from(site, service):
	service.amount = 5
	service.flags.price_source = "Suggestion"
	service.save()
	assert rows(site, service)[-1].source == "Suggestion"


def test_areas_have_prices_of_their_own(site, make_service, today):
	service = make_service(
		amount=0, areas=[{"title": "Face", "amount": 500_000}, {"title": "Arm", "amount": 300_000}]
	)
	face, arm = (row.code for row in service.areas)
	service.areas[0].amount = 600_000
	service.append("areas", {"title": "Leg", "amount": 900_000})
	service.save()
	leg = service.areas[2].code
	assert service.areas[2].is_active
	assert [on(service, today, area) for area in (None, face, arm, leg)] == [0, 600_000, 300_000, 900_000]
	sources = {row.area: row.source for row in rows(site, service)}
	assert sources == {None: "Opening", face: "Form", arm: "Opening", leg: "Opening"}


def test_the_latest_begun_holds_and_of_one_day_the_one_entered_last(site, service, today):
	from clinic_core.service_catalog.dated_prices import prices

	soon, later = add_days(site, 1), add_days(site, 30)
	prices.record([change(service, 3, later), change(service, 2, soon)], "Price Update")
	prices.record([change(service, 5, soon)], "Form")
	assert [on(service, day) for day in (today, soon, add_days(site, 29), later)] == [1_000_000, 5, 5, 3]
	assert on(service, D(2001, 1, 1)) == 1_000_000  # none had begun: the earliest


def test_two_prices_of_one_batch_keep_their_order(site, service, today):
	from clinic_core.service_catalog.dated_prices import prices

	prices.record([change(service, 2, today), change(service, 3, today)], "Price Update")
	assert on(service, today) == 3


def test_contract_prices_stand_apart(site, service, today):
	from clinic_core.service_catalog.dated_prices import prices

	prices.record([change(service, 700_000, D(2020, 1, 1), contract="CON-X")], "Form")
	assert on(service, today, contract="CON-X") == 700_000
	assert on(service, today) == 1_000_000
	assert on(service, today, contract="CON-Y") is None


def test_keys_are_given_back_as_they_were_asked(site, service, today):
	from clinic_core.service_catalog.dated_prices import prices

	asked = [(service.name, "", ""), (service.name, None, None), ("unknown", None, None)]
	assert set(prices.amounts_on(asked, today)) == set(asked[:2])
	assert prices.amounts_on([], today) == {}


def test_a_service_without_history_gets_its_old_price_as_opening(site, service, today):
	"""Scheduling the first price of an old service does not change what it costs until then."""
	from clinic_core.service_catalog.dated_prices import prices

	prices.forget(service=service.name)
	assert on(service, today) is None
	tomorrow = add_days(site, 1)
	prices.record([change(service, 2_000_000, tomorrow, previous=Decimal(1_000_000))], "Price Update")
	assert (on(service, today), on(service, tomorrow)) == (1_000_000, 2_000_000)
	assert [row.source for row in rows(site, service)] == ["Opening", "Price Update"]


def test_the_patch_opens_the_history_of_old_services_once(site, service, today):
	from clinic_core.patches import open_price_history
	from clinic_core.service_catalog.dated_prices import prices

	prices.forget(service=service.name)
	open_price_history.execute()
	open_price_history.execute()
	[row] = rows(site, service)
	assert (row.amount, row.source) == (1_000_000, "Opening")


@pytest.mark.parametrize("door", ["insert", "save", "delete", "rename"])
def test_nobody_else_writes_prices(site, service, door):
	from clinic_core.foundation.errors import AppendOnlyError

	name = site.get_all("Clinic Service Price", {"service": service.name}, pluck="name")[0]
	doc = site.get_doc("Clinic Service Price", name)
	with pytest.raises(AppendOnlyError):
		if door == "insert":
			site.get_doc(
				{
					"doctype": "Clinic Service Price",
					"service": service.name,
					"amount": 1,
					"valid_from": "2026-01-01",
				}
			).insert()
		elif door == "save":
			doc.amount = 1
			doc.save()
		elif door == "delete":
			site.delete_doc("Clinic Service Price", name)
		else:
			site.rename_doc("Clinic Service Price", name, "other")
	assert rows(site, service)[0].amount == 1_000_000


def test_a_deleted_service_takes_its_prices_along(site, make_service):
	"""Another service of the same code must not begin with them."""
	service = make_service(code="GONE-1", amount=5)
	site.delete_doc("Clinic Service", service.name)
	assert not rows(site, service)


# Today's prices in the stored amounts


def begun_yesterday(site, service, amount, **fields):
	from clinic_core.service_catalog.dated_prices import prices

	prices.record([change(service, amount, add_days(site, 1), **fields)], "Price Update")
	table = site.qb.DocType("Clinic Service Price")
	site.qb.update(table).set(table.valid_from, add_days(site, -1)).where(
		(table.service == service.name) & (table.valid_from > site.utils.getdate())
	).run()
	site.qb.update(table).set(table.valid_from, D(2020, 1, 1)).where(
		(table.service == service.name) & (table.source == "Opening")
	).run()


def test_the_night_stores_what_has_begun_and_nothing_else(site, service, make_service):
	from clinic_core.service_catalog.dated_prices import prices, stored_prices

	other = make_service(amount=7)
	begun_yesterday(site, service, 1_500_000)
	prices.record([change(other, 9, add_days(site, 1))], "Price Update")
	assert stored_prices.follow() == 1
	assert stored_prices.follow() == 0
	assert site.db.get_value("Clinic Service", service.name, "amount") == 1_500_000
	assert site.db.get_value("Clinic Service", other.name, "amount") == 7


def test_the_night_goes_on_until_nothing_is_left(site, make_service, monkeypatch):
	from clinic_core.service_catalog.dated_prices import stored_prices

	services = [make_service() for _ in range(3)]
	for service in services:
		begun_yesterday(site, service, 42)
	follow = stored_prices.follow
	monkeypatch.setattr(stored_prices, "follow", lambda: follow(limit=1))
	stored_prices.run_night()
	assert {site.db.get_value("Clinic Service", one.name, "amount") for one in services} == {42}


def test_areas_follow_too_and_only_of_services_asked_for(site, make_service):
	from clinic_core.service_catalog.dated_prices import stored_prices

	service, other = (make_service(areas=[{"title": "Face", "amount": 500_000}]) for _ in range(2))
	for one in (service, other):
		begun_yesterday(site, one, 650_000, area=one.areas[0].code)
	assert stored_prices.follow([service.name]) == 1
	assert [
		site.db.get_value("Clinic Service Area", one.areas[0].name, "amount") for one in (service, other)
	] == [
		650_000,
		500_000,
	]


def test_a_form_that_was_open_over_night_does_not_bring_the_old_price_back(site, service):
	from clinic_core.service_catalog.dated_prices import stored_prices

	open_form = site.get_doc("Clinic Service", service.name)
	begun_yesterday(site, service, 1_500_000)
	stored_prices.follow()
	open_form.service_name = "Typed meanwhile"
	with pytest.raises(site.TimestampMismatchError):
		open_form.save()


def test_the_history_says_who_when_and_from_when(site, service, today):
	from clinic_core.service_catalog import api
	from clinic_core.service_catalog.dated_prices import prices

	service.amount = 1_100_000
	service.save()
	prices.record([change(service, 1_300_000, add_days(site, 7))], "Price Update")
	found = api.price_history(service.name)
	scheduled, current, opening = found["rows"]
	assert (scheduled["is_scheduled"], scheduled["is_current"]) == (True, False)
	assert (current["is_scheduled"], current["is_current"]) == (False, True)
	assert (opening["is_current"], opening["source"], found["has_more"]) == (False, "Opening", False)
	assert current["by"] == "Administrator"
	assert (current["amount"], current["previous_amount"], current["valid_from"]) == (
		1_100_000,
		1_000_000,
		today,
	)


def test_a_long_history_is_cut_and_says_so(site, service):
	from clinic_core.service_catalog.dated_prices import price_history, prices

	prices.record([change(service, n, add_days(site, n)) for n in range(1, 6)], "Price Update")
	found = price_history.of_service(service.name, limit=3)
	assert (len(found["rows"]), found["has_more"]) == (3, True)


def test_the_history_is_for_those_who_may_see_prices(site, service, user_with):
	from clinic_core.service_catalog import api

	site.set_user(user_with("Clinic Receptionist"))
	with pytest.raises(site.PermissionError):
		api.price_history(service.name)


def test_many_keys_take_one_query(site, make_service, today, count_queries):
	from clinic_core.service_catalog.dated_prices import prices

	services = [make_service() for _ in range(6)]
	with count_queries() as few:
		prices.amounts_on([(services[0].name, None, None)], today)
	with count_queries() as many:
		found = prices.amounts_on([(one.name, None, None) for one in services], today)
	assert (len(few), len(many), len(found)) == (1, 1, 6)
