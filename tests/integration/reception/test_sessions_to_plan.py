"""The form of sessions opens for what was sold without a plan, and the plan goes with its sale (A05, A14, D49)."""

import pytest
from clinic_core.scheduling.planner import api as planner
from clinic_reception.front_desk import api as desk

WEEK = ("Saturday", "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday")


@pytest.fixture
def asked_course(site, world):
	"""A course that does not make its sessions by itself; somebody gives it every day."""
	course = world.service(
		"Asked", 900, is_session_based=1, session_count=3, session_interval_days=7, auto_create_sessions=0
	)
	doc = site.get_doc("Clinic Practitioner", world.practitioner)
	doc.append("services", {"service": course})
	doc.save()
	hours = {"start": "08:00:00", "end": "20:00:00", "branch": world.branch, "kind": "Fixed", "gender": "Any"}
	values = {"practitioner": world.practitioner, "valid_from": site.utils.getdate(), "is_active": 1}
	shifts = [{"weekday": day, **hours} for day in WEEK]
	site.get_doc({"doctype": "Clinic Schedule", **values, "shifts": shifts}).insert()
	return course


def test_what_is_sold_for_later_is_to_be_planned(world, asked_course):
	patient = world.patient()
	got = world.receive(patient, {"service": asked_course, "action": "Sell for Later"})
	assert got["session_plans"] == [] and got["to_plan"] == got["entitlements"]
	[row] = desk.paid_not_used(patient)
	assert (row["is_session_based"], row["session_plan"], row["left"]) == (True, None, 3)
	answer = planner.propose(entitlement=got["to_plan"][0])
	made = planner.book_sessions(answer["sessions"], entitlement=got["to_plan"][0])
	assert made["booked"] == 3
	[row] = desk.paid_not_used(patient)
	assert (row["session_plan"], row["reserved"]) == (made["session_plan"], 3)


def test_the_first_one_given_at_once_leaves_the_rest_to_plan(site, world, asked_course):
	got = world.receive(world.patient(), {"service": asked_course, "action": "Perform Now"})
	answer = planner.propose(entitlement=got["to_plan"][0])
	assert len(answer["sessions"]) == 2 and answer["last_treated"] == site.utils.nowdate()
	first = site.utils.getdate(answer["sessions"][0]["start"])
	assert (first - site.utils.getdate()).days == 7


def test_nothing_is_asked_where_sessions_make_themselves_or_there_are_none(world):
	made = world.receive(world.patient(), {"service": world.course, "action": "Sell for Later"})
	assert len(made["session_plans"]) == 1 and made["to_plan"] == []
	plain = world.receive(world.patient(), {"service": world.injection, "action": "Sell for Later"})
	assert plain["entitlements"] and plain["to_plan"] == []


def test_cancelling_the_sale_cancels_the_booked_sessions(site, world, asked_course):
	got = world.receive(world.patient(), {"service": asked_course, "action": "Sell for Later"})
	answer = planner.propose(entitlement=got["to_plan"][0])
	plan = planner.book_sessions(answer["sessions"], entitlement=got["to_plan"][0])["session_plan"]
	desk.cancel_reception(got["reception"], "sold by mistake")
	assert site.db.get_value("Clinic Session Plan", plan, "status") == "Cancelled"
	states = site.get_all("Clinic Session", {"session_plan": plan}, pluck="status")
	assert states == ["Cancelled"] * 3


def test_the_session_given_without_an_appointment_is_not_one_booked_for_another_day(
	site, world, asked_course
):
	"""The second has no time yet: it is given, the first keeps its appointment."""
	patient = world.patient()
	got = world.receive(patient, {"service": asked_course, "action": "Sell for Later"})
	entitlement = got["to_plan"][0]
	tomorrow = str(site.utils.add_days(site.utils.getdate(), 1))
	answer = planner.propose(entitlement=entitlement, count=1, first_date=tomorrow)
	plan = planner.book_sessions(answer["sessions"], entitlement=entitlement)["session_plan"]
	use = {"service": asked_course, "action": "Use Purchased", "entitlement": entitlement}
	world.receive(patient, use)
	rows = site.get_all(
		"Clinic Session", {"session_plan": plan}, ["session_no", "status"], order_by="session_no"
	)
	assert [row.status for row in rows] == ["Booked", "Attended", "Planned"]
