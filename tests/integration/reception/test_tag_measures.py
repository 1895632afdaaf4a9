"""What the front office adds to tag rules: spending, debt, visits, services (D46)."""

import pytest


@pytest.fixture
def value(site):
	from clinic_core.people.tags import measures
	from clinic_core.people.tags.rules import Column

	def ask(patient, measure, **narrow):
		registry = measures.registry()
		asked = measures.Asked("", "zzzz")
		values, default = measures.read(Column(measure, **narrow), registry[measure], asked, {})
		return values.get(patient, default)

	return ask


def test_money_and_visits_of_a_patient(world, value):
	patient = world.patient()
	assert (value(patient, "spend"), value(patient, "has_debt"), value(patient, "visit_count")) == (0, 0, 0)
	assert value(patient, "last_visit_days") is None
	world.receive(patient, world.visit_service)
	assert value(patient, "spend") == value(patient, "debt") == 500_000
	assert value(patient, "has_debt") > 0
	assert value(patient, "spend", days=30, service=world.visit_service) == 500_000
	assert value(patient, "spend", service=world.course) == 0
	assert value(patient, "spend", department=world.department) == 500_000
	assert (value(patient, "visit_count"), value(patient, "last_visit_days")) == (1, 0)
	assert value(patient, "services_received", service=world.visit_service) == 1
	assert value(patient, "services_received", service=world.course) == 0
