"""The Schedule page: what stands on it, for whom, and at what cost (E180, E190, E208)."""

import datetime
import re

import pytest
from clinic_core.foundation.errors import InvalidInputError, SlotTakenError
from clinic_core.scheduling import booking
from clinic_core.scheduling.schedule_board import api

RECEPTION = "Clinic Receptionist"


def shown(world, days=0, **asked):
	return api.board(world.at("00:00", days)[:10], branch=world.branch, **asked)


def column(answer, name):
	[found] = [one for one in answer["columns"] if one["name"] == name]
	return found


def spans(rows):
	return [(row["start"][11:16], row["end"][11:16]) for row in rows]


def names(rows):
	return [row["appointment"] for row in rows]


def test_a_day_shows_who_works_and_what_is_booked(world):
	first = booking.book(world.patient, world.visit, world.doctor, world.at("09:00"))
	laser = booking.book(world.second, world.laser, world.doctor, world.at("10:00"))
	answer = shown(world)
	assert names(answer["appointments"]) == [first.name, laser.name]
	doctor = column(answer, world.doctor)
	assert doctor["key"] == f"PR:{world.doctor}"
	assert spans(doctor["work"]) == [("08:00", "12:00"), ("14:00", "18:00")]
	assert answer["hours"] == ["08:00", "18:00"]
	part = answer["appointments"][1]["parts"][0]
	assert (part["practitioner"], part["resource"], part["resource_title"]) == (
		world.doctor,
		world.device,
		"Device",
	)
	# A device is open while somebody works in its branch.
	assert spans(column(answer, world.device)["work"]) == [("08:00", "12:00"), ("14:00", "18:00")]


def test_who_does_not_work_has_no_column_until_he_has_an_appointment(world, site):
	other = world.doctor_of("OFF")
	schedule = site.db.get_value("Clinic Schedule", {"practitioner": other}, "name")
	doc = booking.book(world.patient, world.visit, other, world.at("09:00"))
	site.db.set_value("Clinic Schedule", schedule, "is_active", 0)
	assert column(shown(world), other)["work"] == []
	booking.cancel(doc.name, "travels")
	site.db.set_value("Clinic Appointment", doc.name, "start", world.at("09:00", 5))
	site.db.set_value("Clinic Appointment", doc.name, "end", world.at("09:30", 5))
	assert other not in [one["name"] for one in shown(world)["columns"]]


def test_leaves_closures_and_holidays_are_drawn_with_their_reason(world):
	world.make(
		"Clinic Schedule Exception",
		kind="Leave",
		practitioner=world.doctor,
		start=world.at("09:00"),
		end=world.at("10:00"),
		reason="Congress",
	)
	doctor = column(shown(world), world.doctor)
	assert spans(doctor["work"]) == [("08:00", "09:00"), ("10:00", "12:00"), ("14:00", "18:00")]
	assert [(b["kind"], b["title"], *spans([b])) for b in doctor["bands"]] == [
		("Leave", "Congress", ("09:00", "10:00"))
	]
	world.make("Clinic Holiday", title="Nowruz", date=world.at("00:00", 1)[:10])
	closed = column(shown(world, 1), world.doctor)
	assert closed["work"] == [] and {band["title"] for band in closed["bands"]} == {"Nowruz"}


def test_the_week_of_one_practitioner_or_room(world):
	other = world.doctor_of("DR2")
	mine = booking.book(world.patient, world.visit, world.doctor, world.at("09:00"))
	booking.book(world.second, world.visit, other, world.at("09:00", 2))
	later = booking.book(world.second, world.laser, world.doctor, world.at("09:00", 4))
	week = shown(world, days=0, practitioner=world.doctor)
	assert names(week["appointments"]) == [mine.name]
	week = api.board(world.at("00:00")[:10], days=7, practitioner=world.doctor)
	assert names(week["appointments"]) == [mine.name, later.name]
	assert [one["name"] for one in week["columns"]] == [world.doctor]
	assert len(column(week, world.doctor)["work"]) == 14
	room = api.board(world.at("00:00")[:10], days=7, resource=world.device)
	assert names(room["appointments"]) == [later.name]
	assert [one["name"] for one in room["columns"]] == [world.device]


def test_who_helps_in_one_step_has_it_in_his_week(world):
	helper = world.doctor_of("HELP")
	doc = world.make(
		"Clinic Appointment",
		patient=world.patient,
		service=world.visit,
		practitioner=world.doctor,
		start=world.at("09:00"),
		status="Booked",
		steps=[
			{"service": world.visit, "practitioner": world.doctor, "duration_minutes": 30},
			{
				"service": world.visit,
				"practitioner": helper,
				"offset_minutes": 30,
				"duration_minutes": 30,
			},
		],
	)
	[row] = api.board(world.at("00:00")[:10], days=7, practitioner=helper)["appointments"]
	assert row["appointment"] == doc.name
	assert [(p["practitioner"], *spans([p])) for p in row["parts"]] == [
		(world.doctor, ("09:00", "09:30")),
		(helper, ("09:30", "10:00")),
	]


def test_only_what_changed_is_read_again(world):
	stays = booking.book(world.patient, world.visit, world.doctor, world.at("09:00"))
	goes = booking.book(world.second, world.visit, world.doctor, world.at("10:00"))
	day = world.at("00:00")[:10]
	ask = {"date": day, "branch": world.branch}
	both = api.cards([stays.name, goes.name], **ask)
	assert names(both) == [stays.name, goes.name]
	booking.reschedule(goes.name, world.at("10:00", 1), "travels")
	assert names(api.cards([stays.name, goes.name, "nobody"], **ask)) == [stays.name]
	assert api.cards([], **ask) == []


def test_a_hold_that_is_over_is_not_shown(world, site):
	held = booking.book(world.patient, world.visit, world.doctor, world.at("09:00"), hold=True)
	assert names(shown(world)["appointments"]) == [held.name]
	past = site.utils.now_datetime() - datetime.timedelta(minutes=1)
	site.db.set_value("Clinic Appointment", held.name, "hold_until", past)
	assert shown(world)["appointments"] == []


def test_the_panel_tells_moves_with_their_reasons(world):
	other = world.doctor_of("DR2")
	doc = booking.book(world.patient, world.visit, world.doctor, world.at("09:00"))
	booking.reschedule(doc.name, world.at("10:00"), "asked by phone", practitioner=other)
	[move, booked] = api.details(doc.name)["entries"]
	assert (move["reason"], booked["kind"]) == ("asked by phone", "Booked")
	assert str(move["old_start"]) == world.at("09:00") and str(move["new_start"]) == world.at("10:00")


def test_a_longer_appointment_takes_the_time_and_keeps_it_when_moved(world):
	doc = booking.book(world.patient, world.visit, world.doctor, world.at("09:00"))
	made = api.resize(doc.name, "۵۰", "more to talk about")
	assert made["end"] == world.at("09:50")
	with pytest.raises(SlotTakenError):
		booking.book(world.second, world.visit, world.doctor, world.at("09:40"))
	booking.book(world.second, world.visit, world.doctor, world.at("09:50"))
	moved = booking.reschedule(doc.name, world.at("11:00"), "travels")
	assert str(moved.end) == world.at("11:50")
	changed = booking.reschedule(doc.name, world.at("09:00"), "back")
	changed.service = world.laser
	changed.flags.reason_given = True
	assert str(changed.save().end) == world.at("09:30"), "another treatment has its own length"


def test_a_length_that_does_not_fit_is_refused(world):
	doc = booking.book(world.patient, world.visit, world.doctor, world.at("09:00"))
	booking.book(world.second, world.visit, world.doctor, world.at("09:30"))
	with pytest.raises(SlotTakenError):
		api.resize(doc.name, 45, "longer")
	for minutes in (7, 725, -30):
		with pytest.raises(InvalidInputError):
			api.resize(doc.name, minutes, "longer")
	with pytest.raises(InvalidInputError):
		api.resize(doc.name, 20, " ")
	late = booking.book(world.third, world.visit, world.doctor, world.at("11:30"))
	with pytest.raises(InvalidInputError):
		api.resize(late.name, 60, "beyond the shift")


def test_a_change_of_length_is_told_in_the_history(world):
	doc = booking.book(world.patient, world.visit, world.doctor, world.at("09:00"))
	api.resize(doc.name, 45, "more to talk about")
	[changed, _booked] = api.details(doc.name)["entries"]
	assert (changed["kind"], changed["reason"]) == ("Changed", "more to talk about")
	assert (changed["old_minutes"], changed["new_minutes"]) == (30, 45)
	assert changed["old_start"] is None and changed["new_resource"] is None


@pytest.fixture
def rooms(world):
	"""A second device and two rooms; the hours of `world.roomy` are in the first room."""

	def resource(code, kind, **values):
		return world.make(
			"Clinic Resource",
			**{"code": f"T{code}", "title": code, "kind": kind, "branch": world.branch, **values},
		).name

	world.device2 = resource("DEV2", "Device")
	world.room1, world.room2 = resource("ROOM1", "Room"), resource("ROOM2", "Room")
	world.elsewhere = resource("FAR", "Device", branch=world.other_branch)
	world.broken = resource("BROKEN", "Device", status="Out of Order")
	world.roomy = world.doctor_of("ROOMY")
	return world


def place(doc):
	doc.reload()
	return doc.steps[0].resource


def in_room(site, world):
	schedule = site.get_doc("Clinic Schedule", {"practitioner": world.roomy})
	for row in schedule.shifts:
		row.resource = world.room1
	schedule.save()


def test_an_appointment_is_dragged_into_another_room_and_stays_there(site, rooms):
	world = rooms
	doc = booking.book(world.patient, world.laser, world.doctor, world.at("09:00"))
	assert place(doc) == world.device
	booking.reschedule(doc.name, doc.start, "nearer", resource=world.device2)
	assert place(doc) == world.device2
	[change, _booked] = api.details(doc.name)["entries"]
	assert (change["old_resource"], change["new_resource"]) == ("Device", "DEV2")
	assert (change["kind"], change["reason"], doc.move_count) == ("Changed", "nearer", 0)
	booking.confirm(doc.name)
	api.resize(doc.name, 45, "longer")
	assert place(doc) == world.device2, "what was chosen holds as long as it stays at its time"
	other = world.doctor_of("DR2")
	booking.book(world.second, world.laser, other, world.at("09:00"))
	third = booking.book(world.third, world.visit, other, world.at("10:00"))
	assert third.name, "and the one it left is free for others"


def test_at_another_time_the_room_follows_again(rooms):
	world = rooms
	doc = booking.book(world.patient, world.laser, world.doctor, world.at("09:00"), resource=world.device2)
	assert place(doc) == world.device2
	booking.reschedule(doc.name, world.at("10:00"), "later")
	assert (place(doc), doc.own_resource) == (world.device, None)
	booking.reschedule(doc.name, world.at("11:00"), "later", resource=world.device2)
	assert (place(doc), doc.own_resource) == (world.device2, world.device2)


def test_a_room_may_be_chosen_instead_of_that_of_the_shift(site, rooms):
	world = rooms
	in_room(site, world)
	doc = booking.book(world.patient, world.visit, world.roomy, world.at("09:00"))
	assert place(doc) == world.room1
	booking.reschedule(doc.name, doc.start, "wheelchair", resource=world.room2)
	assert place(doc) == world.room2
	held = site.get_all("Clinic Time Claim", {"appointment": doc.name}, pluck="resource_key", distinct=True)
	assert f"RS:{world.room2}" in held and f"RS:{world.room1}" not in held


def test_a_taken_room_is_refused_and_nothing_changes(rooms):
	world = rooms
	other = world.doctor_of("DR2")
	mine = booking.book(world.patient, world.laser, world.doctor, world.at("09:00"))
	booking.book(world.second, world.laser, other, world.at("09:00"))
	with pytest.raises(SlotTakenError, match="DEV2"):
		booking.reschedule(mine.name, mine.start, "swap", resource=world.device2)
	assert place(mine) == world.device


@pytest.mark.parametrize(
	("where", "said"),
	[
		("elsewhere", "not in this branch"),
		("broken", "out of order"),
		("room1", "DEV2"),
		("nowhere", "nowhere"),
	],
)
def test_a_room_that_does_not_serve_is_refused_with_what_would(rooms, where, said):
	world = rooms
	doc = booking.book(world.patient, world.laser, world.doctor, world.at("09:00"))
	with pytest.raises(InvalidInputError, match=said):
		booking.reschedule(doc.name, doc.start, "there", resource=getattr(world, where, "nowhere"))
	assert place(doc) == world.device


def test_several_steps_have_their_own_rooms(rooms):
	world = rooms
	steps = [
		{"service": world.visit, "practitioner": world.doctor, "duration_minutes": 30},
		{
			"service": world.visit,
			"practitioner": world.roomy,
			"offset_minutes": 30,
			"duration_minutes": 30,
		},
	]
	doc = world.make(
		"Clinic Appointment",
		patient=world.patient,
		service=world.visit,
		practitioner=world.doctor,
		start=world.at("09:00"),
		status="Booked",
		steps=steps,
	)
	with pytest.raises(InvalidInputError, match="each with its own room"):
		booking.reschedule(doc.name, doc.start, "there", resource=world.room1)


def test_only_services_that_fit_are_offered_where_one_points(site, rooms):
	world = rooms
	narrow = world.doctor_of("NARROW", services=(world.laser,))
	assert api.services_of(practitioner=narrow) == [world.laser]
	assert world.laser in api.services_of(resource=world.device2)
	assert world.visit not in api.services_of(resource=world.device2)
	of_room = api.services_of(resource=world.room1)
	assert world.visit in of_room and world.laser not in of_room
	in_room(site, world)
	assert world.laser in api.services_of(resource=world.room1), "who works there gives it there"
	for nonsense in ({}, {"practitioner": narrow, "resource": world.room1}):
		with pytest.raises(InvalidInputError):
			api.services_of(**nonsense)


@pytest.mark.parametrize(
	"wrong",
	[
		{"days": 0},
		{"days": 8},
		{"days": "many"},
		{"date": "tomorrow"},
		{"date": "0001-01-01"},
		{"practitioner": "A", "resource": "B"},
		{"practitioner": "A", "days": 43},
	],
)
def test_a_question_that_makes_no_sense_is_answered_with_its_field(world, wrong):
	with pytest.raises(InvalidInputError):
		api.board(**{"date": world.at("00:00")[:10], **wrong})


def test_who_does_not_exist_is_not_found(world, site):
	for whose in ({"practitioner": "nobody"}, {"resource": "nothing"}):
		with pytest.raises(site.DoesNotExistError):
			api.board(world.at("00:00")[:10], **whose)


def test_somebody_without_a_role_sees_nothing(world, site, as_role):
	as_role()
	with pytest.raises(site.PermissionError):
		api.board()
	with pytest.raises(site.PermissionError):
		api.printed()


def test_the_cashier_may_not_print_and_sees_no_numbers(world, site, as_role):
	site.db.set_value("Clinic Patient", world.patient, "mobile", "+989121234567")
	booking.book(world.patient, world.visit, world.doctor, world.at("09:00"))
	as_role("Clinic Cashier")
	with pytest.raises(site.PermissionError):
		api.printed(world.at("00:00")[:10])
	[row] = shown(world)["appointments"]
	assert "1234567" not in re.sub(r"\D", "", row["mobile"]) and row["mobile"]
	assert row["actions"] == []
	as_role(RECEPTION)
	assert shown(world)["appointments"][0]["mobile"].endswith("4567")


@pytest.fixture
def in_branch(site, world, user_with):
	"""A receptionist of the world's first branch only, at the keyboard."""
	user = user_with(RECEPTION)
	site.get_doc(
		{"doctype": "User Permission", "user": user, "allow": "Clinic Branch", "for_value": world.branch}
	).insert(ignore_permissions=True)
	site.clear_cache(user=user)
	site.set_user(user)
	return user


def test_another_branch_is_refused_and_its_rows_are_not_told(world, site, in_branch):
	site.set_user("Administrator")
	there = world.make(
		"Clinic Practitioner",
		practitioner_name="Dr There",
		branch=world.other_branch,
		services=[{"service": world.visit}],
	).name
	day = site.utils.getdate(world.at("00:00")).strftime("%A")
	shifts = [
		{"weekday": day, "start": "08:00:00", "end": "12:00:00", "branch": world.other_branch},
		{"weekday": day, "start": "14:00:00", "end": "16:00:00", "branch": world.branch},
	]
	world.make("Clinic Schedule", practitioner=there, valid_from="2020-01-01", shifts=shifts)
	away = booking.book(world.patient, world.visit, there, world.at("09:00"))
	here = booking.book(world.second, world.visit, there, world.at("14:00"))
	site.set_user(in_branch)
	with pytest.raises(site.PermissionError):
		api.board(world.at("00:00")[:10], branch=world.other_branch)
	answer = api.board(world.at("00:00")[:10])
	assert away.name not in names(answer["appointments"])
	assert here.name in names(answer["appointments"])
	found = column(answer, there)
	assert spans(found["work"]) == [("14:00", "16:00")]
	# He is busy there; with whom is not said.
	assert ("09:00", "09:30") in spans(found["busy"])
	assert world.other_branch not in {one["branch"] for one in answer["columns"] if one["kind"] == "resource"}
	assert api.cards([away.name], date=world.at("00:00")[:10]) == []


def test_the_cost_does_not_grow_with_people_and_days(world, count_queries):
	booking.book(world.patient, world.visit, world.doctor, world.at("09:00"))
	few = count_queries(lambda: shown(world))
	for number in range(4):
		doctor = world.doctor_of(f"M{number}")
		patient = world.patient_of(f"Many{number}")
		for hour in ("08", "10", "15"):
			booking.book(patient, world.visit, doctor, world.at(f"{hour}:{number}0"))
	many = count_queries(lambda: shown(world, days=0))
	week = count_queries(lambda: api.board(world.at("00:00")[:10], days=7, branch=world.branch))
	assert len(few) == len(many) == len(week) <= 10


def test_a_printed_day_is_in_the_log_of_views(world, site, as_role):
	booking.book(world.patient, world.visit, world.doctor, world.at("09:00"))
	as_role(RECEPTION)
	rows = api.printed(world.at("00:00")[:10], branch=world.branch)
	assert [row["patient"] for row in rows] == [world.patient]
	site.set_user("Administrator")
	[log] = site.get_all(
		"Clinic Access Log", {"patient": world.patient, "what": "Print"}, ["through"], order_by="at desc"
	)
	assert log.through == "Schedule"
