"""Appointments and visits move leads; handlers run twice without harm and never block a booking."""

import pytest
from clinic_core.foundation import events
from clinic_crm.pipeline import jobs
from frappe.utils import add_days, now_datetime, nowdate


@pytest.fixture
def patient(make_patient):
	return make_patient().name


@pytest.fixture
def lead(make_lead, patient):
	return make_lead(patient=patient, person_type="Patient")


def _visit(patient, visit="V1", old=None, new="Waiting", appointment=None):
	event = {"visit": visit, "old": old, "new": new, "patient": patient, "appointment": appointment}
	events.emit("clinic_on_visit_status", events=[event])


def test_booked_from_the_lead_received_and_undone(lead, patient, make_appointment, tell):
	origin = {"origin_doctype": "Clinic Lead", "origin_name": lead.name}
	appointment = make_appointment(patient, status="Held", **origin)
	tell(appointment, "Booked", **origin)
	lead.reload()
	assert (lead.status, lead.appointment) == ("New Opportunity", appointment)
	tell(appointment, "Admitted", **origin)
	lead.reload()
	assert lead.status == "Closed Opportunity" and lead.closed_at
	tell(appointment, "Arrived", **origin)
	lead.reload()
	assert lead.status == "New Opportunity" and not lead.closed_at


def test_booked_at_the_front_desk_finds_the_patients_open_lead(lead, patient, make_appointment, tell):
	appointment = make_appointment(patient)
	tell(appointment, "Booked")
	lead.reload()
	assert (lead.status, lead.appointment) == ("New Opportunity", appointment)


def test_a_second_appointment_leaves_an_opportunity_to_its_own(lead, patient, make_appointment, tell):
	first, second = make_appointment(patient), make_appointment(patient)
	tell(first, "Booked")
	tell(second, "Booked")
	tell(second, "Admitted")
	lead.reload()
	assert (lead.status, lead.appointment) == ("New Opportunity", first)


@pytest.mark.parametrize(("fate", "cause"), [("No Show", "No Show"), ("Cancelled", "Cancelled")])
def test_a_fallen_appointment_is_one_upcoming_activity(
	site, lead, patient, make_appointment, tell, fate, cause
):
	appointment = make_appointment(patient, start=f"{nowdate()} 10:00:00")
	tell(appointment, "Booked")
	event = tell(appointment, fate)
	events.emit("clinic_on_appointment_status", events=[event])
	lead.reload()
	assert lead.status == "In Progress"
	planned = site.get_all("Clinic Activity", {"lead": lead.name}, ["status", "date", "cause", "appointment"])
	assert len(planned) == 1
	assert (planned[0].status, planned[0].cause, planned[0].appointment) == ("Not Done", cause, appointment)
	assert str(planned[0].date) == add_days(nowdate(), 1)


def test_who_misses_an_appointment_without_a_lead_is_called_once(site, patient, make_appointment, tell):
	"""A session, or a booking at the desk: the CRM team hears of it all the same (C008)."""
	appointment = make_appointment(patient, start=f"{nowdate()} 10:00:00")
	event = tell(appointment, "No Show")
	events.emit("clinic_on_appointment_status", events=[event])
	fields = ["status", "date", "cause", "patient", "person_name", "lead"]
	planned = site.get_all("Clinic Activity", {"appointment": appointment}, fields)
	assert len(planned) == 1
	assert (planned[0].status, planned[0].cause, planned[0].patient) == ("Not Done", "No Show", patient)
	assert planned[0].person_name and not planned[0].lead
	assert str(planned[0].date) == add_days(nowdate(), 1)
	cancelled = make_appointment(patient)
	tell(cancelled, "Cancelled")
	assert not site.db.exists("Clinic Activity", {"appointment": cancelled})


def test_it_is_for_whoever_looked_after_the_patients_lead(site, lead, patient, make_appointment, tell):
	first, second = make_appointment(patient), make_appointment(patient)
	tell(first, "Booked")
	tell(second, "No Show")
	[planned] = site.get_all("Clinic Activity", {"appointment": second}, ["lead", "assigned_to", "team"])
	lead.reload()
	assert (planned.lead, planned.assigned_to) == (lead.name, lead.assigned_to)
	assert lead.status == "New Opportunity", "it waits for its own appointment"


def test_the_clinic_may_not_want_the_activity(site, lead, patient, make_appointment, tell):
	site.db.set_single_value("Clinic Settings", "reopen_no_shows", 0)
	site.clear_document_cache("Clinic Settings", "Clinic Settings")
	appointment = make_appointment(patient)
	tell(appointment, "Booked")
	tell(appointment, "No Show")
	lead.reload()
	assert lead.status == "In Progress"
	assert not site.db.exists("Clinic Activity", {"lead": lead.name})


def test_who_comes_late_is_an_opportunity_again(lead, patient, make_appointment, tell):
	appointment = make_appointment(patient)
	for status in ("Booked", "No Show", "Arrived"):
		tell(appointment, status)
	lead.reload()
	assert (lead.status, lead.appointment) == ("New Opportunity", appointment)


def test_every_event_twice_is_once(site, lead, patient, make_appointment, tell):
	appointment = make_appointment(patient)
	for status in ("Booked", "Admitted"):
		event = tell(appointment, status)
		events.emit("clinic_on_appointment_status", events=[event])
	states = site.get_all(
		"Clinic Lead Status Log", {"lead": lead.name}, pluck="to_status", order_by="creation asc"
	)
	assert sorted(states) == ["Closed Opportunity", "New Lead", "New Opportunity"]


def test_a_late_retry_follows_what_is_true_now(lead, patient, make_appointment, tell, site):
	appointment = make_appointment(patient)
	event = {"appointment": appointment, "old": "Held", "new": "Booked", "patient": patient}
	event.update(origin_doctype="Clinic Lead", origin_name=lead.name)
	site.db.set_value("Clinic Appointment", appointment, "status", "Completed")
	events.emit("clinic_on_appointment_status", events=[event])
	lead.reload()
	assert lead.status == "Closed Opportunity"


def test_a_walk_in_without_a_special_wish_closes_at_once_and_reopens(lead, patient):
	_visit(patient)
	_visit(patient)
	lead.reload()
	assert lead.status == "Closed Opportunity"
	_visit(patient, old="Waiting", new=None)
	lead.reload()
	assert lead.status == "New Lead"


def test_a_walk_in_without_a_lead_asks_for_no_wishes(patient, count_queries):
	with count_queries() as queries:
		_visit(patient)
	assert any("tabClinic Lead`" in query for query in queries)
	assert not any("tabClinic Lead Service" in query for query in queries), queries


def test_a_failing_handler_does_not_block_the_booking(
	site, lead, patient, make_appointment, tell, monkeypatch
):
	from clinic_crm.overrides import appointment as handler

	def broken(*_args):
		raise ValueError("broken")

	monkeypatch.setattr(handler, "_follow", broken)
	appointment = make_appointment(patient)
	tell(appointment, "Booked")
	assert site.db.get_value("Clinic Appointment", appointment, "status") == "Booked"
	failure = site.get_last_doc("Clinic Event Failure")
	assert failure.handler == "clinic_crm.overrides.appointment.on_status"
	monkeypatch.undo()
	assert events.retry(failure.name)
	lead.reload()
	assert lead.status == "New Opportunity"


def test_a_closed_opportunity_gets_one_after_service_activity(site, lead, patient):
	_visit(patient)
	site.db.set_value("Clinic Lead", lead.name, "closed_at", now_datetime())
	jobs.follow_up_closed()
	jobs.follow_up_closed()
	planned = site.get_all("Clinic Activity", {"lead": lead.name}, ["cause", "date", "status"])
	assert [(row.cause, str(row.date), row.status) for row in planned] == [
		("After Service", add_days(nowdate(), 1), "Not Done")
	]


def test_a_wish_is_answered_by_the_reception_of_it(site, make_lead, patient, make_appointment):
	from tests.integration.scheduling.conftest import build_world

	world = build_world(site)
	lead = make_lead(patient=patient, person_type="Patient", services=[{"service": world.laser}])
	_visit(patient)
	lead.reload()
	assert lead.status == "New Lead", "he wished for something special"

	def receive(*services):
		event = {"reception": "R", "visit": "V1", "patient": patient, "appointment": None}
		events.emit("clinic_on_reception", events=[{**event, "services": services, "action": "submitted"}])
		lead.reload()

	receive(world.visit)
	assert lead.status == "New Lead"
	receive(world.visit, world.laser)
	assert lead.status == "Closed Opportunity"


def test_an_opportunity_waits_for_its_own_appointment(lead, patient, make_appointment, tell):
	appointment = make_appointment(patient)
	tell(appointment, "Booked")
	_visit(patient)
	lead.reload()
	assert lead.status == "New Opportunity"


def test_the_night_job_does_not_stop_at_somebody_who_left(site, lead, patient, user_with):
	gone = user_with("Clinic CRM Agent")
	lead.assigned_to = gone
	lead.save()
	_visit(patient)
	site.db.set_value("User", gone, "enabled", 0)
	jobs.follow_up_closed()
	assert site.db.get_value("Clinic Activity", {"lead": lead.name}, "assigned_to") is None
