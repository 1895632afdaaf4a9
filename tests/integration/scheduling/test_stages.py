"""Treatments in stages: found in one search, booked with everybody and everything they need (F06, F13)."""

import pytest
from clinic_core.foundation.errors import InvalidInputError, SlotTakenError
from clinic_core.scheduling import availability, booking

from tests.bench import budgets


@pytest.fixture
def staged(site, world):
	"""Numbing by nobody in a room, treatment by the doctor with the device, rest with an operator."""
	service = world.service(
		"STAGED",
		stages=[
			{"title": "Numbing", "duration_minutes": 30, "who": "Nobody", "resource_kind": "Room"},
			{
				"title": "Treatment",
				"duration_minutes": 20,
				"who": "Practitioner",
				"resource_kind": "Device",
			},
			{"title": "Rest", "duration_minutes": 10, "who": "Operator"},
		],
	)
	world.room = world.make(
		"Clinic Resource", code="TROOM", title="Room", kind="Room", branch=world.branch, capacity=1
	).name
	world.operator = world.doctor_of("OP", services=(), kind="Operator", shifts=[("09:00:00", "12:00:00")])
	doctor = site.get_doc("Clinic Practitioner", world.doctor)
	doctor.append("services", {"service": service})
	doctor.save()
	return service


def find(world, service, **values):
	return availability.find_slots(service, world.day, world.day, world.doctor, **values)


def starts(rows, day):
	return [row["start"][11:16] for row in rows if row["start"].startswith(str(day))]


def test_the_duration_is_that_of_the_stages(site, world, staged):
	assert site.db.get_value("Clinic Service", staged, ["duration_minutes", "is_staged"]) == (60, 1)


def test_what_is_offered_is_what_can_be_booked(site, world, staged):
	offered = find(world, staged)
	# The operator is there from nine to twelve; the rest begins fifty minutes after the start.
	assert (
		starts(offered, world.day)
		== [f"{h:02d}:{m:02d}" for h in (8, 9, 10, 11) for m in (0, 15, 30, 45)][1:13]
	)
	assert (offered[0]["resources"], offered[0]["operators"]) == (
		[world.room, world.device],
		[world.operator],
	)
	doc = booking.book(world.patient, staged, world.doctor, offered[0]["start"])
	assert [(s.stage, s.practitioner, s.resource, s.offset_minutes) for s in doc.steps] == [
		("Numbing", None, world.room, 0),
		("Treatment", world.doctor, world.device, 30),
		("Rest", world.operator, None, 50),
	]
	assert (doc.duration_minutes, str(doc.end)) == (60, world.at("09:15"))


def test_every_offered_start_can_be_booked_and_no_other(site, world, staged):
	booking.book(world.second, world.visit, world.doctor, world.at("10:00"))
	booking.book(world.third, world.laser, world.doctor, world.at("08:30"))
	offered = set(starts(find(world, staged, patient=world.patient), world.day))
	for hour in range(8, 12):
		for minute in (0, 15, 30, 45):
			time = f"{hour:02d}:{minute:02d}"
			site.db.savepoint("try_one")
			try:
				booking.book(world.patient, staged, world.doctor, world.at(time))
				booked = True
			except (InvalidInputError, SlotTakenError):
				booked = False
			site.db.rollback(save_point="try_one")
			assert booked == (time in offered), time


def test_the_doctor_is_free_while_the_cream_works_and_is_found_to_be(site, world, staged):
	booking.book(world.patient, staged, world.doctor, world.at("09:00"))
	assert "09:00" in starts(find(world, world.visit), world.day)
	assert booking.book(world.second, world.visit, world.doctor, world.at("09:00")).status == "Booked"
	with pytest.raises(SlotTakenError):
		booking.book(world.third, world.visit, world.doctor, world.at("09:30"))


def test_a_stage_without_anybody_free_is_refused_with_what_is(site, world, staged):
	with pytest.raises(InvalidInputError, match="No operator works at the time of “Rest”"):
		booking.book(world.patient, staged, world.doctor, world.at("14:00"))
	booking.book(world.patient, staged, world.doctor, world.at("09:00"))
	second = world.doctor_of("DR9", services=(staged,))
	world.make("Clinic Resource", code="TROOM2", title="Room", kind="Room", branch=world.branch, capacity=1)
	world.make("Clinic Resource", code="TDEV9", title="Dev", kind="Device", branch=world.branch, capacity=1)
	with pytest.raises(SlotTakenError, match="No operator is free"):
		booking.book(world.second, staged, second, world.at("09:00"))
	assert site.local.response["next_slots"]


def test_moving_lays_the_stages_out_anew(site, world, staged):
	doc = booking.book(world.patient, staged, world.doctor, world.at("09:00"))
	moved = booking.reschedule(doc.name, world.at("09:15"), "asked")
	assert [step.offset_minutes for step in moved.steps] == [0, 30, 50]
	keys = site.get_all("Clinic Time Claim", {"appointment": doc.name}, pluck="resource_key")
	assert {key: keys.count(key) for key in set(keys)} == {
		f"PT:{world.patient}": 12,
		f"RS:{world.room}": 6,
		f"PR:{world.doctor}": 4,
		f"RS:{world.device}": 4,
		f"PR:{world.operator}": 2,
	}


def test_a_search_for_stages_takes_constant_queries(world, staged, count_queries):
	one = len(count_queries(lambda: find(world, staged)))
	for number in range(3):
		world.doctor_of(f"MORE{number}", services=(staged,))
		world.doctor_of(f"OP{number}", services=(), kind="Operator")
	last = world.day + world.day.resolution * 20
	many = len(count_queries(lambda: availability.find_slots(staged, world.day, last)))
	assert many <= one <= budgets.QUERIES["clinic_core.scheduling.api.find_slots"] + 2


@pytest.mark.parametrize(
	("stages", "problem"),
	[
		([("A", 7, "Practitioner")], "multiple of 5"),
		([("A", 30, "Practitioner"), ("B", 0, "Operator")], "multiple of 5"),
		([("A", 30, "Nobody"), ("B", 30, "Operator")], "must give at least one"),
	],
)
def test_stages_that_make_no_sense_are_refused(world, stages, problem):
	rows = [{"title": title, "duration_minutes": minutes, "who": who} for title, minutes, who in stages]
	with pytest.raises(InvalidInputError, match=problem):
		world.service("BAD", stages=rows)


def test_two_people_at_once_are_both_taken(site, world):
	"""Several practitioners in one appointment (F13)."""
	other = world.doctor_of("DR2")
	doc = site.get_doc(
		{
			"doctype": "Clinic Appointment",
			"patient": world.patient,
			"service": world.visit,
			"practitioner": world.doctor,
			"start": world.at("09:00"),
			"status": "Booked",
			"steps": [
				{"service": world.visit, "practitioner": world.doctor, "duration_minutes": 30},
				{"service": world.visit, "practitioner": other, "duration_minutes": 30},
			],
		}
	).insert()
	keys = set(site.get_all("Clinic Time Claim", {"appointment": doc.name}, pluck="resource_key"))
	assert keys == {f"PR:{world.doctor}", f"PR:{other}", f"PT:{world.patient}"}
	with pytest.raises(SlotTakenError):
		booking.book(world.second, world.visit, other, world.at("09:00"))
