"""Each free start once, whoever is free then: what visitors choose from (A07, E175)."""

import datetime

import pytest
from clinic_core.scheduling import availability, booking, starts

from tests.integration.scheduling.conftest import WEEKDAYS

PEOPLE = 14
DAYS = 5
"""More people of the same hours than are read first and then, so that all parts are asked for."""


@pytest.fixture
def crowd(world):
	"""Fourteen of the same hours."""
	world.crowd = [world.doctor_of(f"C{number:02d}", services=(world.visit,)) for number in range(PEOPLE)]
	return world


def all_starts(world, people, **more):
	last = world.day + datetime.timedelta(days=DAYS)
	rows = availability.find_slots(more.pop("service", world.visit), world.day, last, limit=10**6, **more)
	return sorted({row["start"] for row in rows if row["practitioner"] in people})


def once(world, people, **more):
	begin = datetime.datetime.combine(world.day, datetime.time())
	last = world.day + datetime.timedelta(days=DAYS)
	return starts.find_starts(more.pop("service", world.visit), begin, last, people, **more)


def agree(world, people, **more):
	found = once(world, people, **more)
	assert [row["start"] for row in found] == all_starts(world, people, **more), "each once, and all of them"
	assert {row["practitioner"] for row in found} <= set(people)
	return found


def busy_at(world, person, text):
	booking.book(world.patient_of(f"Busy {person} {text}"), world.visit, person, world.at(text))


def test_every_start_of_a_crowd_comes_once_and_can_be_booked(world, crowd):
	for person in crowd.crowd[:-1]:
		busy_at(world, person, "09:00")
	busy_at(world, crowd.crowd[-1], "10:00")
	for person in crowd.crowd[:5]:
		busy_at(world, person, "14:30")
	found = {row["start"]: row["practitioner"] for row in agree(world, crowd.crowd)}
	assert found[world.at("09:00")] == crowd.crowd[-1], "the only one who is free then"
	for text in ("09:00", "14:30", "10:00"):
		booking.book(world.patient_of(f"New {text}"), world.visit, found[world.at(text)], world.at(text))
	assert world.at("09:00") not in {row["start"] for row in agree(world, crowd.crowd)}


def test_what_begins_before_the_end_of_a_missing_start_counts(world, crowd):
	for person in crowd.crowd[:3]:
		busy_at(world, person, "09:30")
	for person in crowd.crowd[3:]:
		busy_at(world, person, "10:00")
	found = {row["start"] for row in agree(world, crowd.crowd)}
	assert world.at("09:30") in found and world.at("09:45") not in found


def test_only_of_the_people_asked_for(world, crowd):
	agree(world, crowd.crowd[3:5])
	assert once(world, [crowd.crowd[2]])[0]["practitioner"] == crowd.crowd[2]
	assert once(world, []) == []


def test_who_takes_nobody_so_far_ahead_hides_nobody_else(site, world, crowd):
	site.db.set_value("Clinic Practitioner", crowd.crowd[0], "horizon_days", 1)
	found = agree(world, crowd.crowd[:2])
	assert {row["practitioner"] for row in found} == {crowd.crowd[1]}


def test_hours_of_their_own_are_not_lost(world, crowd):
	early = world.doctor_of("EARLY", services=(world.visit,), shifts=[("07:10:00", "08:40:00")])
	found = agree(world, [*crowd.crowd, early])
	assert found[0]["start"] == world.at("07:10") and found[0]["practitioner"] == early


def test_the_patient_who_moves_is_asked_too(world, crowd):
	busy_at(world, crowd.crowd[0], "09:00")
	booking.book(world.patient, world.visit, crowd.crowd[1], world.at("11:00"))
	found = agree(world, crowd.crowd, patient=world.patient)
	assert world.at("11:00") not in {row["start"] for row in found}


def test_dynamic_times_and_groups(site, world, crowd):
	site.db.set_value("Clinic Service", world.visit, "booking_method", "Dynamic")
	for person in crowd.crowd[:3]:
		busy_at(world, person, "08:00")
	agree(world, crowd.crowd)
	yoga = world.service("YOGA", group_size=2, duration_minutes=60)
	teachers = [world.doctor_of(f"YT{number}", services=(yoga,)) for number in range(5)]
	for teacher in teachers[:2]:
		for number in range(2):
			patient = world.patient_of(f"Yogi {teacher} {number}")
			booking.book(patient, yoga, teacher, world.at("09:00"))
	booking.book(world.patient_of("Alone"), yoga, teachers[2], world.at("10:00"))
	agree(world, teachers, service=yoga)


def test_of_queues_each_practitioner_has_a_number(world):
	shift = {"start": "08:00:00", "end": "10:00:00", "branch": world.branch, "kind": "Queue", "capacity": 4}
	people = []
	for number in range(2):
		values = {"code": f"TQ{number}", "practitioner_name": f"Dr Q{number}", "branch": world.branch}
		services = [{"service": world.visit}]
		people.append(world.make("Clinic Practitioner", services=services, **values).name)
		shifts = [{"weekday": day, **shift} for day in WEEKDAYS]
		world.make("Clinic Schedule", practitioner=people[-1], valid_from="2020-01-01", shifts=shifts)
	booking.book(world.patient, world.visit, people[0], world.at("08:00"))
	found = [row for row in once(world, people) if row["start"].startswith(str(world.day))]
	assert [(row["practitioner"], row["queue_no"]) for row in found] == [(people[1], 1), (people[0], 2)]


def test_a_full_crowd_costs_three_questions_for_what_is_taken(world, crowd, count_queries):
	for person in crowd.crowd:
		busy_at(world, person, "09:00")
	found = count_queries(lambda: once(world, crowd.crowd))
	assert sum("Clinic Time Claim" in query for query in found) == 3
	few = count_queries(lambda: once(world, crowd.crowd[:2]))
	assert len(found) == len(few) + 2


def test_the_week_of_a_desk_names_every_day_and_lists_one(world, crowd):
	for person in crowd.crowd[:-1]:
		busy_at(world, person, "09:00")
	last = world.day + datetime.timedelta(days=2)
	found = starts.week(world.visit, world.day, last)
	assert list(found["days"]) == [str(world.day + datetime.timedelta(days=number)) for number in range(3)]
	assert set(found["days"].values()) == {2 * 15}, "starts, however many people could give them"
	first = availability.find_slots(world.visit, world.day, world.day, limit=10**6)
	assert (found["day"], found["slots"]) == (str(world.day), first)
	again = starts.week(world.visit, world.day, last, day=last)
	assert (again["day"], again["days"]) == (str(last), found["days"])
	assert again["slots"] == availability.find_slots(world.visit, last, last, limit=10**6)


def test_a_week_without_a_free_time_is_empty(world):
	other = world.service("NOBODY")
	last = world.day + datetime.timedelta(days=6)
	assert starts.week(other, world.day, last) == {"days": {}, "day": None, "slots": []}
	outside = starts.week(world.visit, world.day, last, day=world.day - datetime.timedelta(days=9))
	assert outside["day"] == str(world.day)


def test_the_desk_asks_for_a_day_as_text(world):
	from clinic_core.scheduling import api

	first, last = world.at("00:00")[:10], world.at("00:00", 6)[:10]
	asked = {"practitioner": world.doctor, "branch": world.branch}
	answer = api.free_week(world.visit, first, last, day=world.at("00:00", 2)[:10], **asked)
	assert answer["day"] == world.at("00:00", 2)[:10] and answer["slots"]
