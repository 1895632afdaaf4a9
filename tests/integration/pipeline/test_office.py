"""The CRM Office: what is there on a day, as the user, in a constant number of queries."""

import pytest
from clinic_core.foundation.errors import InvalidInputError
from clinic_crm.pipeline import api
from frappe.utils import add_days, nowdate

from tests.bench import budgets


def test_a_day_of_an_agent(site, agent, run_as, make_lead, make_patient, make_appointment, tell):
	waiting = make_lead(team="T-TEST", services=[])
	called = make_lead(team="T-TEST")
	run_as(agent, api.log_activity, lead=called.name, title="Call", contact_method="PHONE", feedback="THINKING",
		upcoming={"title": "Again", "date": nowdate(), "description": "x"})  # fmt: skip
	patient = make_patient().name
	won = make_lead(team="T-TEST", patient=patient, person_type="Patient")
	appointment = make_appointment(patient, start=f"{add_days(nowdate(), 3)} 10:00:00")
	tell(appointment, "Booked", origin_doctype="Clinic Lead", origin_name=won.name)
	make_lead(assigned_to="Administrator")

	office = run_as(agent, api.office)
	assert {row["name"] for row in office["leads"]["rows"]} == {waiting.name, called.name}
	assert office["leads"]["count"] == 2
	opportunity = office["opportunities"]["rows"][0]
	assert (opportunity["name"], opportunity["appointment"]) == (won.name, appointment)
	assert opportunity["appointment_start"]
	assert [row["title"] for row in office["current_activities"]["rows"]] == ["Again"]
	assert [row["contact_method_title"] for row in office["activities"]["rows"]] == ["Phone call"]
	assert [row["feedback_title"] for row in office["calls"]["rows"]] == ["Thinking about it"]

	later = run_as(agent, api.office, add_days(nowdate(), 3))
	assert [row["name"] for row in later["opportunities"]["rows"]] == [won.name]
	assert not later["leads"]["rows"]


def test_a_day_ends_at_midnight(site, agent, run_as, make_lead):
	lead = make_lead(team="T-TEST").name
	done = run_as(
		agent, api.log_activity, lead=lead, title="Call", contact_method="PHONE", feedback="THINKING"
	)
	tomorrow = add_days(nowdate(), 1)
	site.db.set_value("Clinic Activity", done["activity"], "done_at", f"{tomorrow} 00:00:00")
	site.db.set_value("Clinic Call", done["call"], "started_at", f"{tomorrow} 00:00:00")
	today, next_day = run_as(agent, api.office), run_as(agent, api.office, tomorrow)
	assert [today[part]["count"] for part in ("activities", "calls")] == [0, 0]
	assert [next_day[part]["count"] for part in ("activities", "calls")] == [1, 1]


def test_overdue_is_shown_today(site, agent, run_as, make_lead):
	site.get_doc(
		{
			"doctype": "Clinic Activity",
			"title": "Late",
			"lead": make_lead(team="T-TEST").name,
			"date": "2020-01-01",
			"date_type": "Once",
		}
	).insert()
	rows = run_as(agent, api.office)["current_activities"]["rows"]
	assert [(row["title"], row["overdue"]) for row in rows] == [("Late", True)]


def test_the_number_of_queries_does_not_grow(site, make_lead, count_queries):
	def fill(count):
		for _n in range(count):
			lead = make_lead(channel="WEBSITE")
			api.log_activity(lead=lead.name, title="x", contact_method="PHONE", feedback="INTERESTED")
			make_lead(channel="INSTAGRAM")

	fill(2)
	api.office()
	with count_queries() as few:
		api.office()
	fill(8)
	with count_queries() as many:
		api.office()
	assert len(many) == len(few)
	assert budgets.spent(many) <= budgets.QUERIES["clinic_crm.pipeline.api.office"]


def test_a_date_that_is_none_is_named(agent, run_as):
	with pytest.raises(InvalidInputError):
		run_as(agent, api.office, "yesterday-ish")


def test_the_calendar_shows_what_touches_its_days(site, agent, run_as, make_lead):
	lead = make_lead(team="T-TEST").name
	for title, more in (
		("one day", {"date": "2027-03-10", "date_type": "Once"}),
		("long", {"date": "2027-03-01", "end_date": "2027-03-12", "date_type": "Range"}),
		("before", {"date": "2027-03-01", "date_type": "Once"}),
	):
		site.get_doc({"doctype": "Clinic Activity", "title": title, "lead": lead, **more}).insert()
	make_lead(assigned_to="Administrator")
	found = run_as(agent, api.activity_events, "2027-03-10", "2027-03-16")
	assert sorted(row["title"].split(" · ")[0] for row in found) == ["long", "one day"]
	# The last day itself: the framework's calendar counts ends in (`fix_end_date_for_event_render`).
	assert {row["title"].split(" · ")[0]: str(row["end"]) for row in found} == {
		"long": "2027-03-12",
		"one day": "2027-03-10",
	}
