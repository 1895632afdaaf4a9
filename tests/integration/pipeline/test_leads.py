"""Leads: made, moved, followed, converted, with each door obeying."""

import pytest
from clinic_core.foundation import roles
from clinic_core.foundation.errors import AppendOnlyError, ForbiddenMoveError, InvalidInputError
from clinic_crm.pipeline import api

TOMORROW = "2099-01-01"


def test_a_lead_typed_in_makes_its_contact_and_says_when_it_knew_it(site, agent, run_as):
	first = run_as(
		agent, api.create_lead, title="Nose", first_name="Sarvin", last_name="Dadvar", mobile="۰۹۱۲۱۲۳۴۵۶۷"
	)
	assert not first["duplicates"]
	lead = site.get_doc("Clinic Lead", first["lead"])
	assert (lead.status, lead.person_name, lead.mobile) == ("New Lead", "Sarvin Dadvar", "+989121234567")
	assert lead.team == "T-TEST"

	second = run_as(
		agent, api.create_lead, title="Chin", first_name="sarvin", last_name="dadvar", mobile="9121234567"
	)
	assert second["contact"] == first["contact"]
	assert second["duplicates"][0]["reused"]


def test_another_name_behind_a_known_number_is_another_person(site, agent, run_as):
	first = run_as(
		agent, api.create_lead, title="A", first_name="Sara", last_name="Ahmadi", mobile="09121234567"
	)
	second = run_as(
		agent, api.create_lead, title="B", first_name="Reza", last_name="Karimi", mobile="09121234567"
	)
	assert second["contact"] != first["contact"]
	assert [row["name"] for row in second["duplicates"]] == [first["contact"]]


def test_the_same_request_twice_is_one_lead(site, agent, run_as):
	args = {"title": "Nose", "first_name": "Sara", "mobile": "09121234567", "idempotency_key": "k1"}
	assert run_as(agent, api.create_lead, **args) == run_as(agent, api.create_lead, **args)
	assert site.db.count("Clinic Lead", {"title": "Nose"}) == 1


@pytest.mark.parametrize("missing", ["upcoming_title", "upcoming_date", "upcoming_description"])
def test_the_switch_needs_title_date_and_description(make_lead, missing):
	plan = {"upcoming_title": "Call", "upcoming_date": TOMORROW, "upcoming_description": "Ask"}
	with pytest.raises(InvalidInputError):
		make_lead(plan_upcoming=1, **{**plan, missing: None})


def test_the_switch_plans_one_activity_and_turns_off(site, make_lead):
	lead = make_lead(
		plan_upcoming=1, upcoming_title="Call", upcoming_date=TOMORROW, upcoming_description="Ask"
	)
	lead.reload()
	lead.description = "changed"
	lead.save()
	planned = site.get_all("Clinic Activity", {"lead": lead.name}, ["title", "status", "person_name"])
	assert [(row.title, row.status) for row in planned] == [("Call", "Not Done")]
	assert lead.status == "New Lead", "planning is not following up"


def test_first_activity_starts_the_follow_up_and_a_phone_makes_a_call(
	site, agent, run_as, make_lead, make_contact
):
	lead = make_lead(contact=make_contact().name, team="T-TEST")
	answer = run_as(
		agent,
		api.log_activity,
		lead=lead.name,
		title="First call",
		contact_method="PHONE",
		feedback="INTERESTED",
		description="Wants a consultation",
		upcoming={"date": TOMORROW, "title": "Call again", "description": "Offer a time"},
	)
	lead.reload()
	assert (lead.status, lead.feedback) == ("In Progress", "INTERESTED")
	assert lead.first_activity_at
	call = site.get_doc("Clinic Call", answer["call"])
	assert (call.lead, call.channel, call.feedback, call.agent) == (lead.name, "Phone", "INTERESTED", agent)
	assert call.phone == "+989121234567"
	planned = site.get_doc("Clinic Activity", answer["upcoming"])
	assert (planned.status, planned.follows) == ("Not Done", answer["activity"])


@pytest.mark.parametrize(
	("method", "feedback"), [("SMS", "INTERESTED"), ("PHONE", None), (None, "INTERESTED")]
)
def test_only_an_answered_phone_call_is_a_call(site, agent, run_as, make_lead, method, feedback):
	lead = make_lead(team="T-TEST")
	answer = run_as(
		agent, api.log_activity, lead=lead.name, title="Note", contact_method=method, feedback=feedback
	)
	assert answer["call"] is None
	assert not site.db.exists("Clinic Call", {"lead": lead.name})


def test_saving_a_recorded_activity_again_makes_no_second_call(site, make_lead):
	lead = make_lead()
	activity = site.get_doc(
		{
			"doctype": "Clinic Activity",
			"lead": lead.name,
			"title": "Call",
			"contact_method": "PHONE",
			"feedback": "NOANSWER",
		}
	).insert()
	assert activity.status == "Done"
	activity.reload()
	activity.feedback = "INTERESTED"
	activity.save()
	assert site.db.count("Clinic Call", {"activity": activity.name}) == 1


def test_recording_on_a_due_activity_sets_it_done(site, agent, run_as, make_lead):
	lead = make_lead(team="T-TEST")
	due = site.get_doc(
		{
			"doctype": "Clinic Activity",
			"lead": lead.name,
			"title": "Call back",
			"date": "2020-01-01",
			"date_type": "Once",
		}
	).insert()
	answer = run_as(
		agent, api.complete_activity, activity=due.name, contact_method="PHONE", feedback="WILLBOOK"
	)
	due.reload()
	assert (due.status, due.done_by) == ("Done", agent)
	assert site.db.get_value("Clinic Activity", answer["activity"], "follows") == due.name
	assert answer["call"]
	with pytest.raises(ForbiddenMoveError):
		run_as(agent, api.complete_activity, activity=due.name)


def test_a_done_activity_is_not_undone_by_writing_the_field(site, make_lead):
	activity = site.get_doc(
		{"doctype": "Clinic Activity", "lead": make_lead().name, "title": "x", "status": "Done"}
	)
	activity.insert()
	activity.status = "Not Done"
	with pytest.raises(ForbiddenMoveError):
		activity.save()


def test_stagnant_needs_a_reason_and_comes_back(site, agent, run_as, make_lead):
	lead = make_lead(team="T-TEST")
	with pytest.raises(InvalidInputError):
		run_as(agent, api.set_stagnant, lead=lead.name, reason="  ")
	assert run_as(agent, api.set_stagnant, lead=lead.name, reason="Too far")["status"] == "Stagnant"
	assert run_as(agent, api.reopen, lead=lead.name)["status"] == "In Progress"
	assert site.db.get_value("Clinic Lead", lead.name, "reason") is None


@pytest.mark.parametrize("status", ["New Opportunity", "Closed Opportunity"])
def test_writing_the_status_field_is_refused(site, agent, run_as, make_lead, status):
	lead = make_lead(team="T-TEST")

	def put():
		doc = site.get_doc("Clinic Lead", lead.name)
		doc.status = status
		doc.save()

	with pytest.raises(site.PermissionError):
		run_as(agent, put)


def test_a_move_the_table_does_not_know_is_refused_to_everybody(site, make_lead):
	lead = make_lead()
	lead.status = "Stagnant"
	lead.reason = "x"
	lead.save()
	lead.status = "New Lead"
	with pytest.raises(ForbiddenMoveError):
		lead.save()


def test_a_lead_begins_as_new_for_an_agent(site, agent, run_as, make_contact):
	contact = make_contact().name
	doc = {"doctype": "Clinic Lead", "title": "x", "contact": contact, "status": "Closed Opportunity"}
	with pytest.raises(ForbiddenMoveError):
		run_as(agent, site.get_doc(doc).insert)


def test_history_keeps_each_state_and_never_changes(site, agent, run_as, make_lead):
	lead = make_lead(team="T-TEST")
	run_as(agent, api.log_activity, lead=lead.name, title="Call")
	rows = site.get_all(
		"Clinic Lead Status Log",
		{"lead": lead.name},
		["name", "from_status", "to_status", "seconds_in_status"],
		order_by="changed_at asc, creation asc",
	)
	assert [(row.from_status, row.to_status) for row in rows] == [
		(None, "New Lead"),
		("New Lead", "In Progress"),
	]
	assert rows[1].seconds_in_status >= 0
	log = site.get_doc("Clinic Lead Status Log", rows[1].name)
	log.to_status = "Stagnant"
	with pytest.raises(AppendOnlyError):
		log.save()
	with pytest.raises(AppendOnlyError):
		log.delete()


def test_converting_registers_the_patient_once(site, agent, run_as, make_lead, make_contact):
	contact = make_contact()
	lead = make_lead(contact=contact.name, channel="WEBSITE", team="T-TEST")
	other = make_lead(contact=contact.name, team="T-TEST")
	answer = run_as(agent, api.convert_to_patient, lead=lead.name)
	assert run_as(agent, api.convert_to_patient, lead=lead.name)["patient"] == answer["patient"]
	patient = site.get_doc("Clinic Patient", answer["patient"])
	assert (patient.full_name, patient.mobile) == ("Sara Ahmadi", "+989121234567")
	assert (patient.referral_source, patient.origin_name) == ("WEBSITE", lead.name)
	lead.reload()
	assert (lead.patient, lead.person_type) == (patient.name, "Patient")
	assert site.db.get_value("Clinic Lead", other.name, "patient") == patient.name
	assert site.db.get_value("Clinic Contact", contact.name, "patient") == patient.name


def test_converting_finds_the_patient_he_is_already(
	site, agent, run_as, make_lead, make_contact, make_patient
):
	patient = make_patient("سارا", "احمدی")
	lead = make_lead(contact=make_contact("سارا", "احمدي").name, team="T-TEST")
	answer = run_as(agent, api.convert_to_patient, lead=lead.name)
	assert (answer["patient"], answer["reused"]) == (patient.name, True)


def test_booking_needs_a_patient(agent, run_as, make_lead):
	lead = make_lead(team="T-TEST")
	with pytest.raises(InvalidInputError, match="Convert"):
		run_as(agent, api.book_for_lead, lead.name, "X", "Y", "2099-01-01 10:00:00")


def test_taking_a_lead_takes_its_open_activities(site, agent, run_as, make_lead):
	lead = make_lead(
		team="T-TEST", plan_upcoming=1, upcoming_title="a", upcoming_date=TOMORROW, upcoming_description="b"
	)
	assert run_as(agent, api.take_lead, lead.name)["assigned_to"] == agent
	assert site.db.get_value("Clinic Activity", {"lead": lead.name}, "assigned_to") == agent


def test_details_say_what_may_be_done_next(agent, run_as, make_lead, make_contact):
	lead = make_lead(contact=make_contact().name, team="T-TEST")
	make_contact("Sara", "Ahmadi")
	details = run_as(agent, api.lead_details, lead.name)
	assert {"log_activity", "take", "convert_to_patient", "set_stagnant"} <= set(details["actions"])
	assert "book" not in details["actions"]
	assert details["status_log"][0]["to_status"] == "New Lead"
	assert details["duplicates"]


def test_a_receptionist_makes_a_lead_but_does_not_follow_it(site, user_with, run_as, make_patient):
	reception = user_with(roles.RECEPTIONIST)
	made = run_as(reception, api.create_lead, title="x", person_type="Patient", patient=make_patient().name)
	with pytest.raises(site.PermissionError):
		run_as(reception, api.log_activity, lead=made["lead"], title="Call")


def test_nobody_deletes(make_lead):
	with pytest.raises(Exception, match="never deleted"):
		make_lead().delete()


def test_a_contact_may_have_only_a_handle_but_not_nothing(site):
	contact = site.get_doc(
		{"doctype": "Clinic Contact", "social_network": "Instagram", "social_handle": "@sara"}
	).insert()
	assert contact.full_name == "@sara"
	with pytest.raises(InvalidInputError):
		site.get_doc({"doctype": "Clinic Contact", "city": "Tehran"}).insert()


def test_a_contact_is_found_by_the_search(site, make_contact):
	contact = make_contact("زهره", "مرادی", "09351112233")
	assert site.db.count(
		"Clinic Search Key", {"reference_doctype": "Clinic Contact", "reference_name": contact.name}
	)


def test_a_renamed_contact_is_renamed_on_its_leads(site, make_lead, make_contact):
	contact = make_contact()
	lead = make_lead(contact=contact.name)
	contact.first_name = "Samira"
	contact.save()
	assert site.db.get_value("Clinic Lead", lead.name, "person_name") == "Samira Ahmadi"


@pytest.mark.parametrize(
	"mistake",
	[
		{"title": " "},
		{"services": "[{}]"},
		{"services": "x"},
		{"mobile": "12"},
		{"upcoming": '{"title": "a"}'},
	],
)
def test_a_mistake_of_the_caller_is_named_not_a_fault(agent, run_as, mistake):
	good = {"title": "Nose", "first_name": "Sara", "mobile": "09121234567"}
	with pytest.raises(InvalidInputError):
		run_as(agent, api.create_lead, **{**good, **mistake})
