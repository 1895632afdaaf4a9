"""Booking and its moves, at every door."""

import pytest
from clinic_core.foundation.errors import (
	ConflictError,
	ForbiddenMoveError,
	InvalidInputError,
	SlotTakenError,
)
from clinic_core.foundation.state import as_system
from clinic_core.scheduling import booking, claims

from tests.bench import budgets


def claimed(site, appointment):
	return site.get_all(
		"Clinic Time Claim", {"appointment": appointment}, ["resource_key", "cell", "seat"], order_by="name"
	)


def keys(site, appointment):
	return {row.resource_key for row in claimed(site, appointment)}


def book(world, time="09:00", patient=None, **values):
	values = {"service": world.visit, "practitioner": world.doctor, **values}
	return booking.book(patient or world.patient, start=world.at(time), **values)


def test_book_fills_in_what_follows(site, world):
	doc = book(world, note="first")
	assert (doc.status, doc.branch, doc.duration_minutes) == ("Booked", world.branch, 30)
	assert str(doc.end) == world.at("09:30")
	assert len(doc.tracking_code) == 12 and doc.booked_by == "Administrator"
	assert doc.jalali_month[:2] == "14" and doc.patient_name == "T One"
	assert len(doc.steps) == 1 and doc.steps[0].practitioner == world.doctor
	rows = claimed(site, doc.name)
	assert len(rows) == 12 and {row.seat for row in rows} == {0}
	assert keys(site, doc.name) == {f"PR:{world.doctor}", f"PT:{world.patient}"}


def test_second_booking_is_refused_with_next_slots(site, world):
	book(world)
	with pytest.raises(SlotTakenError) as error:
		book(world, "09:15", world.second)
	assert error.value.http_status_code == 409
	offered = [row["start"] for row in site.local.response["next_slots"]]
	assert offered == [world.at("09:30"), world.at("09:45"), world.at("10:00")]


def test_a_patient_is_in_one_place_only(site, world):
	book(world)
	other = world.doctor_of("DR2")
	with pytest.raises(SlotTakenError, match="patient has another"):
		book(world, practitioner=other)


def test_buffers_are_claimed_for_doctor_and_device_not_for_the_patient(site, world):
	doc = book(world, service=world.laser)
	per_key = {}
	for row in claimed(site, doc.name):
		per_key[row.resource_key] = per_key.get(row.resource_key, 0) + 1
	assert per_key == {f"PR:{world.doctor}": 8, f"RS:{world.device}": 8, f"PT:{world.patient}": 6}
	assert doc.steps[0].resource == world.device


def test_device_is_shared_between_doctors_and_the_second_one_is_used(site, world):
	other = world.doctor_of("DR2")
	book(world, service=world.laser)
	with pytest.raises(SlotTakenError, match="room or device"):
		book(world, patient=world.second, service=world.laser, practitioner=other)
	second = world.make(
		"Clinic Resource", code="TDEV2", title="Second", kind="Device", branch=world.branch, capacity=1
	)
	doc = book(world, patient=world.second, service=world.laser, practitioner=other)
	assert doc.steps[0].resource == second.name


def test_capacity_gives_out_seats(site, world):
	site.db.set_value("Clinic Resource", world.device, "capacity", 2)
	docs = [
		book(world, patient=p, service=world.laser, practitioner=world.doctor_of(f"C{i}"))
		for i, p in enumerate([world.patient, world.second])
	]
	seats = [{r.seat for r in claimed(site, d.name) if r.resource_key == f"RS:{world.device}"} for d in docs]
	assert seats == [{0}, {1}]
	with pytest.raises(SlotTakenError):
		book(world, patient=world.third, service=world.laser, practitioner=world.doctor_of("C9"))


def test_squeeze_in_takes_a_counted_seat(site, world, as_role):
	doctor = world.doctor_of("SQ", overflow_seats=1)
	book(world, practitioner=doctor)
	with pytest.raises(SlotTakenError):
		book(world, patient=world.second, practitioner=doctor)
	doc = book(world, patient=world.second, practitioner=doctor, squeeze_in=True)
	assert {r.seat for r in claimed(site, doc.name) if r.resource_key == f"PR:{doctor}"} == {1}
	with pytest.raises(InvalidInputError, match="extra seats"):
		book(world, "10:00", world.third, practitioner=doctor, squeeze_in=True)
	as_role("Clinic CRM Agent")
	with pytest.raises(site.PermissionError):
		book(world, "11:00", world.third, practitioner=doctor, squeeze_in=True)


@pytest.mark.parametrize(
	("change", "message"),
	[
		({"start": "12:30"}, "08:00–12:00, 14:00–18:00"),
		({"start": "11:45"}, "08:00–12:00, 14:00–18:00"),
		({"start": "09:02"}, "every 5 minutes"),
		({"branch": "other"}, "works in T branch"),
		({"days": -10}, "has passed"),
		({"days": 400}, "days ahead"),
	],
)
def test_times_that_cannot_be(site, world, as_role, change, message):
	as_role("Clinic Receptionist")
	with pytest.raises(InvalidInputError, match=message):
		booking.book(
			world.patient,
			world.visit,
			world.doctor,
			world.at(change.get("start", "09:00"), change.get("days", 0)),
			branch=world.other_branch if "branch" in change else None,
		)


def test_managers_enter_what_has_passed(site, world, as_role):
	as_role("Clinic Manager")
	doc = booking.book(world.patient, world.visit, world.doctor, world.at("09:00", -10))
	assert doc.status == "Booked"


def test_who_and_what_cannot_be_booked(site, world):
	other = world.service("OTHER")
	with pytest.raises(InvalidInputError, match="does not give this service"):
		book(world, service=other)
	site.db.set_value("Clinic Patient", world.second, "status", "Blocked")
	with pytest.raises(InvalidInputError, match="blocked"):
		book(world, patient=world.second)
	site.db.set_value("Clinic Resource", world.device, "status", "Out of Order")
	with pytest.raises(InvalidInputError, match="out of order"):
		book(world, service=world.laser)
	site.db.set_value("Clinic Service", world.visit, "status", "Inactive")
	with pytest.raises(InvalidInputError, match="not offered"):
		book(world)
	site.db.set_value("Clinic Practitioner", world.doctor, "is_active", 0)
	with pytest.raises(InvalidInputError, match="does not work here"):
		book(world, service=world.course)
	with pytest.raises(site.DoesNotExistError):
		book(world, patient="nobody")


def test_day_off_names_the_next_working_day(site, world):
	day = world.day
	weekday = day.strftime("%A")
	name = world.make(
		"Clinic Practitioner", code="TOFF", practitioner_name="Dr Off", services=[{"service": world.visit}]
	).name
	world.make(
		"Clinic Schedule",
		practitioner=name,
		valid_from="2020-01-01",
		shifts=[{"weekday": weekday, "start": "09:00:00", "end": "10:00:00", "branch": world.branch}],
	)
	with pytest.raises(InvalidInputError, match="next working day"):
		booking.book(world.patient, world.visit, name, world.at("09:00", 1))


def test_womens_hours(site, world):
	site.db.set_value(
		"Clinic Schedule Shift",
		{"parent": site.db.get_value("Clinic Schedule", {"practitioner": world.doctor})},
		"gender",
		"Female",
	)
	with pytest.raises(InvalidInputError, match="women"):
		book(world, patient=world.second)
	with pytest.raises(InvalidInputError, match="not recorded"):
		book(world, patient=world.third)
	assert book(world).status == "Booked"


@pytest.mark.parametrize("where", ["service", "offer", "resource"])
def test_gender_elsewhere(site, world, where):
	if where == "service":
		site.db.set_value("Clinic Service", world.laser, "gender", "Female")
	elif where == "offer":
		site.db.set_value(
			"Clinic Practitioner Service",
			{"parent": world.doctor, "service": world.laser},
			"gender",
			"Female",
		)
	else:
		site.db.set_value("Clinic Resource", world.device, "gender", "Female")
	with pytest.raises(InvalidInputError, match="women"):
		book(world, patient=world.second, service=world.laser)
	book(world, service=world.laser)


def test_what_needs_a_time_is_not_booked_into_a_queue(site, world):
	"""Numbers are for plain appointments (see test_queue): several steps and squeeze-ins need a time."""
	site.db.set_value(
		"Clinic Schedule Shift",
		{"parent": site.db.get_value("Clinic Schedule", {"practitioner": world.doctor})},
		"kind",
		"Queue",
	)
	site.db.set_value("Clinic Practitioner", world.doctor, "overflow_seats", 1)
	with pytest.raises(InvalidInputError, match="order of arrival"):
		book(world, squeeze_in=True)


def test_room_of_the_shift_is_claimed(site, world):
	room = world.make(
		"Clinic Resource", code="TROOM", title="Room", kind="Room", branch=world.branch, capacity=1
	).name
	site.db.set_value(
		"Clinic Schedule Shift",
		{"parent": site.db.get_value("Clinic Schedule", {"practitioner": world.doctor})},
		"resource",
		room,
	)
	doc = book(world)
	assert f"RS:{room}" in keys(site, doc.name) and doc.steps[0].resource == room


def test_reschedule_moves_claims_and_keeps_history(site, world):
	doc = book(world)
	with pytest.raises(InvalidInputError, match="Reason"):
		booking.reschedule(doc.name, world.at("10:00"), "")
	moved = booking.reschedule(doc.name, world.at("09:15"), "asked for it")
	assert (moved.name, moved.move_count, moved.reason) == (doc.name, 1, "asked for it")
	assert str(moved.end) == world.at("09:45")
	first = min(row.cell for row in claimed(site, doc.name))
	assert len(claimed(site, doc.name)) == 12
	book(world, "08:45", world.second)  # what was given back is free at once
	assert first * 5 % 60 == 15
	again = booking.reschedule(
		doc.name, world.at("11:00"), "asked for it", practitioner=world.doctor_of("DR2")
	)
	assert again.move_count == 2 and again.practitioner != world.doctor
	assert keys(site, doc.name) == {f"PR:{again.practitioner}", f"PT:{world.patient}"}


def test_reschedule_onto_another_is_refused(site, world):
	book(world)
	doc = book(world, "10:00", world.second)
	with pytest.raises(SlotTakenError):
		booking.reschedule(doc.name, world.at("09:00"), "earlier")


def test_cancel_gives_the_time_back(site, world):
	doc = book(world)
	with pytest.raises(InvalidInputError, match="Reason"):
		booking.cancel(doc.name, " ")
	assert booking.cancel(doc.name, "ill").status == "Cancelled"
	assert claimed(site, doc.name) == []
	book(world, patient=world.second)
	with pytest.raises(ForbiddenMoveError):
		booking.confirm(doc.name)


def test_every_step_forward_and_back(site, world):
	doc = book(world)
	assert booking.confirm(doc.name).confirmed_at
	undone = booking.undo(doc.name)
	assert (undone.status, undone.confirmed_at) == ("Booked", None)
	booking.confirm(doc.name)
	assert booking.arrive(doc.name).arrived_at
	undone = booking.undo(doc.name)
	assert (undone.status, undone.arrived_at) == ("Booked", None)
	booking.arrive(doc.name)
	site.db.set_value("Clinic Appointment", doc.name, "start", site.utils.now_datetime())
	assert booking.admit(doc.name).admitted_at
	undone = booking.undo(doc.name)
	assert (undone.status, undone.admitted_at) == ("Arrived", None)
	booking.admit(doc.name)
	assert booking.complete(doc.name).status == "Completed"
	assert booking.undo(doc.name).status == "Admitted"
	assert len(claimed(site, doc.name)) == 12


def test_no_show_only_after_the_start_and_came_late(site, world):
	doc = book(world)
	with pytest.raises(InvalidInputError, match="not begun"):
		booking.mark_no_show(doc.name)
	past = booking.book(world.second, world.visit, world.doctor, world.at("09:00", -5))
	assert booking.mark_no_show(past.name).status == "No Show"
	assert claimed(site, past.name) == []
	assert booking.arrive(past.name).status == "Arrived"


def test_received_on_another_day_is_moved_to_now(site, world):
	doc = book(world)
	admitted = booking.admit(doc.name)
	assert admitted.status == "Admitted" and admitted.move_count == 1
	assert admitted.start.date() == site.utils.getdate()
	minutes = (admitted.end - admitted.start).total_seconds() / 60
	assert minutes == 30 and len(claimed(site, doc.name)) == 12
	late = booking.book(world.second, world.visit, world.doctor, world.at("09:00", -5))
	booking.mark_no_show(late.name)
	admitted = booking.admit(late.name)
	assert admitted.status == "Admitted" and admitted.start.date() == site.utils.getdate()


def test_holds_expire_inside_the_next_booking(site, world):
	held = book(world, hold=True)
	assert held.status == "Held" and held.hold_until
	with pytest.raises(SlotTakenError):
		book(world, patient=world.second)
	past = site.utils.add_to_date(None, minutes=-1)
	site.db.set_value("Clinic Time Claim", {"appointment": held.name}, "hold_until", past)
	site.db.set_value("Clinic Appointment", held.name, "hold_until", past)
	book(world, patient=world.second)
	assert f"PR:{world.doctor}" not in keys(site, held.name)
	with pytest.raises(SlotTakenError):
		booking.confirm(held.name)


def test_a_held_time_becomes_booked(site, world):
	held = book(world, hold=True)
	doc = booking.confirm(held.name)
	assert (doc.status, doc.hold_until) == ("Booked", None)
	rows = site.get_all("Clinic Time Claim", {"appointment": doc.name}, pluck="hold_until", order_by="name")
	assert len(rows) == 12 and not any(rows)


# ---- the framework's own doors


def test_insert_by_hand_obeys(site, world, as_role):
	as_role("Clinic Receptionist")
	values = {
		"doctype": "Clinic Appointment",
		"patient": world.patient,
		"service": world.visit,
		"practitioner": world.doctor,
		"start": world.at("09:00"),
		"move_count": 7,
		"tracking_code": "mine",
		"confirmed_at": world.at("08:00"),
	}
	doc = site.get_doc(values).insert()
	assert (doc.move_count, doc.confirmed_at, doc.branch) == (0, None, world.branch)
	assert doc.tracking_code != "mine"
	with pytest.raises(SlotTakenError):
		site.get_doc({**values, "patient": world.second}).insert()
	with pytest.raises(ForbiddenMoveError):
		site.get_doc({**values, "start": world.at("10:00"), "status": "Arrived"}).insert()


def test_put_of_start_moves_the_claims(site, world, as_role):
	doc = book(world)
	book(world, "10:00", world.second)
	as_role("Clinic Receptionist")
	changed = site.get_doc("Clinic Appointment", doc.name)
	changed.start = world.at("11:00")
	with pytest.raises(InvalidInputError, match="Reason"):
		changed.save()
	changed = site.get_doc("Clinic Appointment", doc.name)
	changed.update({"start": world.at("10:00"), "reason": "later"})
	with pytest.raises(SlotTakenError):
		changed.save()
	changed = site.get_doc("Clinic Appointment", doc.name)
	changed.update({"start": world.at("11:00"), "reason": "later"})
	changed.save()
	assert changed.move_count == 1 and str(changed.end) == world.at("11:30")
	assert min(r.cell for r in claimed(site, doc.name)) * 5 % (24 * 60) == 11 * 60


def test_put_of_status_follows_the_table(site, world, as_role):
	doc = book(world)
	as_role("Clinic Receptionist")

	def put(**values):
		changed = site.get_doc("Clinic Appointment", doc.name)
		changed.update(values)
		return changed.save()

	assert put(status="Confirmed").confirmed_at
	with pytest.raises(ForbiddenMoveError):
		put(status="Completed")
	with pytest.raises(site.PermissionError):
		put(status="Admitted")
	with pytest.raises(InvalidInputError, match="Reason"):
		put(status="Cancelled")
	put(status="Cancelled", reason="ill")
	assert claimed(site, doc.name) == []


def test_agents_book_but_do_not_receive(site, world, as_role):
	as_role("Clinic CRM Agent")
	doc = book(world)
	with pytest.raises(site.PermissionError):
		booking.arrive(doc.name)
	assert booking.confirm(doc.name).status == "Confirmed"


def test_nobody_writes_claims_by_hand(site, world):
	doc = book(world)
	claim = {"doctype": "Clinic Time Claim", "resource_key": "PR:x", "cell": 1, "appointment": doc.name}
	with pytest.raises(ForbiddenMoveError):
		site.get_doc(claim).insert()
	name = site.get_all("Clinic Time Claim", {"appointment": doc.name}, pluck="name", limit=1)[0]
	with pytest.raises(ForbiddenMoveError):
		site.delete_doc("Clinic Time Claim", name)


def test_unique_key_is_the_last_word(site, world):
	doc = book(world)
	row = claimed(site, doc.name)[0]
	plan = claims.Plan({(row.resource_key, row.cell, row.seat)}, {}, [])
	with pytest.raises(claims.CellTaken):
		claims.write(plan, "another")


def test_old_snapshot_is_read_past_once(site, world, monkeypatch):
	"""A stale read gives out a seat that is gone; the second, locking read finds the other one."""
	site.db.set_value("Clinic Resource", world.device, "capacity", 2)
	book(world, service=world.laser)
	honest = claims.read

	def stale(wants, appointment, *, now=None, fresh=False):
		return honest(wants, appointment, fresh=True) if fresh else claims.Occupancy()

	monkeypatch.setattr(claims, "read", stale)
	doc = book(world, patient=world.second, service=world.laser, practitioner=world.doctor_of("DR2"))
	assert {r.seat for r in claimed(site, doc.name) if r.resource_key.startswith("RS:")} == {1}
	with pytest.raises(ConflictError):
		book(world, patient=world.third)


def test_several_steps_claim_each_practitioner(site, world):
	second = world.doctor_of("DR2")
	doc = site.get_doc(
		{
			"doctype": "Clinic Appointment",
			"patient": world.patient,
			"service": world.visit,
			"practitioner": world.doctor,
			"start": world.at("09:00"),
			"steps": [
				{"service": world.visit, "offset_minutes": 0, "duration_minutes": 30},
				{
					"service": world.laser,
					"practitioner": second,
					"offset_minutes": 30,
					"duration_minutes": 20,
				},
			],
		}
	).insert()
	assert str(doc.end) == world.at("09:50")
	assert keys(site, doc.name) == {
		f"PR:{world.doctor}",
		f"PR:{second}",
		f"PT:{world.patient}",
		f"RS:{world.device}",
	}
	with pytest.raises(SlotTakenError):
		book(world, "09:30", world.second, practitioner=second)


def test_others_are_told(site, world, monkeypatch):
	told = []
	monkeypatch.setattr(
		"clinic_core.foundation.events.emit", lambda hook, **payload: told.append((hook, payload))
	)
	doc = book(world, origin_doctype="Clinic Patient", origin_name=world.patient)
	with as_system():
		booking.cancel(doc.name, "test")
	told = [payload for hook, payload in told if hook == "clinic_on_appointment_status"]
	assert len(told) == 2
	event = told[1]["events"][0]
	assert event == {
		"appointment": doc.name,
		"old": "Booked",
		"new": "Cancelled",
		"patient": world.patient,
		"origin_doctype": "Clinic Patient",
		"origin_name": world.patient,
		"booked_through": "Reception",
	}


def test_booking_takes_a_constant_number_of_queries(site, world, count_queries):
	book(world)  # warm caches
	short = count_queries(lambda: book(world, "10:00", world.second))
	long_service = world.service("LONG", duration_minutes=120)
	site.get_doc("Clinic Practitioner", world.doctor).append(
		"services", {"service": long_service}
	).parent_doc.save()
	site.get_cached_doc("Clinic Service", long_service)  # as later in a day
	long = count_queries(lambda: book(world, "14:00", service=long_service))
	assert len(long) <= len(short)
	claims_written = [q for q in short if "INTO `tabClinic Time Claim`" in q]
	assert len(claims_written) == 1
	assert budgets.spent(short) <= budgets.QUERIES["clinic_core.scheduling.api.book"]


def test_put_of_steps_moves_the_claims(site, world):
	second = world.doctor_of("DR2")
	steps = [
		{"service": world.visit, "offset_minutes": 0, "duration_minutes": 30},
		{"service": world.visit, "practitioner": second, "offset_minutes": 30, "duration_minutes": 30},
	]
	doc = site.get_doc(
		{
			"doctype": "Clinic Appointment",
			"patient": world.patient,
			"service": world.visit,
			"practitioner": world.doctor,
			"start": world.at("09:00"),
			"steps": steps,
		}
	).insert()
	changed = site.get_doc("Clinic Appointment", doc.name)
	changed.steps[1].duration_minutes = 60
	changed.save()
	assert str(changed.end) == world.at("10:30")
	assert sum(r.resource_key == f"PR:{second}" for r in claimed(site, doc.name)) == 12
	booking.arrive(doc.name)
	changed = site.get_doc("Clinic Appointment", doc.name)
	changed.steps[1].duration_minutes = 30
	with pytest.raises(InvalidInputError, match="not moved"):
		changed.save()


def test_one_step_has_the_length_of_its_service(site, world):
	doc = book(world)
	changed = site.get_doc("Clinic Appointment", doc.name)
	changed.steps[0].duration_minutes = 5
	changed.end = world.at("09:05")
	changed.save()
	assert str(changed.end) == world.at("09:30") and changed.steps[0].duration_minutes == 30
	assert len(claimed(site, doc.name)) == 12


def test_another_patient_takes_over_the_claims(site, world):
	doc = book(world)
	changed = site.get_doc("Clinic Appointment", doc.name)
	changed.patient = world.second
	changed.save()
	assert changed.patient_name == "T Two" and changed.move_count == 0
	assert keys(site, doc.name) == {f"PR:{world.doctor}", f"PT:{world.second}"}
