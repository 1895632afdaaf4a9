"""Leave of the centre: login, PIN, schedules, and the appointments others take over (2.1 "Staff")."""

import pytest

from tests.integration.scheduling.conftest import build_world


@pytest.fixture
def world(site):
	return build_world(site, "L")


@pytest.fixture
def leaving(site):
	from clinic_core.people.staff import leaving

	return leaving


@pytest.fixture
def reassignment(site):
	from clinic_core.people.staff import reassignment

	return reassignment


@pytest.fixture
def book(world):
	from clinic_core.scheduling import booking

	def one(time="09:00", patient=None, practitioner=None, days=0):
		return booking.book(
			patient or world.patient, world.visit, practitioner or world.doctor, world.at(time, days)
		)

	return one


def today(site, days=0):
	return site.utils.getdate(site.utils.add_days(site.utils.today(), days))


def schedules(site, practitioner):
	return site.get_all("Clinic Schedule", {"practitioner": practitioner}, ["valid_to", "is_active"])


def test_leaving_today_closes_everything_and_rejoining_opens_it(site, world, staff, leaving, branch):
	from clinic_core.people.desk import pins

	doc = staff(practitioner=world.doctor, is_practitioner=1, branches=[{"branch": world.branch}])
	assert site.db.get_value("Clinic Practitioner", world.doctor, "user") == doc.user
	pins.set_pin(doc.name, "2739")
	before = schedules(site, world.doctor)
	answer = leaving.leave(doc.name, today(site), "Moved away")
	doc.reload()
	assert answer["status"] == doc.status == "Departed" and doc.has_pin == 0
	assert site.db.get_value("User", doc.user, "enabled") == 0
	assert site.db.get_value("Clinic Practitioner", world.doctor, "is_active") == 0
	assert schedules(site, world.doctor) == [{"valid_to": today(site, -1), "is_active": 1}]
	assert site.db.exists("User Permission", {"user": doc.user, "for_value": world.branch}), (
		"kept for history"
	)
	assert pins.ask(doc.name, "2739") == pins.NONE
	leaving.rejoin(doc.name)
	doc.reload()
	assert (doc.status, doc.left_on, doc.leaving_reason) == ("Active", None, None)
	assert site.db.get_value("User", doc.user, "enabled") == 1
	assert site.db.get_value("Clinic Practitioner", world.doctor, "is_active") == 1
	assert schedules(site, world.doctor) == before


def test_leaving_later_keeps_the_login_until_then(site, world, staff, leaving):
	from clinic_core.scheduling import availability

	doc = staff(practitioner=world.doctor, is_practitioner=1)
	leaving.leave(doc.name, today(site, 4), "Moved away")
	doc.reload()
	assert doc.status == "Leaving" and site.db.get_value("User", doc.user, "enabled") == 1
	free = availability.find_slots(world.visit, today(site, 1), today(site, 8))
	assert {row["start"][:10] for row in free} == {str(today(site, day)) for day in (1, 2, 3)}
	assert leaving.run_night() == 0
	site.db.set_value("Clinic Staff Member", doc.name, "left_on", today(site))
	assert leaving.run_night() == 1
	assert site.db.get_value("User", doc.user, "enabled") == 0
	assert leaving.run_night() == 0


def test_who_cannot_leave(site, staff, leaving):
	from clinic_core.foundation.errors import ForbiddenMoveError, InvalidInputError

	doc = staff(is_manager=1)
	staff(is_manager=1)
	with pytest.raises(InvalidInputError, match="Reason"):
		leaving.leave(doc.name, today(site), " ")
	with pytest.raises(InvalidInputError, match="Hand over"):
		leaving.leave(doc.name, today(site), "x", doc.name)
	site.set_user(doc.user)
	with pytest.raises(InvalidInputError, match="lock yourself out"):
		leaving.leave(doc.name, today(site), "x")
	site.set_user("Administrator")
	leaving.leave(doc.name, today(site), "x")
	with pytest.raises(ForbiddenMoveError):
		leaving.leave(doc.name, today(site), "x")


def test_a_manager_sends_no_system_manager_away(site, staff, leaving, user_with):
	doc = staff()
	site.get_doc("User", doc.user).add_roles("System Manager")
	site.set_user(user_with("Clinic Manager"))
	with pytest.raises(site.PermissionError):
		leaving.leave(doc.name, today(site), "x")


def test_the_list_says_who_could_take_each_and_who_is_free(site, world, book, reassignment):
	free, busy, other = (
		world.doctor_of("B"),
		world.doctor_of("C"),
		world.doctor_of("D", services=(world.laser,)),
	)
	doc = book("09:00")
	book("09:15", world.second, busy)
	rows = reassignment.open_appointments(world.doctor, today(site))
	assert [row["appointment"] for row in rows] == [doc.name]
	choices = {choice["practitioner"]: choice["is_free"] for choice in rows[0]["choices"]}
	assert choices == {free: True, busy: False} and other not in choices
	assert rows[0]["choices"][0]["practitioner"] == free


def test_questions_do_not_grow_with_the_list(site, world, book, reassignment, count_queries):
	world.doctor_of("B")
	book("08:00")
	with count_queries() as few:
		reassignment.open_appointments(world.doctor)
	for hour in ("09:00", "10:00", "11:00"):
		for day in range(3):
			book(hour, days=day)
	with count_queries() as many:
		assert len(reassignment.open_appointments(world.doctor)) == 10
	assert len(many) <= len(few)


def test_each_is_moved_or_named(site, world, book, reassignment):
	other = world.doctor_of("B")
	good, taken = book("09:00"), book("10:00", world.second)
	book("10:15", world.third, other)
	moves = [{"appointment": doc.name, "practitioner": other} for doc in (good, taken)]
	answer = reassignment.reassign(moves, "The practitioner left")
	assert answer["moved"] == [good.name]
	assert [row["appointment"] for row in answer["refused"]] == [taken.name]
	assert "taken" in answer["refused"][0]["problem"]
	assert site.db.get_value("Clinic Appointment", good.name, ["practitioner", "reason"]) == (
		other,
		"The practitioner left",
	)
	assert site.db.get_value("Clinic Appointment", taken.name, "practitioner") == world.doctor
	assert reassignment.count(world.doctor, today(site)) == 1
	answer = reassignment.cancel([taken.name, good.name], "Nobody is there")
	assert answer == {"cancelled": [taken.name, good.name], "refused": []}


def test_leads_go_to_the_successor(site, staff, leaving):
	pytest.importorskip("clinic_crm")
	from clinic_crm.pipeline import api

	doc, heir = staff(is_crm_agent=1), staff(is_crm_agent=1)
	made = api.create_lead(
		title="Laser", person_type="Contact", first_name="Ali", mobile="09901112244", assigned_to=doc.user
	)
	leaving.leave(doc.name, today(site), "Moved", heir.name)
	assert site.db.get_value("Clinic Lead", made["lead"], "assigned_to") == heir.user
	assert not site.get_all("Clinic Event Failure", {"hook": "clinic_staff_left"})
