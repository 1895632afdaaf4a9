"""The waiting list: who is matched with a freed time, offers, and what closes a wish (F08, F09, E206)."""

import datetime

import pytest
from clinic_core.foundation.errors import ConflictError, InvalidInputError, SlotTakenError
from clinic_core.scheduling import booking
from clinic_core.scheduling import jobs as scheduling_jobs
from clinic_core.scheduling.waiting import api, entries, freed, jobs, offers, panel

ENTRY, OFFER, FREED = "Clinic Waiting List Entry", "Clinic Waiting Offer", "Clinic Freed Time"
APPOINTMENT = "Clinic Appointment"


@pytest.fixture(autouse=True)
def nobody_waits_yet(site):
	"""The site may have a demo clinic with a list of its own."""
	site.db.set_value(ENTRY, {"status": ("in", ("Waiting", "Offered"))}, "status", "Withdrawn")
	site.db.set_value(FREED, {"is_dismissed": 0}, "is_dismissed", 1)


@pytest.fixture
def wish(world):
	"""`wish(patient, …)`: somebody waits for a visit within the next two weeks."""

	def make(patient=None, service=None, **values):
		until = world.day + datetime.timedelta(days=14)
		values = {"to_date": until, **values}
		return entries.add(patient or world.patient_of("W"), service or world.visit, **values)

	return make


@pytest.fixture
def booked(world):
	"""`booked("10:00")`: an appointment of the world's doctor."""
	return lambda text="10:00", **values: booking.book(
		values.pop("patient", world.patient), values.pop("service", world.visit), world.doctor, world.at(text)
	)


def shown(**_values):
	return {row["start"][11:16]: [p["patient"] for p in row["people"]] for row in panel.show()["freed"]}


def status(site, doc):
	return site.db.get_value(doc.doctype, doc.name, "status")


# What frees a time


def test_a_cancelled_appointment_is_shown_to_who_waits_in_turn(world, wish, booked):
	later, first = wish(), wish()
	urgent = wish(is_urgent=True)
	world_order = [urgent.patient, later.patient, first.patient]
	appointment = booked("10:00")
	assert shown() == {}
	booking.cancel(appointment.name, "Travels")
	assert shown() == {"10:00": world_order}


def test_nothing_is_kept_while_nobody_waits(site, booked):
	before = site.db.count(FREED)
	booking.cancel(booked().name, "Travels")
	assert site.db.count(FREED) == before


def test_a_moved_appointment_frees_its_old_time(world, wish, booked):
	one = wish()
	appointment = booked("10:00")
	booking.reschedule(appointment.name, world.at("15:00"), "Asked for it")
	assert shown() == {"10:00": [one.patient]}


def test_an_extra_shift_is_new_time(world, wish):
	one = wish()
	values = {"kind": "Extra Shift", "practitioner": world.doctor, "branch": world.branch}
	world.make("Clinic Schedule Exception", start=world.at("19:00"), end=world.at("21:00"), **values)
	assert shown() == {"19:00": [one.patient]}


@pytest.fixture
def leave(world):
	"""A leave of the world's doctor from the morning of its day to the noon of the day after."""
	values = {"kind": "Leave", "practitioner": world.doctor, "reason": "flu"}
	return world.make(
		"Clinic Schedule Exception", start=world.at("00:00"), end=world.at("13:00", 1), **values
	)


def _freed(site):
	rows = site.get_all(
		FREED, {"is_dismissed": 0}, ["practitioner", "branch", "start", "end", "cause"], order_by="start asc"
	)
	return [(row.practitioner, row.branch, str(row.start), str(row.end), row.cause) for row in rows]


def test_a_leave_that_ends_early_is_time_for_who_waits(site, world, wish, leave):
	one = wish()
	assert _freed(site) == []
	leave.end = world.at("10:00")
	leave.save()
	ours = (world.doctor, world.branch)
	assert _freed(site) == [
		(*ours, world.at("10:00"), world.at("12:00"), "Leave Ended"),
		(*ours, world.at("14:00"), world.at("18:00"), "Leave Ended"),
		(*ours, world.at("08:00", 1), world.at("12:00", 1), "Leave Ended"),
	]
	assert shown()["10:00"] == [one.patient]
	leave.save()
	assert len(_freed(site)) == 3


def test_a_leave_that_grows_frees_nothing_and_nobody_waiting_nothing_either(site, world, wish, leave):
	leave.end = world.at("10:00")
	leave.save()
	assert _freed(site) == []
	wish()
	leave.end = world.at("18:00", 1)
	leave.save()
	assert _freed(site) == []


@pytest.mark.parametrize("how", ["switched off", "deleted", "begins later"])
def test_a_leave_that_is_called_off_gives_its_hours_back(site, world, wish, leave, how):
	wish()
	if how == "deleted":
		leave.delete()
	elif how == "switched off":
		leave.is_active = 0
		leave.save()
	else:
		leave.start = world.at("08:00", 1)
		leave.save()
	found = [(start, end) for _who, _where, start, end, _cause in _freed(site)]
	today = [(world.at("08:00"), world.at("12:00")), (world.at("14:00"), world.at("18:00"))]
	tomorrow = [] if how == "begins later" else [(world.at("08:00", 1), world.at("12:00", 1))]
	assert found == today + tomorrow


def test_a_closure_that_ends_early_frees_the_hours_of_everybody_in_its_branch(site, world, wish):
	other = world.doctor_of("DR2")
	closure = world.make(
		"Clinic Schedule Exception",
		kind="Closure",
		branch=world.branch,
		start=world.at("00:00"),
		end=world.at("18:00"),
	)
	wish()
	closure.end = world.at("16:00")
	closure.save()
	found = _freed(site)
	assert {row[0] for row in found} == {world.doctor, other}
	assert {row[2:4] for row in found} == {(world.at("16:00"), world.at("18:00"))}


def test_a_hold_that_is_over_gives_its_time_back(site, world, wish):
	one = wish()
	held = booking.book(world.patient, world.visit, world.doctor, world.at("11:00"), hold=True)
	past = site.utils.add_to_date(site.utils.now_datetime(), minutes=-1)
	site.db.set_value(APPOINTMENT, held.name, "hold_until", past)
	site.db.set_value("Clinic Time Claim", {"appointment": held.name}, "hold_until", past)
	scheduling_jobs.drop_expired_holds()
	assert shown() == {"11:00": [one.patient]}


def test_a_time_that_was_taken_again_is_not_shown(world, wish, booked):
	wish()
	booking.cancel(booked("10:00").name, "Travels")
	booked("10:00", patient=world.second)
	assert shown() == {}


# Who fits


def test_wishes_are_kept(world, wish, booked):
	other = world.doctor_of("DR2")
	with_other = wish(practitioners=[other])
	elsewhere = wish(branches=[world.other_branch])
	afternoon = wish(times=[{"weekday": None, "start": "14:00", "end": "18:00"}])
	weekday = world.day.strftime("%A")
	morning = wish(times=[{"weekday": weekday, "start": "08:00", "end": "12:00"}])
	later = wish(from_date=world.day + datetime.timedelta(days=1))
	that_day = wish(from_date=world.day, to_date=world.day)  # a day without a time (E206)
	booking.cancel(booked("10:00").name, "Travels")
	people = shown()["10:00"]
	assert people == [morning.patient, that_day.patient]
	for wished in (with_other, elsewhere, afternoon, later):
		assert wished.patient not in people


def test_the_engine_decides_length_gender_devices_and_the_patients_own_day(world, wish, booked):
	long = world.service("LONG", duration_minutes=60)
	women = world.service("WOMEN", gender="Female")
	for service in (long, women):
		_give(world, service)
	man = wish(world.second, women)
	woman = wish(world.patient_of("Woman"), women)
	busy = wish(world.patient_of("Busy"))
	too_long = wish(world.patient_of("Long"), long)
	other = world.doctor_of("DR3")
	booking.book(busy.patient, world.laser, other, world.at("10:00"))
	booked("09:30", patient=world.patient_of("Before"))
	booked("10:30", patient=world.patient_of("After"))
	booking.cancel(booked("10:00").name, "Travels")
	people = shown()["10:00"]
	assert people == [woman.patient]
	assert {man.patient, too_long.patient, busy.patient}.isdisjoint(people)


def _give(world, service):
	import frappe

	doc = frappe.get_doc("Clinic Practitioner", world.doctor)
	doc.append("services", {"service": service})
	doc.save(ignore_permissions=True)


def test_a_longer_time_beside_a_freed_one_is_used(world, wish, booked):
	long = world.service("LONG", duration_minutes=60)
	_give(world, long)
	one = wish(service=long)
	booking.cancel(booked("10:00").name, "Travels")
	assert shown() == {"10:00": [one.patient]}


def test_blocked_people_are_not_matched(site, wish, booked):
	one = wish()
	booking.cancel(booked("10:00").name, "Travels")
	site.db.set_value("Clinic Patient", one.patient, "status", "Blocked")
	assert shown() == {}


def test_the_panel_takes_as_many_queries_for_many_as_for_one(world, wish, booked, count_queries):
	wish(times=[{"weekday": None, "start": "08:00", "end": "18:00"}], practitioners=[world.doctor])
	booking.cancel(booked("10:00").name, "Travels")
	panel.show()
	few = len(count_queries(panel.show))
	for number in range(5):
		wish(times=[{"weekday": None, "start": "08:00", "end": "18:00"}], practitioners=[world.doctor])
		appointment = booked(f"{14 + number // 2}:{30 * (number % 2):02d}")
		booking.cancel(appointment.name, "Travels")
	wish(service=world.laser)
	assert len(panel.show()["freed"]) == 6
	assert len(count_queries(panel.show)) <= few


# Offers


def test_an_offer_holds_the_time_and_is_accepted(site, world, wish, booked):
	one, other = wish(), wish()
	booking.cancel(booked("10:00").name, "Travels")
	offer = offers.make(one.name, world.doctor, world.at("10:00"))
	held = site.get_doc(APPOINTMENT, offer.appointment)
	assert (held.status, status(site, one), status(site, offer)) == ("Held", "Offered", "Open")
	assert held.hold_until == offer.expires_at
	assert shown() == {}, "a held time is nobody else's"
	with pytest.raises(SlotTakenError):
		offers.make(other.name, world.doctor, world.at("10:00"))
	appointment = offers.accept(offer.name)
	assert (appointment.status, status(site, one), status(site, offer)) == ("Booked", "Booked", "Accepted")
	assert site.db.get_value(ENTRY, one.name, "appointment") == appointment.name
	assert status(site, other) == "Waiting"


def test_a_person_has_one_open_offer(site, world, wish):
	one = wish()
	offers.make(one.name, world.doctor, world.at("10:00"))
	with pytest.raises(ConflictError, match="open offer"):
		offers.make(one.name, world.doctor, world.at("11:00"))
	values = site.db.get_value(OFFER, {"entry": one.name}, "*", as_dict=True)
	twin = site.get_doc({"doctype": OFFER, **values, "name": None})
	with pytest.raises(site.UniqueValidationError):
		twin.insert()


def test_a_declined_time_goes_to_the_next_one_and_not_to_the_same_again(site, world, wish, booked):
	one, other = wish(), wish()
	booking.cancel(booked("10:00").name, "Travels")
	offer = offers.make(one.name, world.doctor, world.at("10:00"))
	offers.decline(offer.name, "Too early")
	assert (status(site, one), status(site, offer)) == ("Waiting", "Declined")
	assert site.db.get_value(APPOINTMENT, offer.appointment, "status") == "Cancelled"
	[people] = [row["people"] for row in panel.show()["freed"]]
	assert people[0]["patient"] == other.patient
	assert all(p["start"] != f"{world.at('10:00')}" for p in people if p["patient"] == one.patient)


def _let_expire(site, offer):
	past = site.utils.add_to_date(site.utils.now_datetime(), minutes=-1)
	site.db.set_value(OFFER, offer, "expires_at", past)
	appointment = site.db.get_value(OFFER, offer, "appointment")
	site.db.set_value(APPOINTMENT, appointment, "hold_until", past)
	site.db.set_value("Clinic Time Claim", {"appointment": appointment}, "hold_until", past)


def test_an_offer_nobody_answers_ends_by_itself_and_the_next_one_is_asked(site, world, wish, booked):
	site.db.set_single_value("Clinic Settings", "offer_freed_times", 1)
	site.clear_document_cache("Clinic Settings", "Clinic Settings")
	one, other = wish(), wish()
	booking.cancel(booked("10:00").name, "Travels")
	jobs.run()
	[first] = site.get_all(OFFER, {"status": "Open"}, ["name", "entry", "is_automatic"])
	assert (first.entry, first.is_automatic) == (one.name, 1)
	jobs.run()
	assert site.db.count(OFFER, {"entry": ("in", [one.name, other.name])}) == 1, "twice makes nothing twice"
	_let_expire(site, first.name)
	jobs.run()
	assert site.db.get_value(OFFER, first.name, "status") == "Expired"
	assert (status(site, one), status(site, other)) == ("Waiting", "Offered")


def test_the_night_may_be_faster_than_the_job_of_offers(site, world, wish):
	offer = offers.make(wish().name, world.doctor, world.at("10:00"))
	_let_expire(site, offer.name)
	scheduling_jobs.drop_expired_holds()
	assert status(site, offer) == "Expired"
	jobs.run()
	assert site.db.get_value(ENTRY, offer.entry, "status") == "Waiting"


def test_late_is_not_too_late_while_nobody_else_has_the_time(site, world, wish):
	offer = offers.make(wish().name, world.doctor, world.at("10:00"))
	_let_expire(site, offer.name)
	assert offers.accept(offer.name).status == "Booked"
	second = offers.make(wish().name, world.doctor, world.at("11:00"))
	_let_expire(site, second.name)
	booking.book(world.patient, world.visit, world.doctor, world.at("11:00"))
	with pytest.raises(SlotTakenError):
		offers.accept(second.name)


def test_an_offer_that_is_over_is_not_accepted(world, wish):
	offer = offers.make(wish().name, world.doctor, world.at("10:00"))
	offers.decline(offer.name)
	with pytest.raises(Exception, match="This offer is over"):
		offers.accept(offer.name)


@pytest.mark.parametrize(("action", "expected"), [("confirm", "Accepted"), ("cancel", "Withdrawn")])
def test_an_offer_follows_its_appointment_through_any_door(site, world, wish, action, expected):
	offer = offers.make(wish().name, world.doctor, world.at("10:00"))
	if action == "confirm":
		booking.confirm(offer.appointment)
	else:
		booking.cancel(offer.appointment, "Mistake")
	assert status(site, offer) == expected
	wished = {"Accepted": "Booked", "Withdrawn": "Waiting"}[expected]
	assert site.db.get_value(ENTRY, offer.entry, "status") == wished


def test_who_is_told_is_asked_at_the_gate(site, world, wish, monkeypatch):
	told = []
	hooks = site.get_hooks
	monkeypatch.setattr(
		site,
		"get_hooks",
		lambda hook=None, *rest, **more: ["x"] if hook == offers.HOOK else hooks(hook, *rest, **more),
	)
	monkeypatch.setattr(offers.events, "emit", lambda hook, events: told.append(events[0]))
	one = wish()
	offers.make(one.name, world.doctor, world.at("10:00"))
	assert [event["patient"] for event in told if "offer" in event] == [one.patient]
	assert told[-1]["tracking_code"]
	silent = wish(world.patient_of("Silent"))
	monkeypatch.setattr(offers.gate, "may_use", lambda person, _purpose: person[1] != silent.patient)
	told.clear()
	offers.make(silent.name, world.doctor, world.at("11:00"))
	assert [event for event in told if "offer" in event] == []


# What closes a wish


def test_whoever_books_for_that_service_takes_the_wish_off_the_list(site, world, wish):
	one, other_service = wish(world.patient), wish(world.patient, world.laser)
	booking.book(world.patient, world.visit, world.doctor, world.at("09:00"))
	assert status(site, one) == "Booked"
	assert status(site, other_service) == "Waiting"


def test_booking_another_time_ends_the_open_offer(site, world, wish):
	one = wish(world.patient)
	offer = offers.make(one.name, world.doctor, world.at("10:00"))
	booking.book(world.patient, world.visit, world.doctor, world.at("15:00"))
	assert (status(site, one), status(site, offer)) == ("Booked", "Withdrawn")
	assert site.db.get_value(APPOINTMENT, offer.appointment, "status") == "Cancelled"


def test_passed_wishes_leave_the_list_at_night(site, wish):
	one, other = wish(), wish()
	site.db.set_value(ENTRY, one.name, "to_date", site.utils.add_days(site.utils.getdate(), -1))
	jobs.run_night()
	assert (status(site, one), status(site, other)) == ("Expired", "Waiting")
	with pytest.raises(InvalidInputError, match="has passed"):
		entries.wait_again(one.name)
	assert entries.wait_again(one.name, site.utils.add_days(site.utils.getdate(), 5)).status == "Waiting"


def test_who_leaves_the_list_gives_his_offer_back(site, world, wish):
	one = wish()
	offer = offers.make(one.name, world.doctor, world.at("10:00"))
	with pytest.raises(InvalidInputError):
		entries.withdraw(one.name, " ")
	entries.withdraw(one.name, "Found a time elsewhere")
	assert (status(site, one), status(site, offer)) == ("Withdrawn", "Withdrawn")
	assert site.db.get_value(APPOINTMENT, offer.appointment, "status") == "Cancelled"


# Bad input, every door


def test_a_wish_that_cannot_be_had_is_refused_by_name(site, world, wish):
	nobody_gives = world.doctor_of("IDLE", services=())
	today = site.utils.getdate()
	bad = [
		({"practitioners": [nobody_gives]}, "does not give this service"),
		({"to_date": site.utils.add_days(today, -1)}, "has passed"),
		({"from_date": site.utils.add_days(today, 2), "to_date": today}, "before the first day"),
		({"to_date": site.utils.add_days(today, 500)}, "longer than"),
		({"times": [{"start": "12:00", "end": "08:00"}]}, "Row 1"),
		({"times": [{"start": "25:99"}]}, "like 14:30"),
		({"area": "NOPE"}, "no body areas"),
	]
	for values, words in bad:
		with pytest.raises(InvalidInputError, match=words):
			wish(**values)


def test_one_waits_once_for_a_service(world, wish):
	wish(world.patient)
	with pytest.raises(ConflictError, match="waits for this service already"):
		wish(world.patient)


def test_the_state_is_guarded_at_the_form_too(site, as_role, wish):
	from clinic_core.foundation import roles
	from clinic_core.foundation.errors import ForbiddenMoveError

	one = wish()
	as_role(roles.RECEPTIONIST)
	doc = site.get_doc(ENTRY, one.name)
	doc.status = "Booked"
	with pytest.raises((ForbiddenMoveError, site.PermissionError)):
		doc.save()
	with pytest.raises(ForbiddenMoveError):
		site.get_doc(
			{"doctype": ENTRY, "patient": one.patient, "service": one.service, "status": "Booked"}
		).insert()


def test_the_endpoints_from_wish_to_booking(site, world, booked, as_role):
	from clinic_core.foundation import roles

	appointment = booked("10:00")
	as_role(roles.RECEPTIONIST)
	made = api.add(
		world.patient_of("E"), world.visit, times='[{"weekday": "", "start": "08:00", "end": null}]'
	)
	assert made["status"] == "Waiting"
	booking.cancel(appointment.name, "Travels")
	[row] = api.overview()["freed"]
	[person] = row["people"]
	time = {key: person[key] for key in ("entry", "practitioner", "start", "branch")}
	offered = api.offer(**time)
	assert [one["offer"] for one in api.overview()["offers"]] == [offered["offer"]]
	assert api.accept(offered["offer"])["status"] == "Booked"
	with pytest.raises(ConflictError, match="not waiting any more"):
		api.book(**time)


@pytest.mark.parametrize(
	("given", "kept"),
	[
		({"start": "08:00"}, ("8:00:00", None)),
		({"end": "12:00"}, (None, "12:00:00")),
		({"weekday": "Monday"}, (None, None)),
	],
)
def test_what_is_left_empty_is_any_hour_and_not_the_hour_of_the_clock(site, world, given, kept):
	added = api.add(world.patient_of("E"), world.visit, times=[given])
	[row] = site.get_doc(ENTRY, added["entry"]).times
	assert tuple(str(value) if value is not None else None for value in (row.start, row.end)) == kept


def test_a_dismissed_time_is_shown_no_more(world, wish, booked):
	wish()
	booking.cancel(booked("10:00").name, "Travels")
	[row] = api.overview()["freed"]
	api.dismiss(row["freed"])
	assert api.overview()["freed"] == []
	assert freed.coming(for_user=False) == []


def test_a_branch_sees_who_waits_for_it_or_for_any(site, world, wish, user_with):
	from clinic_core.foundation import roles

	anywhere, here, elsewhere = wish(), wish(branches=[world.branch]), wish(branches=[world.other_branch])
	both = wish(branches=[world.other_branch, world.branch])
	user = user_with(roles.RECEPTIONIST)
	world.make("User Permission", user=user, allow="Clinic Branch", for_value=world.branch)
	site.set_user(user)
	names = set(site.get_list(ENTRY, {"status": "Waiting"}, pluck="name"))
	assert names == {anywhere.name, here.name, both.name}
	assert site.has_permission(ENTRY, "read", doc=both.name)
	assert not site.has_permission(ENTRY, "read", doc=elsewhere.name)
