"""Booking a body area takes its own length (G07), at every door."""

import datetime

import pytest
from clinic_core.foundation.errors import InvalidInputError
from clinic_core.people import entitlements
from clinic_core.scheduling import api, availability, booking, session_plans


@pytest.fixture
def areas(site, world):
	"""Legs take an hour, arms as long as the service; hands are not offered any more."""
	return {
		"legs": {"title": "Legs", "code": "LEGS", "amount": 3000, "duration_minutes": 60, "session_count": 5},
		"arms": {"title": "Arms", "code": "ARMS", "amount": 2000},
		"hands": {"title": "Hands", "code": "HANDS", "amount": 1000, "is_active": 0},
	}


@pytest.fixture
def hair(world, areas):
	"""A service with areas."""
	return world.service("HAIR", areas=list(areas.values()))


@pytest.fixture
def doctor(site, world, hair):
	"""Somebody who gives it in 40 minutes."""
	doc = site.get_doc("Clinic Practitioner", world.doctor_of("DRH", services=()))
	doc.append("services", {"service": hair, "duration_minutes": 40})
	return doc.save(ignore_permissions=True).name


def minutes(row):
	start, end = (datetime.datetime.fromisoformat(row[key]) for key in ("start", "end"))
	return (end - start).seconds // 60


def test_free_times_have_the_length_of_the_area(site, world, hair, doctor):
	def first(area):
		return minutes(availability.find_slots(hair, world.day, world.day, area=area)[0])

	assert (first("LEGS"), first("ARMS"), first(None)) == (60, 40, 40)


def test_what_is_booked_keeps_the_area_and_its_length(site, world, hair, doctor):
	made = booking.book(world.patient, hair, doctor, world.at("09:00"), area="LEGS")
	assert (made.area, made.area_title, made.duration_minutes) == ("LEGS", "Legs", 60)
	assert made.steps[0].area == "LEGS"
	moved = booking.reschedule(made.name, world.at("10:00"), "asked for it")
	assert (moved.area, moved.area_title, moved.duration_minutes) == ("LEGS", "Legs", 60)
	with pytest.raises(Exception, match="taken"):
		booking.book(world.second, hair, doctor, world.at("10:45"), area="ARMS")


@pytest.mark.parametrize("area", ["HANDS", "NOSE", "<b>x</b>"])
def test_an_area_that_is_not_offered_is_refused_naming_the_others(site, world, hair, doctor, area):
	with pytest.raises(InvalidInputError, match="Legs, Arms") as refused:
		booking.book(world.patient, hair, doctor, world.at("09:00"), area=area)
	assert "<b>x</b>" not in str(refused.value)


def test_a_service_without_areas_has_none_to_choose(site, world):
	with pytest.raises(InvalidInputError, match="no body areas"):
		api.find_slots(world.visit, str(world.day), str(world.day), area="LEGS")


def test_a_session_is_booked_for_the_area_that_was_bought(site, world, areas):
	course = world.service(
		"HAIRC", is_session_based=1, session_count=3, session_interval_days=7, areas=list(areas.values())
	)
	doctor = world.doctor_of("DRC", services=(course,))
	right = entitlements.grant(
		world.patient, course, 5, 100, world.branch, "Clinic Patient", world.patient, area="LEGS"
	)
	assert entitlements.open_for(world.patient)[0]["area_title"] == "Legs"
	plan = session_plans.plan(world.patient, course, entitlement=right, branch=world.branch)
	assert (plan.area, plan.session_count) == ("LEGS", 5)
	assert "(Legs)" in plan.title
	session = session_plans.sessions_of(plan.name)[0]["name"]
	made = booking.book(world.patient, course, doctor, world.at("09:00"), session=session, area="ARMS")
	assert (made.area, made.duration_minutes) == ("LEGS", 60)
