"""Shifts by order of arrival: a number instead of a time (G03, F03)."""

import pytest
from clinic_core.foundation.errors import ConflictError, InvalidInputError, SlotTakenError
from clinic_core.scheduling import availability, booking
from clinic_core.scheduling.queue import calling

from tests.integration.scheduling.conftest import WEEKDAYS


@pytest.fixture
def queue(site, world):
	"""A doctor who receives by number: four numbers from eight to ten, every day."""
	name = world.make(
		"Clinic Practitioner",
		code="TQ",
		practitioner_name="Dr TQ",
		branch=world.branch,
		services=[{"service": world.visit}],
	).name
	shift = {"start": "08:00:00", "end": "10:00:00", "branch": world.branch, "kind": "Queue", "capacity": 4}
	world.make(
		"Clinic Schedule",
		practitioner=name,
		valid_from="2020-01-01",
		shifts=[{"weekday": day, **shift} for day in WEEKDAYS],
	)
	return name


def take(world, queue, patient=None, time="08:00", **values):
	return booking.book(patient or world.patient, world.visit, queue, world.at(time), **values)


def free(world, queue, **values):
	return availability.find_slots(world.visit, world.day, world.day, queue, **values)


def test_each_gets_the_next_number_and_its_expected_time_whatever_minute_is_asked_for(world, queue):
	first = take(world, queue)
	second = take(world, queue, world.second, "09:30")
	assert [(doc.queue_no, str(doc.start)) for doc in (first, second)] == [
		(1, world.at("08:00")),
		(2, world.at("08:30")),
	]
	[offered] = free(world, queue)
	assert (offered["queue_no"], offered["start"]) == (3, world.at("09:00"))


def test_a_full_queue_answers_with_the_next_days_number(site, world, queue):
	patients = [world.patient, world.second, world.third, world.patient_of("Four")]
	for patient in patients:
		take(world, queue, patient)
	assert free(world, queue) == []
	with pytest.raises(SlotTakenError, match="All numbers"):
		take(world, queue, world.patient_of("Five"))
	assert site.local.response["next_slots"][0]["start"] == world.at("08:00", 1)


def test_a_cancelled_number_is_given_out_again_and_nobody_has_two(world, queue):
	first = take(world, queue)
	take(world, queue, world.second)
	with pytest.raises(InvalidInputError, match="number in this queue already"):
		take(world, queue)
	booking.cancel(first.name, "ill")
	assert take(world, queue, world.third).queue_no == 1
	assert take(world, queue).queue_no == 3


def test_the_unique_key_gives_the_next_number_to_who_read_an_old_snapshot(site, world, queue, monkeypatch):
	from clinic_core.scheduling import claims

	take(world, queue)
	real, seen = claims.read, []

	def blind(wants, appointment, *, fresh=False, **given):
		seen.append(fresh)
		return real(wants, appointment, fresh=fresh, **given) if fresh else claims.Occupancy()

	monkeypatch.setattr(claims, "read", blind)
	doc = take(world, queue, world.second)
	doc.reload()
	assert seen == [False, True]
	assert (doc.queue_no, str(doc.start)) == (2, world.at("08:30"))
	assert str(doc.end) == world.at("09:00")


def test_a_number_is_kept_when_something_else_changes_and_moves_to_another_day(world, queue):
	take(world, queue)
	doc = take(world, queue, world.second)
	assert booking.confirm(doc.name).queue_no == 2
	moved = booking.reschedule(doc.name, world.at("08:00", 1), "asked")
	assert (moved.queue_no, str(moved.start)) == (1, world.at("08:00", 1))
	assert take(world, queue, world.third).queue_no == 2


def test_the_patient_is_in_one_place_only(world, queue):
	booking.book(world.patient, world.visit, world.doctor, world.at("08:00"))
	assert take(world, queue).queue_no == 2


def here(site, world, queue, *patients):
	"""Numbers of a queue whose patients are in the house."""
	names = []
	for patient in patients:
		name = take(world, queue, patient).name
		site.db.set_value("Clinic Appointment", name, "status", "Arrived")
		names.append(name)
	return names


def test_the_next_is_called_by_number_once(site, world, queue):
	first, second = here(site, world, queue, world.patient, world.second)
	take(world, queue, world.third)
	day = world.day
	assert calling.call_next(queue, day)["appointment"] == first
	assert calling.call_next(queue, day)["queue_no"] == 2
	with pytest.raises(ConflictError, match="Nobody of this queue"):
		calling.call_next(queue, day)
	assert calling.call(second)["called_at"]


def test_who_is_not_here_is_not_called_and_who_is_seen_need_not_be(site, world, queue):
	waiting = take(world, queue).name
	with pytest.raises(InvalidInputError, match="not here"):
		calling.call(waiting)
	timed = booking.book(world.second, world.visit, world.doctor, world.at("11:00")).name
	with pytest.raises(InvalidInputError, match="no number"):
		calling.call(timed)
	[seen] = here(site, world, queue, world.third)
	calling.on_visit_status([{"visit": "x", "appointment": seen, "new": "In Service", "old": "Waiting"}])
	with pytest.raises(ConflictError):
		calling.call_next(queue, world.day)


def test_only_a_queue_has_numbers_to_set(world, queue):
	rows = [
		{"weekday": "Monday", "start": "08:00:00", "end": "10:00:00", "branch": world.branch, "capacity": 7}
	]
	values = {"practitioner": world.doctor_of("OTHER", shifts=[("20:00:00", "21:00:00")])}
	doc = world.make("Clinic Schedule", valid_from="2020-01-01", shifts=rows, **values)
	assert doc.shifts[0].capacity == 0
	with pytest.raises(InvalidInputError, match="between 0 and 500"):
		world.make(
			"Clinic Schedule",
			valid_from="2020-01-01",
			practitioner=values["practitioner"],
			shifts=[{**rows[0], "weekday": "Tuesday", "kind": "Queue", "capacity": 501}],
		)
