"""Who came without an appointment is recalled all the same, and a bill closes a recall (A90)."""

import datetime

import pytest
from clinic_core.scheduling.recalls import candidates, generate


@pytest.fixture
def rule(site, world):
	values = {"trigger": "After Last Visit", "after_days": 30, "max_reminders": 1}
	return world._master("Clinic Recall Rule", service=world.visit_service, **values)


def recalls(site, world):
	fields = ["name", "patient", "status", "outcome", "base_on"]
	return site.get_all("Clinic Recall", {"service": world.visit_service}, fields, order_by="name asc")


def make_all(rule):
	return sum(generate.run_rule(one) for one in candidates.rules() if one.name == rule)


def test_a_walk_in_is_recalled_and_the_next_bill_closes_it(site, world, rule):
	patient, other = world.patient(), world.patient()
	day = site.utils.getdate() - datetime.timedelta(days=40)
	for who, when in ((patient, day), (other, site.utils.getdate())):
		made = world.receive(who, world.visit_service)
		site.db.set_value("Clinic Reception", made["reception"], "posted_at", f"{when} 10:00:00")
	assert make_all(rule) == 1
	[one] = recalls(site, world)
	assert (one.patient, one.base_on, one.status) == (patient, day, "Due")
	world.receive(patient, world.injection)
	assert recalls(site, world)[0].status == "Due"
	world.receive(patient, world.visit_service)
	assert [(row.status, row.outcome) for row in recalls(site, world)] == [("Done", "Came")]
	assert make_all(rule) == 0


def test_what_was_sold_for_later_is_no_visit(site, world, rule):
	made = world.receive(world.patient(), {"service": world.course, "action": "Sell for Later"})
	day = site.utils.getdate() - datetime.timedelta(days=40)
	site.db.set_value("Clinic Reception", made["reception"], "posted_at", f"{day} 10:00:00")
	answer = site.get_attr("clinic_reception.front_desk.performed.clinic_performed_services")
	span = {"first": str(day), "last": str(site.utils.getdate())}
	assert answer(world.course, **span) == []
