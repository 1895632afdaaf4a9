"""Groups of patients with one practitioner (F13): seats, who is refused, and what screens are told."""

import pytest
from clinic_core.foundation.errors import InvalidInputError, SlotTakenError
from clinic_core.scheduling import availability, booking, day_list
from clinic_core.scheduling.schedule_board import asked, listing


@pytest.fixture
def yoga(world):
	"""A group of three, given by the world's second practitioner."""
	world.yoga = world.service("YOGA", group_size=3, duration_minutes=60)
	world.teacher = world.doctor_of("YT", services=(world.yoga, world.visit))
	return world


@pytest.fixture
def join(yoga):
	"""`join(text)`: a new patient books the group."""
	numbers = iter(range(100))

	def one(text="09:00", **more):
		patient = yoga.patient_of(f"Yogi {next(numbers)}")
		return booking.book(patient, yoga.yoga, yoga.teacher, yoga.at(text), **more)

	return one


def seats(site, world):
	rows = site.get_all(
		"Clinic Time Claim", {"resource_key": f"PR:{world.teacher}"}, ["cell", "seat", "appointment"]
	)
	return {
		seat: {row.appointment for row in rows if row.seat == seat} for seat in {row.seat for row in rows}
	}


def offered(world, service=None, **more):
	day = world.at("00:00")[:10]
	rows = availability.find_slots(service or world.yoga, day, day, world.teacher, **more)
	return {row["start"][11:16]: row.get("seats_left") for row in rows}


def test_as_many_come_as_there_are_seats_and_the_next_one_hears_what_is_free(site, yoga, join):
	docs = [join() for _turn in range(3)]
	assert {doc.status for doc in docs} == {"Booked"} and {doc.group_size for doc in docs} == {3}
	assert sorted(seats(site, yoga)) == [0, 1, 2]
	with pytest.raises(SlotTakenError, match="places of that group"):
		join()
	assert site.local.response["next_slots"][0]["start"] == yoga.at("10:00")
	assert site.local.response["next_slots"][0]["seats_left"] == 3


def test_the_search_shows_the_seats_left(yoga, join):
	assert offered(yoga)["09:00"] == 3
	join()
	join()
	found = offered(yoga)
	# Only its own start is left of the time of the group.
	assert found["09:00"] == 1 and found["10:00"] == 3
	assert not {"08:15", "08:30", "08:45", "09:15", "09:30", "09:45"} & set(found)
	assert "09:00" not in offered(yoga, yoga.visit)
	join()
	assert "09:00" not in offered(yoga)


def test_a_start_beside_the_grid_is_joined_as_well(yoga, join):
	join("09:05")
	assert offered(yoga)["09:05"] == 2
	join("09:05")
	assert offered(yoga)["09:05"] == 1


def test_nobody_is_with_the_teacher_of_a_group_and_no_group_with_somebody(yoga, join):
	join()
	for service, at in ((yoga.visit, "09:00"), (yoga.visit, "09:30"), (yoga.yoga, "09:30")):
		with pytest.raises(SlotTakenError):
			booking.book(yoga.patient, service, yoga.teacher, yoga.at(at))
	booking.book(yoga.patient, yoga.visit, yoga.teacher, yoga.at("14:00"))
	with pytest.raises(SlotTakenError):
		join("14:00")


def test_one_patient_has_one_seat(yoga, join):
	doc = join()
	with pytest.raises(SlotTakenError):
		booking.book(doc.patient, yoga.yoga, yoga.teacher, yoga.at("09:00"))


def test_when_the_first_one_leaves_the_others_close_ranks(site, yoga, join):
	first, second, third = (join() for _turn in range(3))
	booking.cancel(first.name, "ill")
	assert seats(site, yoga) == {0: {third.name}, 1: {second.name}}
	with pytest.raises(SlotTakenError):
		booking.book(yoga.patient, yoga.visit, yoga.teacher, yoga.at("09:00"))
	booking.reschedule(third.name, yoga.at("14:00"), "later")
	found = seats(site, yoga)
	assert found == {0: {second.name, third.name}}
	booking.cancel(second.name, "ill")
	assert booking.book(yoga.patient, yoga.visit, yoga.teacher, yoga.at("09:00")).group_size == 1


def test_another_service_at_the_same_time_gives_the_seat_back(site, yoga, join):
	doc, other = join(), join()
	doc.service, doc.reason = yoga.visit, "another service"
	with pytest.raises(SlotTakenError):
		doc.save()
	booking.cancel(other.name, "ill")
	doc.reload()
	doc.service, doc.reason = yoga.visit, "another service"
	doc.save()
	groups = site.get_all("Clinic Time Claim", {"appointment": doc.name}, pluck="group_key", distinct=True)
	assert groups == [None] and doc.group_size == 1
	with pytest.raises(SlotTakenError):
		join()


def test_any_door_obeys_and_nobody_writes_the_size_himself(site, yoga, join, as_role):
	join()
	join()
	as_role("Clinic Receptionist")
	values = {"doctype": "Clinic Appointment", "service": yoga.yoga, "practitioner": yoga.teacher}
	doc = site.get_doc(
		{**values, "patient": yoga.patient, "start": yoga.at("09:00"), "status": "Booked", "group_size": 9}
	).insert()
	assert doc.group_size == 3
	with pytest.raises(SlotTakenError):
		site.get_doc(
			{**values, "patient": yoga.second, "start": yoga.at("09:00"), "status": "Booked"}
		).insert()


def test_an_old_snapshot_is_no_way_into_a_full_group(site, yoga, join, monkeypatch):
	"""What the first look misses the unique key says; the second look finds the seat that is left."""
	from clinic_core.scheduling import claims

	join()
	honest = claims.read

	def old(wants, appointment, *, fresh=False, **more):
		return honest(wants, appointment, fresh=True, **more) if fresh else claims.Occupancy()

	monkeypatch.setattr(claims, "read", old)
	join()
	join()
	assert sorted(seats(site, yoga)) == [0, 1, 2]
	with pytest.raises(SlotTakenError):
		join()
	with pytest.raises(SlotTakenError):
		booking.book(yoga.patient, yoga.visit, yoga.teacher, yoga.at("09:00"))


def test_a_device_is_shared_by_the_group_and_by_nobody_else(site, world):
	spin = world.service("SPIN", group_size=2, resource_kind="Device")
	teacher = world.doctor_of("SP", services=(spin,))
	docs = [booking.book(p, spin, teacher, world.at("09:00")) for p in (world.patient, world.second)]
	assert {doc.steps[0].resource for doc in docs} == {world.device}
	with pytest.raises(SlotTakenError, match="room or device"):
		booking.book(world.third, world.laser, world.doctor, world.at("09:00"))
	booking.cancel(docs[0].name, "ill")
	with pytest.raises(SlotTakenError, match="room or device"):
		booking.book(world.third, world.laser, world.doctor, world.at("09:00"))
	booking.cancel(docs[1].name, "ill")
	booking.book(world.third, world.laser, world.doctor, world.at("09:00"))


def test_all_of_a_group_take_as_long(yoga, join):
	doc = join()
	with pytest.raises(InvalidInputError, match="as long"):
		booking.resize(doc.name, 90, "longer")


def test_all_of_a_group_are_in_one_room(yoga, join):
	with pytest.raises(InvalidInputError, match="in the same room"):
		join(resource=yoga.device)


def test_who_comes_late_to_a_group_is_still_one_of_it(site, yoga, join):
	doc = join()
	other = join()
	past = site.utils.add_to_date(site.utils.now_datetime(), minutes=-10)
	start = past.replace(minute=past.minute - past.minute % 5, second=0, microsecond=0)
	from clinic_core.scheduling.cells import floor_cell, minute_of
	from clinic_core.scheduling.slots import Together

	# As if the group had begun ten minutes ago.
	shift = floor_cell(minute_of(start)) - floor_cell(minute_of(doc.start))
	table = site.qb.DocType("Clinic Time Claim")
	names = [doc.name, other.name]
	site.qb.update(table).set(table.cell, table.cell + shift).where(table.appointment.isin(names)).run()
	key = Together(yoga.yoga, minute_of(start)).key
	for place in site.get_all(
		"Clinic Time Claim", {"appointment": ("in", names), "group_key": ("is", "set")}
	):
		site.db.set_value("Clinic Time Claim", place.name, "group_key", key)
	for name in names:
		site.db.set_value(
			"Clinic Appointment", name, {"start": start, "end": site.utils.add_to_date(start, minutes=60)}
		)
	booking.mark_no_show(doc.name)
	booking.arrive(doc.name)
	found = site.get_all(
		"Clinic Time Claim",
		{"resource_key": f"PR:{yoga.teacher}"},
		["group_key", "appointment"],
		order_by="name",
	)
	assert {row.group_key for row in found} == {key} and {row.appointment for row in found} == set(names)


def test_screens_show_how_many_there_are(site, yoga, join):
	join()
	second = join()
	booking.cancel(join().name, "ill")
	booking.book(yoga.patient, yoga.visit, yoga.teacher, yoga.at("14:00"))
	day = yoga.at("00:00")[:10]
	rows = {row["appointment"]: row for row in day_list.appointments_of(day, yoga.branch, yoga.teacher)}
	shown = [(row["status"], row["group_size"], row["group_taken"]) for row in rows.values()]
	assert sorted(shown) == [("Booked", 1, 0), ("Booked", 3, 2), ("Booked", 3, 2), ("Cancelled", 3, 2)]
	cards = listing.cards(asked.Asked(yoga.day, yoga.day), [second.name])
	assert [(row["group_size"], row["group_taken"]) for row in cards] == [(3, 2)]


def test_a_freed_seat_goes_to_who_waits_for_it(site, yoga, join):
	from clinic_core.scheduling.waiting import entries, panel

	docs = [join() for _turn in range(3)]
	day = yoga.at("00:00")[:10]
	entries.add(yoga.patient, yoga.yoga, from_date=day, to_date=day)
	booking.cancel(docs[0].name, "ill")
	[freed] = panel.show()["freed"]
	assert [person["start"] for person in freed["people"]] == [yoga.at("09:00")]


def test_a_group_begins_and_ends_together(world):
	for wrong in (
		{"first_visit_minutes": 60},
		{"areas": [{"title": "Face", "amount": 1, "duration_minutes": 20}]},
		{"stages": [{"title": "All", "who": "Practitioner", "duration_minutes": 30}]},
		{"group_size": -1},
		{"group_size": 1000},
	):
		with pytest.raises(InvalidInputError):
			world.service("WRONG", **{"group_size": 4, **wrong})


def test_a_leave_moves_a_group_together(yoga, join):
	from clinic_core.scheduling.affected import listing as affected

	docs = [join() for _turn in range(3)]
	leave = yoga.make(
		"Clinic Schedule Exception",
		kind="Leave",
		practitioner=yoga.teacher,
		start=yoga.at("08:00"),
		end=yoga.at("12:00"),
	)
	rows = affected.rows(leave)
	assert [row["proposal"]["start"] for row in rows] == [yoga.at("14:00")] * 3
	for doc in docs:
		booking.reschedule(doc.name, yoga.at("14:00"), "leave")
	assert offered(yoga).get("14:00") is None
