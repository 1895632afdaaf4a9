"""The whole way of a lead through the real scheduling: contact → patient → appointment → received."""

import pytest
from clinic_core.scheduling import booking
from clinic_crm.pipeline import api

from tests.integration.scheduling.conftest import build_world


@pytest.fixture
def world(site):
	return build_world(site)


@pytest.fixture
def booked(site, agent, run_as, world):
	"""A lead of the agent, converted and booked; (lead, answer of the booking)."""
	made = run_as(
		agent, api.create_lead, title="Laser", first_name="Sara", last_name="Ahmadi", mobile="09121234567",
		services=[world.laser], channel="WEBSITE",
	)  # fmt: skip
	run_as(agent, api.convert_to_patient, made["lead"])
	answer = run_as(
		agent, api.book_for_lead, lead=made["lead"], service=world.visit, practitioner=world.doctor,
		start=world.at("09:00"), branch=world.branch,
	)  # fmt: skip
	return site.get_doc("Clinic Lead", made["lead"]), answer


def test_booking_makes_an_opportunity_with_its_appointment(site, booked):
	lead, answer = booked
	assert (answer["status"], answer["lead_status"]) == ("Booked", "New Opportunity")
	assert lead.appointment == answer["appointment"]
	origin = site.db.get_value("Clinic Appointment", lead.appointment, ["origin_doctype", "origin_name"])
	assert origin == ("Clinic Lead", lead.name)


def test_receiving_closes_and_undoing_reopens(site, booked):
	lead, answer = booked
	booking.arrive(answer["appointment"])
	booking.admit(answer["appointment"])
	lead.reload()
	assert lead.status == "Closed Opportunity"
	booking.undo(answer["appointment"])
	lead.reload()
	assert lead.status == "New Opportunity"


def test_cancelling_plans_a_call_and_frees_the_lead_for_another_booking(site, booked, agent, run_as, world):
	lead, answer = booked
	booking.cancel(answer["appointment"], "Travels")
	details = run_as(agent, api.lead_details, lead.name)
	assert details["lead"]["status"] == "In Progress"
	assert details["lead"]["appointment"] is None and "book" in details["actions"]
	assert [row["cause"] for row in details["activities"]] == ["Cancelled"]
	again = run_as(
		agent, api.book_for_lead, lead=lead.name, service=world.visit, practitioner=world.doctor,
		start=world.at("10:00"), branch=world.branch,
	)  # fmt: skip
	lead.reload()
	assert (lead.status, lead.appointment) == ("New Opportunity", again["appointment"])
