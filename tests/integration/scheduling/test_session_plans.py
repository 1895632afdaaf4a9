"""Session plans over entitlements, and the night that judges absences."""

import datetime

import pytest
from clinic_core.foundation.errors import ForbiddenMoveError, InvalidInputError
from clinic_core.people import entitlements
from clinic_core.scheduling import api, booking, jobs, session_plans


@pytest.fixture
def sold(site, world):
	"""Three sessions paid for, with their plan."""
	right = entitlements.grant(
		world.patient, world.course, 3, 100, world.branch, "Clinic Patient", world.patient
	)
	plan = session_plans.plan(
		world.patient,
		world.course,
		practitioner=world.doctor,
		branch=world.branch,
		origin_doctype="Clinic Patient",
		origin_name=world.patient,
		entitlement=right,
	)
	return plan, right, [row["name"] for row in session_plans.sessions_of(plan.name)]


def status(site, session):
	return site.db.get_value("Clinic Session", session, "status")


def open_row(patient):
	rows = entitlements.open_for(patient)
	return (rows[0]["left"], rows[0]["reserved"]) if rows else None


def book(world, session, time="09:00", days=0):
	return booking.book(world.patient, world.course, world.doctor, world.at(time, days), session=session)


def test_plan_has_dates_and_titles(site, world, sold):
	plan, right, _names = sold
	today = site.utils.getdate()
	rows = session_plans.sessions_of(plan.name)
	assert [r["date"] for r in rows] == [str(today + datetime.timedelta(days=d)) for d in (2, 9, 16)]
	assert [r["status"] for r in rows] == ["Planned"] * 3
	assert "T COURSE" in plan.title and "T One" in plan.title
	assert plan.session_count == 3 and plan.entitlement == right


def test_endpoint_takes_the_unplanned_entitlement(site, world, as_role):
	right = entitlements.grant(
		world.patient, world.course, 2, 100, world.branch, "Clinic Patient", world.patient
	)
	as_role("Clinic Receptionist")
	answer = api.plan_sessions(world.patient, world.course, first_date=str(world.day))
	assert [set(row) for row in answer["sessions"]] == [{"name", "session_no", "date", "status", "start"}] * 2
	assert site.db.get_value("Clinic Session Plan", answer["session_plan"], "entitlement") == right
	again = api.plan_sessions(world.patient, world.course)
	assert not site.db.get_value("Clinic Session Plan", again["session_plan"], "entitlement")
	with pytest.raises(InvalidInputError, match="not given in sessions"):
		api.plan_sessions(world.patient, world.visit)


def test_booking_reserves_and_cancelling_releases(site, world, sold):
	_plan, _right, names = sold
	doc = book(world, names[0])
	assert status(site, names[0]) == "Booked" and open_row(world.patient) == (3, 1)
	with pytest.raises(InvalidInputError, match="Booked already"):
		book(world, names[0], "10:00")
	booking.cancel(doc.name, "ill")
	assert status(site, names[0]) == "Planned" and open_row(world.patient) == (3, 0)
	with pytest.raises(InvalidInputError, match="another patient"):
		booking.book(world.second, world.course, world.doctor, world.at("09:00"), session=names[0])


def test_attending_uses_one_and_can_be_undone(site, world, sold):
	plan, right, names = sold
	book(world, names[0])
	session_plans.attend(names[0], "Clinic Patient", world.patient)
	assert status(site, names[0]) == "Attended" and open_row(world.patient) == (2, 0)
	session_plans.attend(names[0], "Clinic Patient", world.patient)
	assert entitlements.balance(right) == 2
	session_plans.unattend(names[0], "Clinic Patient", world.patient)
	assert status(site, names[0]) == "Booked" and open_row(world.patient) == (3, 1)
	for name in names:
		session_plans.attend(name, "Clinic Patient", world.patient)
	assert open_row(world.patient) is None
	assert site.db.get_value("Clinic Session Plan", plan.name, "status") == "Completed"
	session_plans.unattend(names[2], "Clinic Patient", world.patient)
	assert site.db.get_value("Clinic Session Plan", plan.name, "status") == "Active"
	assert status(site, names[2]) == "Planned"


def test_a_reception_that_consumed_already_is_not_charged_twice(site, world, sold):
	_plan, right, names = sold
	entitlements.consume(right, 1, "Clinic Patient", world.patient)
	session_plans.attend(names[0], "Clinic Patient", world.patient)
	assert entitlements.balance(right) == 2
	session_plans.attend(names[1], "Clinic Patient", world.patient)
	assert entitlements.balance(right) == 1


def test_first_absence_is_excused_second_is_burnt_and_late_comer_keeps_it(site, world, sold):
	_plan, _right, names = sold
	first = book(world, names[0], days=-20)
	booking.mark_no_show(first.name)
	assert status(site, names[0]) == "Absent" and open_row(world.patient) == (3, 0)
	assert site.db.get_value("Clinic Session", names[0], "is_excused") == 1
	again = book(world, names[0], days=-19)
	assert status(site, names[0]) == "Booked"
	booking.mark_no_show(again.name)
	assert status(site, names[0]) == "Burnt" and open_row(world.patient) == (2, 0)
	booking.arrive(again.name)
	assert status(site, names[0]) == "Booked" and open_row(world.patient) == (3, 1)


def test_cancelling_the_sale_cancels_what_is_to_come(site, world, sold):
	plan, _right, names = sold
	doc = book(world, names[1])
	session_plans.attend(names[0], "Clinic Patient", world.second)
	session_plans.cancel_for("Clinic Patient", world.patient)
	assert [status(site, n) for n in names] == ["Attended", "Cancelled", "Cancelled"]
	assert site.db.get_value("Clinic Appointment", doc.name, "status") == "Cancelled"
	assert site.db.get_value("Clinic Session Plan", plan.name, "status") == "Cancelled"
	assert open_row(world.patient) == (2, 0)
	session_plans.cancel_for("Clinic Patient", world.patient)


def test_states_are_not_set_by_hand(site, world, sold, as_role):
	_plan, _right, names = sold
	as_role("Clinic Receptionist")
	doc = site.get_doc("Clinic Session", names[0])
	doc.status = "Attended"
	with pytest.raises(site.PermissionError):
		doc.save()
	doc = site.get_doc("Clinic Session", names[0])
	doc.status = "Burnt"
	with pytest.raises(ForbiddenMoveError):
		doc.save()


def test_plan_by_hand_makes_its_sessions(site, world, as_role):
	as_role("Clinic Manager")
	plan = site.get_doc(
		{
			"doctype": "Clinic Session Plan",
			"patient": world.patient,
			"service": world.course,
			"first_date": str(world.day),
			"session_count": "۴",
			"interval_days": 10,
		}
	).insert()
	assert len(session_plans.sessions_of(plan.name)) == 4


# ---- the night


def test_night_closes_what_was_missed_once(site, world, sold, monkeypatch):
	_plan, _right, names = sold
	told = []
	monkeypatch.setattr(
		"clinic_core.foundation.events.emit", lambda hook, **payload: told.append(payload["events"])
	)
	missed = book(world, names[0], days=-20)
	confirmed = booking.book(world.second, world.visit, world.doctor, world.at("09:00", -5))
	booking.confirm(confirmed.name)
	arrived = booking.book(world.third, world.visit, world.doctor, world.at("10:00", -5))
	booking.arrive(arrived.name)
	coming = booking.book(world.third, world.visit, world.doctor, world.at("10:00"))
	held = booking.book(world.third, world.visit, world.doctor, world.at("11:00"), hold=True)
	site.db.set_value("Clinic Appointment", held.name, "hold_until", site.utils.add_to_date(None, hours=-1))
	told.clear()
	jobs.run_night()
	mine = {missed.name, confirmed.name, arrived.name, coming.name, held.name}
	now = dict(
		site.get_all("Clinic Appointment", {"name": ("in", list(mine))}, ["name", "status"], as_list=True)
	)
	assert now == {
		missed.name: "No Show",
		confirmed.name: "No Show",
		arrived.name: "Arrived",
		coming.name: "Booked",
		held.name: "Cancelled",
	}
	assert status(site, names[0]) == "Absent"
	events = [e for batch in told for e in batch if e["appointment"] in mine]
	assert {(e["appointment"], e["old"], e["new"]) for e in events} == {
		(missed.name, "Booked", "No Show"),
		(confirmed.name, "Confirmed", "No Show"),
		(held.name, "Held", "Cancelled"),
	}
	today = site.utils.getdate()
	from clinic_core.scheduling.cells import minute_of

	past = site.get_all("Clinic Time Claim", {"cell": ("<", minute_of(site.utils.get_datetime(today)) // 5)})
	assert past == []
	assert site.db.count("Clinic Time Claim", {"appointment": coming.name}) == 12
	told.clear()
	jobs.run_night()
	assert told == []


def test_the_end_decides_not_the_date(site, world):
	doc = booking.book(world.patient, world.visit, world.doctor, world.at("09:00", -5))
	before = site.utils.get_datetime(doc.end)
	jobs.close_missed(before + datetime.timedelta(minutes=59))
	assert site.db.get_value("Clinic Appointment", doc.name, "status") == "Booked"
	jobs.close_missed(before + datetime.timedelta(minutes=61))
	assert site.db.get_value("Clinic Appointment", doc.name, "status") == "No Show"
