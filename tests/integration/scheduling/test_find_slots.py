"""Free times out of the database, and the endpoints (design §5)."""

import pytest
from clinic_core.foundation.errors import ConflictError, InvalidInputError, SlotTakenError
from clinic_core.scheduling import api, availability, booking


def starts(rows):
	return [row["start"][11:16] for row in rows]


def find(world, days=0, **values):
	values = {"service": world.visit, "from_date": world.day, "to_date": world.day, **values}
	return availability.find_slots(**values)


def test_rows_are_as_promised(site, world):
	rows = find(world, practitioner=world.doctor)
	assert rows[0] == {
		"start": world.at("08:00"),
		"end": world.at("08:30"),
		"practitioner": world.doctor,
		"practitioner_name": "Dr TDR",
		"branch": world.branch,
		"resources": [],
	}
	assert len(rows) == 2 * 15
	assert find(world, limit=4) == rows[:4]


def test_what_is_taken_is_not_offered_and_every_offer_can_be_booked(site, world):
	booking.book(world.patient, world.laser, world.doctor, world.at("09:00"))
	rows = find(world, practitioner=world.doctor)
	assert {"08:45", "09:00", "09:15", "09:30"}.isdisjoint(starts(rows)) and "09:45" in starts(rows)
	for row in rows[::9]:
		booking.book(world.second, world.visit, row["practitioner"], row["start"], row["branch"])


def test_device_taken_by_another_doctor(site, world):
	other = world.doctor_of("DR2")
	booking.book(world.patient, world.laser, world.doctor, world.at("09:00"))
	offered = starts(find(world, service=world.laser, practitioner=other))
	assert "08:15" in offered and "08:30" not in offered and "09:30" not in offered
	assert find(world, service=world.laser, practitioner=other)[0]["resources"] == [world.device]


def test_patient_asked_for(site, world):
	other = world.doctor_of("DR2")
	booking.book(world.patient, world.visit, world.doctor, world.at("09:00"))
	assert "09:00" not in starts(find(world, practitioner=other, patient=world.patient))
	assert "09:00" in starts(find(world, practitioner=other, patient=world.second))
	site.db.set_value("Clinic Service", world.visit, "gender", "Female")
	assert find(world, patient=world.second) == []
	assert find(world, patient=world.third) == []
	assert find(world) != []


def test_expired_holds_are_free(site, world):
	held = booking.book(world.patient, world.visit, world.doctor, world.at("09:00"), hold=True)
	assert "09:00" not in starts(find(world))
	past = site.utils.add_to_date(None, minutes=-1)
	site.db.set_value("Clinic Time Claim", {"appointment": held.name}, "hold_until", past)
	assert "09:00" in starts(find(world))


def test_nothing_before_now_nor_beyond_the_horizon(site, world):
	today = site.utils.getdate()
	now = str(site.utils.now_datetime())
	assert all(row["start"] >= now for row in find(world, from_date=today, to_date=today))
	far = site.utils.add_days(today, 181)
	assert find(world, from_date=far, to_date=far) == []
	with pytest.raises(InvalidInputError):
		find(world, from_date=world.day, to_date=today)
	with pytest.raises(InvalidInputError):
		find(world, from_date=today, to_date=site.utils.add_days(today, 200))
	with pytest.raises(site.DoesNotExistError):
		find(world, service="none")


def test_branch_and_dated_schedules(site, world):
	assert find(world, branch=world.other_branch) == []
	site.db.set_value("Clinic Schedule", {"practitioner": world.doctor}, "valid_to", "2021-01-01")
	assert find(world) == []


def test_number_of_queries_does_not_grow(site, world, count_queries):
	find(world)
	few = count_queries(lambda: find(world))
	for number in range(4):
		doctor = world.doctor_of(f"Q{number}")
		booking.book(
			world.patient, world.visit, doctor, world.at(f"1{4 + number % 3}:{30 * (number % 2):02d}")
		)
	many = count_queries(lambda: find(world, to_date=site.utils.add_days(world.day, 20), limit=5000))
	assert len(many) == len(few) <= 8


def test_schedule_rows_are_checked(site, world):
	def schedule(*shifts, **values):
		rows = [
			{"weekday": "Monday", "start": s, "end": e, "branch": values.get("branch", world.branch)}
			for s, e in shifts
		]
		return world.make(
			"Clinic Schedule",
			practitioner=values.get("practitioner", fresh),
			valid_from="2030-01-01",
			shifts=rows,
		)

	fresh = world.make("Clinic Practitioner", code="TFRESH", practitioner_name="Dr Fresh").name
	with pytest.raises(InvalidInputError, match="ends when it begins"):
		schedule(("22:00:00", "22:00:00"))
	with pytest.raises(InvalidInputError, match="lie over each other"):
		schedule(("08:00:00", "12:00:00"), ("11:00:00", "13:00:00"))
	with pytest.raises(InvalidInputError, match="lie over each other"):
		schedule(("11:00:00", "13:00:00"), practitioner=world.doctor)
	assert "Dr Fresh" in schedule(("08:00:00", "12:00:00")).title


# ---- endpoints


def test_book_endpoint_answers_and_repeats(site, world, as_role):
	as_role("Clinic Receptionist")
	args = {
		"patient": world.patient,
		"service": world.visit,
		"practitioner": world.doctor,
		"start": world.at("۰۹:۰۰"),
		"idempotency_key": "k1",
	}
	first = api.book(**args)
	assert first == {
		"appointment": first["appointment"],
		"status": "Booked",
		"start": world.at("09:00"),
		"end": world.at("09:30"),
	}
	assert api.book(**args) == first
	with pytest.raises(ConflictError):
		api.book(**{**args, "start": world.at("10:00")})
	with pytest.raises(SlotTakenError):
		api.book(**{**args, "patient": world.second, "idempotency_key": "k2"})
	assert len(site.local.response["next_slots"]) == 3


def test_moves_over_the_endpoints(site, world, as_role):
	as_role("Clinic Receptionist")
	name = api.book(world.patient, world.visit, world.doctor, world.at("09:00"))["appointment"]
	assert api.confirm(name)["status"] == "Confirmed"
	assert api.reschedule(name, world.at("10:00"), "later")["start"] == world.at("10:00")
	assert api.arrive(name)["status"] == "Arrived"
	assert api.actions(name) == ["cancel", "undo"]
	assert api.undo(name)["status"] == "Booked"
	rows = api.day(str(world.day), branch=world.branch)
	assert [(r["appointment"], r["full_name"], r["service_name"]) for r in rows] == [
		(name, "T One", "T VISIT")
	]
	assert "arrive" in rows[0]["actions"]
	assert api.cancel(name, "ill")["status"] == "Cancelled"
	held = api.hold(world.patient, world.visit, world.doctor, world.at("09:00"))
	assert held["status"] == "Held"


def test_who_may_not(site, world, as_role):
	name = booking.book(world.patient, world.visit, world.doctor, world.at("09:00")).name
	as_role("Clinic Accountant")
	assert api.find_slots(world.visit, str(world.day), str(world.day))
	for call in (
		lambda: api.book(world.second, world.visit, world.doctor, world.at("10:00")),
		lambda: api.cancel(name, "x"),
		lambda: api.arrive(name),
		lambda: api.plan_sessions(world.patient, world.course),
	):
		with pytest.raises(site.PermissionError):
			call()
	site.set_user("Guest")
	with pytest.raises(site.PermissionError):
		api.find_slots(world.visit, str(world.day), str(world.day))


def test_bad_dates_are_named(site, world):
	with pytest.raises(InvalidInputError, match="From date"):
		api.find_slots(world.visit, "soon", str(world.day))
	with pytest.raises(InvalidInputError, match="Start"):
		api.book(world.patient, world.visit, world.doctor, "soon")


def test_calendar_shows_what_is_not_cancelled(site, world, as_role):
	kept = booking.book(world.patient, world.visit, world.doctor, world.at("09:00"))
	gone = booking.book(world.second, world.visit, world.doctor, world.at("10:00"))
	booking.cancel(gone.name, "ill")
	as_role("Clinic Receptionist")
	rows = api.calendar_events(
		f"{world.day} 00:00:00",
		f"{world.day} 23:59:59",
		filters=[["Clinic Appointment", "branch", "=", world.branch]],
	)
	assert rows == [
		{
			"name": kept.name,
			"start": world.at("09:00"),
			"end": world.at("09:30"),
			"title": "T One · T VISIT",
			"status": "Booked",
			"allDay": 0,
		}
	]


def test_a_shift_does_not_end_when_it_is_written_down(site, world):
	"""Left empty, Frappe would put the time of the clock there."""
	shift = {"weekday": "Monday", "start": "00:00:00", "branch": world.branch}
	person = world.make("Clinic Practitioner", practitioner_name="Dr New", branch=world.branch)
	schedule = {"doctype": "Clinic Schedule", "practitioner": person.name, "valid_from": "2020-01-01"}
	with pytest.raises(site.ValidationError, match=r"row 1.*when it ends"):
		site.get_doc({**schedule, "shifts": [shift]}).insert()
