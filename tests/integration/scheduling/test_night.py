"""The night job moves many appointments at once; what follows is what one by one would be."""

import datetime

import pytest
from clinic_core.scheduling import booking, jobs, session_plans


@pytest.fixture
def missed(site, world):
	"""`missed(days_ago, session=None)`: an appointment of a past day that nobody received."""

	def make(days_ago, session=None):
		start = site.utils.now_datetime() - datetime.timedelta(days=days_ago)
		service = world.course if session else world.visit
		future = world.at(f"{8 + days_ago % 4:02d}:00", days_ago)
		name = booking.book(world.patient, service, world.doctor, future, session=session).name
		times = {"start": start, "end": start + datetime.timedelta(minutes=30)}
		site.db.set_value("Clinic Appointment", name, times)
		return name

	return make


def test_absences_found_in_one_night_count_one_by_one(site, world, missed):
	"""Two nights were missed: the first absence is excused, the second burns the session."""
	plan = session_plans.plan(world.patient, world.course)
	first, second = [row["name"] for row in session_plans.sessions_of(plan.name)][:2]
	missed(3, second)
	missed(5, first)
	jobs.run_night()
	status = {row["name"]: row["status"] for row in session_plans.sessions_of(plan.name)}
	assert (status[first], status[second]) == ("Absent", "Burnt")


def test_a_chunk_takes_the_same_number_of_queries_however_many_it_moves(site, missed, count_queries):
	def cost(days):
		for day in days:
			missed(day)
		return len(count_queries(jobs.close_missed))

	# Twice each: a job in the background may empty the cache meanwhile.
	few = min(cost([1]), cost([9]))
	assert min(cost(range(2, 8)), cost(range(10, 16))) <= few


def test_what_was_moved_to_another_day_meanwhile_is_left_alone(site, world, missed, monkeypatch):
	"""The desk moves it between finding and locking."""
	name, other = missed(1), missed(2)
	found = jobs._due

	def and_then_it_is_moved(*given):
		names = found(*given)
		site.db.set_value("Clinic Appointment", name, {"end": world.at("10:00"), "start": world.at("09:30")})
		return names

	monkeypatch.setattr(jobs, "_due", and_then_it_is_moved)
	jobs.close_missed()
	assert site.db.get_value("Clinic Appointment", name, "status") == "Booked"
	assert site.db.get_value("Clinic Appointment", other, "status") == "No Show"
