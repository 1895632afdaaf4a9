"""Several visits on one fee, at the desk (F18)."""

import json

from clinic_core.service_catalog import quotes


def visit(world, **values):
	return world.service("Visit", 400_000, fee_visit_count=3, fee_valid_days=14, **values)


def line(world, received):
	return world.frappe.get_doc("Clinic Reception", received["reception"]).lines[0]


def test_the_second_and_third_visit_cost_nothing_the_fourth_does_again(site, world):
	patient, service = world.patient(), visit(world)
	shares = [world.receive(patient, service)["total"] for _turn in range(4)]
	assert shares == [400_000, 0, 0, 400_000]
	assert world.balance(patient).owes == 800_000


def test_the_quote_says_why_before_anybody_is_received(site, world):
	patient, service = world.patient(), visit(world)
	world.receive(patient, service)
	quote = quotes.quote_for(service, patient)
	assert (quote["patient_share"], quote["fee_covered"]) == (0, 1)
	[shown] = quote["lines"]
	assert shown["label"] == "Paid already" and "visit 2 of 3" in shown["why"] and "400,000" in shown["why"]
	assert quotes.quote_for(service)["patient_share"] == 400_000
	# Two at once: only as many as are left.
	both = quotes.quotes_for([{"service": service}] * 3, patient)
	assert [one["fee_covered"] for one in both] == [1, 1, 0]


def test_a_bill_at_the_list_price_or_for_later_is_not_covered(site, world):
	patient, service = world.patient(), visit(world)
	world.receive(patient, service)
	dear = world.receive(patient, {"service": service, "contract_choice": "List Price"})
	assert dear["total"] == 400_000
	later = world.receive(patient, {"service": service, "action": "Sell for Later"})
	assert later["total"] == 400_000 and not line(world, later).is_fee_covered


def test_a_cancelled_bill_covers_nothing_and_after_the_days_it_is_paid_again(site, world):
	from clinic_reception.front_desk import api

	patient, service = world.patient(), visit(world)
	first = world.receive(patient, service)
	api.cancel_reception(first["reception"], "mistake")
	again = world.receive(patient, service)
	assert again["total"] == 400_000
	assert world.receive(patient, service)["total"] == 0
	old = site.utils.add_days(site.utils.now_datetime(), -15)
	site.db.set_value("Clinic Reception", again["reception"], "posted_at", old)
	assert quotes.quote_for(service, patient)["fee_covered"] == 0


def test_the_bill_keeps_the_explanation(site, world):
	patient, service = world.patient(), visit(world)
	world.receive(patient, service)
	row = line(world, world.receive(patient, service))
	assert row.is_fee_covered and json.loads(row.explanation)[0]["code"] == "fee_covered"


def test_two_visits_need_days(site, world):
	import pytest
	from clinic_core.foundation.errors import InvalidInputError

	with pytest.raises(InvalidInputError, match="Within"):
		world.service("Visit", 1, fee_visit_count=2)
	assert (
		site.db.get_value("Clinic Service", world.service("V", 1, fee_visit_count=1), "fee_visit_count") == 0
	)
