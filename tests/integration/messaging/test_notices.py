"""What happens to appointments, offers and recalls is told to patients, from what is true then (G04, E174, E209)."""

import pytest
from frappe.utils import add_to_date, now_datetime

from tests.integration.scheduling.conftest import build_world


@pytest.fixture
def world(site):
	made = build_world(site, tag="MSG")
	made.patient = made.patient_of("Mobile", mobile="09121119999")
	site.db.delete("Clinic Message", {"status": "Queued"})
	return made


@pytest.fixture
def prepare(site, messages):
	"""The worker came by: messages as they are then."""
	from clinic_core.messaging import preparing

	def run(**filters):
		preparing.prepare_waiting()
		return messages(**filters)

	return run


@pytest.fixture
def book(site, world):
	from clinic_core.scheduling import booking

	def make(days=3, hour=10, minute=0, patient=None, **more):
		start = add_to_date(now_datetime(), days=days).replace(
			hour=hour, minute=minute, second=0, microsecond=0
		)
		return booking.book(patient or world.patient, world.visit, world.doctor, start, **more)

	return make


def about(appointment):
	return {"reference_name": appointment.name}


def test_a_booking_is_confirmed_once_the_worker_comes(site, world, book, messages, prepare):
	booked = book()
	(note,) = messages(**about(booked))
	assert (note.template, note.is_prepared, note.text, note.recipient) == ("booking", 0, None, None)
	(row,) = prepare(**about(booked))
	mobile, name = site.db.get_value("Clinic Patient", world.patient, ["mobile", "full_name"])
	assert (row.status, row.is_prepared, row.recipient, row.branch) == ("Queued", 1, mobile, booked.branch)
	assert name in row.text and "10:00" in row.text and "{" not in row.text


def test_a_booking_takes_one_statement_for_its_message(world, book, count_queries):
	book()
	with count_queries() as queries:
		book(minute=30)
	assert [
		query for query in queries if "tabClinic Message`" in query and "INSERT" not in query.upper()
	] == []
	assert sum("tabClinic Message`" in query for query in queries) <= 1


def test_a_persian_reads_persian_days(site, world, book, prepare):
	site.db.set_value("Clinic Patient", world.patient, "preferred_language", "fa")
	(row,) = prepare(**about(book()))
	assert row.language == "fa" and "ساعت ۱۰:۰۰" in row.text and "گرامی" in row.text


def test_a_change_says_the_new_time_and_a_later_one_overtakes_it(site, world, book, prepare, messages):
	from clinic_core.scheduling import booking

	booked = book()
	prepare()
	moved = booking.reschedule(booked.name, add_to_date(booked.start, hours=1), "asked for it", notify=True)
	(row,) = prepare(template="change", **about(booked))
	assert row.status == "Queued" and "11:00" in row.text
	booking.reschedule(booked.name, add_to_date(moved.start, minutes=30), "again", notify=False)
	assert len(messages(template="change", **about(booked))) == 1, "the desk said not to tell"
	booking.cancel(booked.name, "travels", notify=True)
	(row,) = prepare(template="cancellation", **about(booked))
	assert row.status == "Queued" and "11:30" in row.text


def test_what_was_cancelled_before_the_worker_came_is_not_confirmed(book, prepare):
	from clinic_core.scheduling import booking

	booked = book()
	booking.cancel(booked.name, "mis-click", notify=False)
	(row,) = prepare(**about(booked))
	assert (row.status, row.error_code) == ("Not Sent", "overtaken")


def test_several_bookings_at_once_are_told_in_one_message(world, book, prepare):
	booked = [book(days=days) for days in (3, 4, 5)]
	rows = prepare(reference_name=("in", [one.name for one in booked]))
	told = [row for row in rows if row.status == "Queued"]
	assert [row.template for row in told] == ["bookings"]
	assert told[0].text.count("10:00") == 3 and "3" in told[0].text
	assert {row.error_code for row in rows if row.status != "Queued"} == {"told_together"}


@pytest.mark.parametrize(
	("setting", "act"), [("sms_booking", "book"), ("sms_cancellation", "cancel"), ("sms_change", "move")]
)
def test_each_kind_is_switched_off_on_its_own(site, world, book, messages, setting, act):
	from clinic_core.scheduling import booking

	site.db.set_single_value("Clinic Settings", setting, 0)
	booked = book()
	if act == "cancel":
		booking.cancel(booked.name, "travels", notify=True)
	if act == "move":
		booking.reschedule(booked.name, add_to_date(booked.start, hours=1), "asked", notify=True)
	expected = {"book": [], "cancel": ["booking"], "move": ["booking"]}[act]
	assert [row.template for row in messages(**about(booked))] == expected


def test_a_held_time_is_told_when_it_is_booked(world, book, messages):
	from clinic_core.scheduling import booking

	held = book(hold=True)
	assert messages(**about(held)) == []
	booking.confirm(held.name)
	assert [row.template for row in messages(**about(held))] == ["booking"]


def test_old_books_are_brought_in_silently(world, book, messages):
	from clinic_core.messaging import notices

	with notices.silent():
		booked = book()
	assert messages(**about(booked)) == []


def test_a_reminder_comes_the_hours_before_and_only_once(site, world, book, messages):
	from clinic_core.messaging import notices, reminders

	with notices.silent():
		soon, later = book(days=1, hour=8), book(days=6)
	site.db.set_value("Clinic Appointment", soon.name, "start", add_to_date(now_datetime(), hours=20))
	reminders.note_due()
	reminders.note_due()
	rows = messages(template="reminder", reference_name=("in", [soon.name, later.name]))
	assert [row.reference_name for row in rows] == [soon.name]


def test_a_service_has_hours_of_its_own_and_a_moved_appointment_is_reminded_anew(site, world, book, messages):
	from clinic_core.messaging import notices, reminders

	with notices.silent():
		booked = book(days=4)
	reminders.note_due()
	assert messages(template="reminder", **about(booked)) == []
	site.db.set_value("Clinic Service", world.visit, "sms_reminder_hours", 120)
	reminders.note_due()
	assert len(messages(template="reminder", **about(booked))) == 1
	site.db.set_value("Clinic Appointment", booked.name, "start", add_to_date(booked.start, hours=1))
	reminders.note_due()
	assert len(messages(template="reminder", **about(booked))) == 2


def test_who_just_booked_is_not_reminded(site, world, book, messages):
	from clinic_core.messaging import reminders

	booked = book(days=1, hour=9)
	site.db.set_value("Clinic Appointment", booked.name, "start", add_to_date(now_datetime(), hours=5))
	reminders.note_due()
	assert messages(template="reminder", **about(booked)) == []


def test_who_refused_reminders_gets_none_and_the_list_says_why(site, world, book, prepare):
	from clinic_core.messaging import notices, reminders

	from tests.integration.people import privacy_people as act

	act.answer(site, site.get_doc("Clinic Patient", world.patient), "Refused", purpose="Reminders")
	with notices.silent():
		booked = book(days=1, hour=9)
	site.db.set_value("Clinic Appointment", booked.name, "start", add_to_date(now_datetime(), hours=5))
	reminders.note_due()
	(row,) = prepare(template="reminder", **about(booked))
	assert (row.status, row.error_code) == ("Not Sent", "refused") and row.error


def test_an_offer_and_a_recall_are_told(site, world, book, prepare):
	from clinic_core.messaging import notices
	from clinic_core.scheduling.waiting import offers

	entry = site.get_doc(
		{"doctype": "Clinic Waiting List Entry", "patient": world.patient, "service": world.visit}
	).insert()
	start = add_to_date(now_datetime(), days=2).replace(hour=10, minute=0, second=0, microsecond=0)
	offer = offers.make(entry.name, world.doctor, start)
	(row,) = prepare(template="waiting_offer", reference_name=offer.name)
	assert row.status == "Queued" and "10:00" in row.text and row.expires_at
	event = {
		"recall": "no-such-recall", "old": None, "new": "Due", "patient": world.patient, "channel": "SMS",
	}  # fmt: skip
	notices.on_recall([event, {**event, "recall": "by phone", "channel": "Phone"}])
	(row,) = prepare(template="recall")
	assert (row.status, row.error_code) == ("Not Sent", "overtaken")


def test_messages_stand_in_the_patients_file_for_who_may_see_them(site, world, book, prepare, user_with):
	from clinic_core.messaging import timeline

	booked = book()
	prepare(**about(booked))
	(row,) = timeline.rows(world.patient)["rows"]
	assert (row["kind"], row["doctype"], row["status"]) == ("message", "Clinic Message", "Queued")
	site.set_user(user_with("Clinic Accountant"))
	assert timeline.rows(world.patient)["rows"] == []
