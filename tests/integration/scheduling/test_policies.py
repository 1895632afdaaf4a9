"""Rules as data at every door: penalties, blocks, prerequisites, first visits (F07, F10, F11, F17)."""

import datetime

import pytest
from clinic_core.foundation.errors import InvalidInputError
from clinic_core.foundation.state import as_system
from clinic_core.scheduling import availability, booking, jobs, session_plans
from clinic_core.scheduling.policies import api, reliability

SUPERVISOR, RECEPTIONIST, AGENT = "Clinic Branch Supervisor", "Clinic Receptionist", "Clinic CRM Agent"


@pytest.fixture
def told(site, monkeypatch):
	"""What other apps are told about penalties."""
	from clinic_core.scheduling.policies import cancelling

	events = []
	monkeypatch.setattr(cancelling, "tell_others", events.extend)
	monkeypatch.setattr("clinic_core.scheduling.policies.missed.cancelling.tell_others", events.extend)
	return events


@pytest.fixture
def rule(site, world):
	"""`rule(("Cancellation", 24, "Percent of the price", 50), …, service=…)`."""

	def make(*steps, **scope):
		rows = []
		for event, hours, kind, value in steps:
			row = {"event": event, "within_hours": hours, "kind": kind}
			row["percent" if kind.startswith("Percent") else "amount"] = value
			rows.append(row)
		scope = {"service": world.visit, "title": "Late", **scope}
		return world.make("Clinic Cancellation Rule", steps=rows, **scope)

	return make


LATE = ("Cancellation", 24 * 10, "Percent of the price", 50)


def book(world, time="09:00", patient=None, **values):
	values = {"service": world.visit, "practitioner": world.doctor, **values}
	return booking.book(patient or world.patient, start=world.at(time), **values)


def set_settings(site, **values):
	for field, value in values.items():
		site.db.set_single_value("Clinic Settings", field, value)
	site.clear_document_cache("Clinic Settings", "Clinic Settings")
	site.local.document_cache = site._dict()


def test_a_late_cancellation_is_noted_with_rule_and_reason_and_told(site, world, rule, told):
	made = rule(LATE)
	doc = booking.cancel(book(world).name, "ill")
	assert (doc.penalty_amount, doc.penalty_kind, doc.penalty_rule) == (
		500,
		"Percent of the price",
		made.name,
	)
	assert "240" in doc.penalty_text and "50% of the price" in doc.penalty_text and "Late" in doc.penalty_text
	[event] = told
	assert (event["appointment"], event["patient"], event["amount"]) == (doc.name, world.patient, "500")


def test_the_rest_door_is_judged_as_well_and_cannot_write_the_penalty_away(site, world, rule, told):
	rule(LATE)
	doc = site.get_doc("Clinic Appointment", book(world).name)
	doc.update({"status": "Cancelled", "reason": "ill", "penalty_amount": 1, "penalty_text": "mine"})
	doc.save()
	doc.reload()
	assert doc.penalty_amount == 500 and doc.penalty_text != "mine" and len(told) == 1


def test_early_enough_or_by_the_clinic_or_by_the_system_it_costs_nothing(site, world, rule, told):
	rule(("Cancellation", 24, "Percent of the price", 50))
	assert not booking.cancel(book(world).name, "ill").penalty_kind  # three days before
	made = rule(LATE, service=None)
	made.db_set("is_active", 1)
	assert not booking.cancel(book(world, "10:00").name, "leave", booking.BY_CLINIC).penalty_kind
	with as_system():
		assert not booking.cancel(book(world, "11:00").name, "plan ended").penalty_kind
	assert told == []
	with pytest.raises(InvalidInputError, match="Cancelled or moved by"):
		booking.cancel(book(world, "15:00").name, "x", "Nobody")


def test_the_service_goes_before_the_practitioner_and_his_own_file_before_the_clinic(site, world, rule, told):
	rule(("Cancellation", 300, "Amount", 11), service=None, title="Clinic")
	site.db.set_value(
		"Clinic Practitioner",
		world.doctor,
		{"late_cancel_kind": "Percent of the price", "late_cancel_percent": 30, "cancel_window_hours": 200},
	)
	site.clear_document_cache("Clinic Practitioner", world.doctor)
	doc = booking.cancel(book(world).name, "ill")
	assert (doc.penalty_amount, doc.penalty_rule) == (300, None) and "Dr TDR" in doc.penalty_text
	rule(("Cancellation", 300, "Amount", 77))
	assert booking.cancel(book(world).name, "ill").penalty_amount == 77


def test_moving_late_costs_what_its_step_says_and_is_free_without_one(site, world, rule, told):
	rule(LATE)
	doc = book(world)
	assert not booking.reschedule(doc.name, world.at("10:00"), "asked").penalty_kind
	rule(("Move", 240, "Amount", 40), service=None, practitioner=world.doctor)
	assert not booking.reschedule(doc.name, world.at("11:00"), "asked").penalty_kind  # the service decides
	other = book(world, "15:00", world.second, service=world.laser)
	assert booking.reschedule(other.name, world.at("16:00"), "asked").penalty_amount == 40
	assert [event["event"] for event in told] == ["Move"]


def test_a_missed_appointment_costs_by_hand_and_at_night_alike_and_coming_late_takes_it_back(
	site, world, rule, told, count_queries
):
	rule(("No Show", 0, "Percent of the price", 100))
	names = [book(world, time).name for time in ("09:00", "10:00", "11:00")]
	start = site.utils.now_datetime() - datetime.timedelta(hours=5)
	for name in names:
		site.db.set_value(
			"Clinic Appointment", name, {"start": start, "end": start + datetime.timedelta(minutes=30)}
		)
	doc = booking.mark_no_show(names[0])
	assert doc.penalty_amount == 1000
	jobs.close_missed()
	rows = site.get_all(
		"Clinic Appointment", {"name": ("in", names)}, ["penalty_amount", "penalty_text", "status"]
	)
	assert {(row.penalty_amount, row.status, row.penalty_text) for row in rows} == {
		(1000, "No Show", doc.penalty_text)
	}
	assert sorted(event["appointment"] for event in told) == sorted(names)
	told.clear()
	assert not booking.arrive(names[0]).penalty_kind
	assert [event["is_taken_back"] for event in told] == [1]


def test_a_session_that_was_bought_follows_its_own_absences(site, world, rule, told):
	rule(LATE, service=world.course)
	plan = session_plans.plan(world.patient, world.course)
	session = session_plans.sessions_of(plan.name)[0]["name"]
	doc = book(world, service=world.course, session=session)
	assert not booking.cancel(doc.name, "ill").penalty_kind and told == []


@pytest.mark.parametrize(
	("steps", "problem"),
	[
		([("Cancellation", 0, "Percent of the price", 50)], "hours"),
		([("Cancellation", 24, "Percent of the price", 0)], "percent"),
		([("Cancellation", 24, "Amount", 0)], "amount"),
		([("No Show", 0, "Amount", 5), ("No Show", 9, "Amount", 6)], "twice"),
	],
)
def test_a_rule_that_makes_no_sense_is_refused(rule, steps, problem):
	with pytest.raises(InvalidInputError, match=problem):
		rule(*steps)


def test_two_active_rules_for_the_same_are_refused(rule):
	rule(LATE)
	with pytest.raises(InvalidInputError, match="active rule for the same"):
		rule(LATE)


def miss(site, world, *days_ago, patient=None, status="No Show"):
	for days in days_ago:
		name = book(world, "16:00", patient).name
		start = site.utils.now_datetime() - datetime.timedelta(days=days)
		values = {"start": start, "end": start + datetime.timedelta(minutes=30), "status": status}
		site.db.set_value("Clinic Appointment", name, values)
		site.db.delete("Clinic Time Claim", {"appointment": name})


def test_who_missed_too_many_is_not_booked_but_by_a_supervisor_with_a_reason(site, world, as_role):
	set_settings(site, no_show_limit=2, no_show_days=30)
	miss(site, world, 3, 10)
	as_role(RECEPTIONIST)
	with pytest.raises(InvalidInputError, match="no new booking until"):
		book(world)
	assert site.local.response["may_override"] == 0
	with pytest.raises(InvalidInputError, match="no new booking until"):
		book(world, override_reason="I say so")
	as_role(SUPERVISOR)
	with pytest.raises(InvalidInputError, match="give the reason"):
		book(world)
	assert site.local.response["may_override"] == 1
	doc = book(world, override_reason="He was in hospital")
	assert "no new booking" in doc.overridden_rules and doc.override_reason == "He was in hospital"
	as_role(RECEPTIONIST)
	assert booking.reschedule(doc.name, world.at("10:00"), "asked").overridden_rules == doc.overridden_rules
	assert book(world, "11:00", world.second).overridden_rules is None


def test_a_service_that_needs_another_first(site, world, as_role):
	site.db.set_value(
		"Clinic Service",
		world.laser,
		{"prerequisite_service": world.visit, "prerequisite_valid_days": 10},
	)
	as_role(RECEPTIONIST)
	with pytest.raises(InvalidInputError, match="needs “T VISIT” first, at most 10 days before"):
		book(world, "10:00", service=world.laser)
	assert site.local.response["book_first"] == world.visit
	book(world, "09:00")  # booked before it counts
	assert book(world, "10:00", service=world.laser).status == "Booked"
	with pytest.raises(InvalidInputError, match="first"):
		booking.book(world.patient, world.laser, world.doctor, world.at("10:00", 11))
	with pytest.raises(InvalidInputError, match="first"):
		book(world, "08:00", world.second, service=world.laser)


def test_a_prerequisite_that_was_missed_or_cancelled_does_not_count(site, world):
	site.db.set_value("Clinic Service", world.laser, "prerequisite_service", world.visit)
	miss(site, world, 3)
	with pytest.raises(InvalidInputError, match="first"):
		book(world, "10:00", service=world.laser)
	miss(site, world, 4, status="Completed")
	assert book(world, "10:00", service=world.laser).status == "Booked"


def test_a_service_cannot_need_itself(site, world):
	doc = site.get_doc("Clinic Service", world.visit)
	doc.prerequisite_service = doc.name
	with pytest.raises(InvalidInputError, match="cannot need itself"):
		doc.save()


def test_a_first_visit_takes_longer_and_needs_notice_but_not_at_the_desk(site, world, as_role):
	site.db.set_value("Clinic Service", world.visit, "first_visit_minutes", 60)
	set_settings(site, first_visit_notice_hours=24 * 5)
	as_role(AGENT)
	with pytest.raises(InvalidInputError, match="first visit needs 120 hours notice"):
		book(world)
	found = availability.find_slots(
		world.visit, world.day, world.day + datetime.timedelta(days=5), patient=world.patient
	)
	earliest = site.utils.now_datetime() + datetime.timedelta(days=5)
	assert found and site.utils.get_datetime(found[0]["start"]) >= earliest
	as_role(RECEPTIONIST)
	assert book(world).duration_minutes == 60
	site.db.set_value("Clinic Patient", world.second, "first_visit_on", "2020-01-01")
	assert book(world, "10:00", world.second).duration_minutes == 30


def test_what_a_dialog_tells_before_booking_and_cancelling(site, world, rule, count_queries):
	rule(LATE)
	set_settings(site, cancellation_warning_count=2, no_show_limit=0)
	miss(site, world, 3, 20, patient=world.second)
	miss(site, world, 1, 2, status="Cancelled")
	notes = api.booking_notes(world.patient)
	assert [w["code"] for w in notes["warnings"] if w["code"] == "cancels_often"] == ["cancels_often"]
	assert notes["record"]["cancelled"] == 2 and notes["record"]["missed_percent"] is None
	of_many = reliability.of_patients([world.patient, world.second, world.third])
	assert of_many[world.second].missed == 2 and world.third not in of_many
	assert len(count_queries(lambda: reliability.of_patients([world.patient, world.second]))) == 1
	doc = book(world)
	asked = api.penalty(doc.name)
	assert (asked["amount"], asked["kind"]) == (500, "Percent of the price")
	assert api.penalty(doc.name, "No Show") is None
