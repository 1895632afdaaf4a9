"""Leaves, closures, holidays, extra shifts and night shifts, at every door of the calendar (C086, G08)."""

import pytest
from clinic_core.foundation.errors import InvalidInputError
from clinic_core.scheduling import availability, booking, session_plans
from clinic_core.scheduling.affected import api as affected
from clinic_core.scheduling.affected import listing

from tests.integration.scheduling.conftest import WEEKDAYS


@pytest.fixture
def absent(world):
	"""`absent("Leave", "09:00", "10:00")`: an exception of the world's doctor or branch."""

	def one(kind, start, end, days=0, **values):
		if kind != "Closure":
			values.setdefault("practitioner", world.doctor)
		values.setdefault("branch", None if kind == "Leave" else world.branch)
		times = {"start": world.at(start, days), "end": world.at(end, days)}
		return world.make("Clinic Schedule Exception", kind=kind, **times, **values)

	return one


def starts(world, days=0, practitioner=None, **values):
	day = world.at("00:00", days)[:10]
	found = availability.find_slots(
		**{"service": world.visit, "from_date": day, "to_date": day, "practitioner": practitioner, **values}
	)
	return [row["start"][11:16] for row in found]


def test_nobody_is_offered_or_booked_in_a_leave(world, absent):
	absent("Leave", "08:20", "10:00", reason="Congress")
	assert starts(world)[:2] == ["10:00", "10:15"]
	with pytest.raises(InvalidInputError, match="Congress"):
		booking.book(world.patient, world.visit, world.doctor, world.at("09:00"))
	with pytest.raises(InvalidInputError):
		booking.book(world.patient, world.visit, world.doctor, world.at("08:00"))
	booking.book(world.patient, world.visit, world.doctor, world.at("10:00"))


def test_a_leave_is_one_persons(world, absent):
	other = world.doctor_of("DR2")
	absent("Leave", "08:00", "18:00")
	assert starts(world, practitioner=world.doctor) == []
	assert starts(world, practitioner=other)[0] == "08:00"


def test_an_inactive_leave_takes_nothing(world, absent):
	absent("Leave", "08:00", "18:00", is_active=0)
	assert starts(world)[0] == "08:00"


def test_a_closure_is_for_its_branch(world, absent):
	absent("Closure", "00:00", "23:55", branch=world.other_branch)
	assert starts(world)[0] == "08:00"
	absent("Closure", "00:00", "12:00")
	assert starts(world)[0] == "14:00"


def test_a_holiday_closes_the_day_and_an_extra_shift_opens_it(world, absent):
	day = world.at("00:00")[:10]
	world.make("Clinic Holiday", title="Nowruz", date=day)
	assert starts(world) == []
	with pytest.raises(InvalidInputError, match="Nowruz"):
		booking.book(world.patient, world.visit, world.doctor, world.at("09:00"))
	absent("Extra Shift", "09:00", "10:00")
	assert starts(world) == ["09:00", "09:15", "09:30"]
	booking.book(world.patient, world.visit, world.doctor, world.at("09:00"))


def test_a_day_that_is_only_noted_is_open(world):
	world.make("Clinic Holiday", title="Mother's day", date=world.at("00:00")[:10], is_closed=0)
	assert starts(world)[0] == "08:00"


def test_a_night_shift_goes_on_after_midnight(world):
	night = world.doctor_of("NIGHT", shifts=[("22:00:00", "02:00:00")])
	service = {"practitioner": night, "service": world.visit}
	after_midnight = ["00:00", "00:15", "00:30", "00:45", "01:00", "01:15", "01:30"]
	before = [f"{hour}:{minute:02d}" for hour in (22, 23) for minute in (0, 15, 30, 45)]
	assert starts(world, **service) == after_midnight + before
	doc = booking.book(world.patient, world.visit, night, world.at("01:30"))
	assert str(doc.end) == world.at("02:00")
	over_midnight = booking.book(world.second, world.visit, night, world.at("23:45"))
	assert str(over_midnight.end) == world.at("00:15", 1)
	with pytest.raises(InvalidInputError):
		booking.book(world.patient, world.visit, night, world.at("02:00"))


def test_night_and_morning_may_not_lie_over_each_other(world):
	with pytest.raises(InvalidInputError, match="two shifts"):
		world.make(
			"Clinic Schedule",
			practitioner=world.doctor,
			valid_from="2020-01-01",
			shifts=[
				{"weekday": "Friday", "start": "22:00:00", "end": "09:00:00", "branch": world.branch},
			],
		)


@pytest.mark.parametrize(
	("values", "field"),
	[
		({"end": "08:00"}, "Until"),
		({"kind": "Leave", "practitioner": None}, "Practitioner"),
		({"kind": "Extra Shift", "branch": None}, "Branch"),
		({"kind": "Extra Shift", "start": "11:00", "end": "13:00"}, "From"),
	],
)
def test_bad_input_is_named(world, absent, values, field):
	given = {"kind": "Leave", "start": "09:00", "end": "10:00", **values}
	with pytest.raises(InvalidInputError, match=field):
		absent(given.pop("kind"), given.pop("start"), given.pop("end"), **given)


def test_an_extra_shift_may_be_saved_again(world, absent):
	doc = absent("Extra Shift", "12:00", "13:00")
	doc.reason = "Many asked"
	doc.save()
	assert starts(world)[-1] == "17:30" and "12:30" in starts(world)


def test_what_lies_in_a_leave_is_listed_with_free_times(world, absent):
	first = booking.book(world.patient, world.visit, world.doctor, world.at("08:00"))
	second = booking.book(world.second, world.visit, world.doctor, world.at("08:30"))
	booking.book(world.third, world.visit, world.doctor, world.at("14:00"))
	leave = absent("Leave", "08:00", "12:00")
	rows = listing.rows(leave)
	assert [row["appointment"] for row in rows] == [first.name, second.name]
	proposals = [row["proposal"]["start"] for row in rows]
	assert proposals == [world.at("14:30"), world.at("15:00")]
	for row in rows:
		booking.reschedule(row["appointment"], row["proposal"]["start"], "Leave")
	assert listing.rows(leave) == []


def test_who_has_a_course_is_listed_with_its_plan(site, world, absent):
	plan = session_plans.plan(world.patient, world.course, first_date=world.day, practitioner=world.doctor)
	name = site.db.get_value("Clinic Session", {"session_plan": plan.name, "session_no": 1})
	course = booking.book(world.patient, world.course, world.doctor, world.at("09:00"), session=name)
	visit = booking.book(world.second, world.visit, world.doctor, world.at("10:00"))
	rows = affected.appointments(absent("Leave", "08:00", "18:00").name)
	assert [(row["appointment"], row["session_plan"], row["session_no"]) for row in rows] == [
		(course.name, plan.name, 1),
		(visit.name, None, None),
	]


def test_nobody_is_proposed_hours_of_the_other_gender(site, world, absent):
	doc = booking.book(world.second, world.visit, world.doctor, world.at("08:00"))
	leave = absent("Leave", "08:00", "12:00")
	site.db.set_value("Clinic Schedule Shift", {"start": "14:00:00"}, "gender", "Female")
	(row,) = listing.rows(leave)
	assert (row["appointment"], row["proposal"]["start"]) == (doc.name, world.at("08:00", 1))


def test_the_day_may_be_kept_with_somebody_else(world, absent):
	booking.book(world.patient, world.visit, world.doctor, world.at("08:00"))
	other = world.doctor_of("DR2")
	leave = absent("Leave", "08:00", "18:00")
	(row,) = listing.rows(leave, listing.SAME_DAY)
	assert row["proposal"]["practitioner"] == other
	assert row["proposal"]["start"] == world.at("08:00")


def test_the_list_costs_the_same_for_one_and_for_many(world, absent, count_queries):
	booking.book(world.patient, world.visit, world.doctor, world.at("08:00"))
	leave = absent("Leave", "08:00", "12:00")
	one = len(count_queries(lambda: listing.rows(leave)))
	for number in range(4):
		patient = world.patient_of(f"More {number}")
		leave.db_set("is_active", 0)
		booking.book(
			patient, world.visit, world.doctor, world.at(f"{9 + number // 2:02d}:{30 * (number % 2):02d}")
		)
		leave.db_set("is_active", 1)
	assert len(count_queries(lambda: listing.rows(leave))) == one


@pytest.mark.parametrize("keep", [listing.SAME_PRACTITIONER, listing.SAME_DAY])
def test_a_day_of_many_services_and_people_costs_as_much_as_one_appointment(
	world, absent, count_queries, keep
):
	world.doctor_of("DR2")
	booking.book(world.patient, world.visit, world.doctor, world.at("08:00"))
	closure = absent("Closure", "07:00", "19:00")
	listing.rows(closure, keep)
	one = len(count_queries(lambda: listing.rows(closure, keep)))
	closure.db_set("is_active", 0)
	for number in range(6):
		service = world.service(f"MORE{number}", duration_minutes=20 + 5 * number)
		doctor = world.doctor_of(f"MORE{number}", services=(service,))
		patient = world.patient_of(f"More {number}", gender=("Female", "Male")[number % 2])
		booking.book(patient, service, doctor, world.at("09:00"))
	closure.db_set("is_active", 1)
	rows = []
	assert len(count_queries(lambda: rows.extend(listing.rows(closure, keep)))) == one
	assert len(rows) == 7
	if keep == listing.SAME_PRACTITIONER:
		assert {row["proposal"]["start"] for row in rows} == {world.at("08:00", 1)}
		assert all(row["proposal"]["practitioner"] == row["practitioner"] for row in rows)


def test_the_numbers_of_queues_are_proposed_and_read_once(world, absent, count_queries):
	shifts = [{"weekday": day, "start": "08:00:00", "end": "12:00:00", "kind": "Queue", "capacity": 4,
		"branch": world.branch} for day in WEEKDAYS]  # fmt: skip

	def in_queue(number):
		service = world.service(f"QUEUE{number}")
		name = world.make(
			"Clinic Practitioner",
			code=f"TQ{number}",
			practitioner_name=f"Dr Q{number}",
			branch=world.branch,
			services=[{"service": service}],
		).name
		world.make("Clinic Schedule", practitioner=name, valid_from="2020-01-01", shifts=shifts)
		return booking.book(world.patient_of(f"Q{number}"), service, name, world.at("08:00"))

	in_queue(0)
	closure = absent("Closure", "07:00", "13:00")
	listing.rows(closure)
	one = len(count_queries(lambda: listing.rows(closure)))
	closure.db_set("is_active", 0)
	for number in (1, 2, 3):
		in_queue(number)
	closure.db_set("is_active", 1)
	rows = []
	assert len(count_queries(lambda: rows.extend(listing.rows(closure)))) == one
	assert [row["proposal"]["start"] for row in rows] == [world.at("08:00", 1)] * 4


def test_who_may_not_see_a_branch_does_not_find_its_appointments(site, world, absent, user_with):
	booking.book(world.patient, world.visit, world.doctor, world.at("08:00"))
	leave = absent("Leave", "08:00", "12:00")
	user = user_with("Clinic Receptionist")
	world.make("User Permission", user=user, allow="Clinic Branch", for_value=world.other_branch)
	site.set_user(user)
	assert listing.rows(leave) == []
