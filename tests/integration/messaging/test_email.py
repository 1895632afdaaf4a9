"""Messages of appointments by email as well: switched on, through the same gate, never twice (E174)."""

import email
import email.policy

import pytest
from frappe.utils import add_to_date, now_datetime

from tests.integration.people import privacy_people as act
from tests.integration.scheduling.conftest import build_world

ADDRESS = "sara@mail.example"


@pytest.fixture
def world(site):
	made = build_world(site, tag="MAIL")
	made.patient = made.patient_of("Mail", mobile="09121118888")
	site.db.set_value("Clinic Patient", made.patient, "email", ADDRESS)
	site.db.delete("Clinic Message", {"status": "Queued"})
	# The link to follow an appointment is there where the clinic is open online.
	site.db.set_single_value("Clinic Settings", {"email_messages": 1, "online_booking": 1})
	return made


@pytest.fixture
def book(world):
	from clinic_core.scheduling import booking

	def make(days=3, hour=10):
		start = add_to_date(now_datetime(), days=days).replace(hour=hour, minute=0, second=0, microsecond=0)
		return booking.book(world.patient, world.visit, world.doctor, start)

	return make


@pytest.fixture
def worker(messages):
	"""The worker came by: emails as they are then."""
	from clinic_core.messaging import preparing
	from clinic_core.messaging.mailing import posting

	def run(**filters):
		preparing.prepare_waiting()
		posting.send_waiting()
		return messages(channel="Email", **filters)

	return run


def queued(site, row):
	"""Rows of Frappe's queue that are about a message, with the mail in them."""
	rows = site.get_all(
		"Email Queue", {"reference_name": row.name}, ["name", "message", "status"], order_by="creation asc"
	)
	for one in rows:
		one.name = str(one.name)  # a number there
		one.mail = email.message_from_string(one.message, policy=email.policy.default)
	return rows


def parts(mail):
	found = {part.get_content_type(): part.get_content() for part in mail.walk() if not part.is_multipart()}
	return found["text/plain"], found["text/html"], found.get("text/calendar")


def test_a_booking_is_told_both_ways_and_the_email_has_all_it_needs(site, world, book, worker, messages):
	booked = book()
	(row,) = worker(reference_name=booked.name)
	(sms,) = messages(channel="SMS", reference_name=booked.name)
	assert (sms.email, sms.subject, row.recipient, row.email) == (None, None, None, ADDRESS)
	assert (row.status, row.template, row.segments, row.patient) == ("Sending", "booking", 0, world.patient)
	(one,) = queued(site, row)
	assert one.name == row.gateway_id
	plain, html, file = parts(one.mail)
	link = f"/booking/{booked.tracking_code}"
	assert "10:00" in row.subject and one.mail["Subject"] == row.subject
	assert link in plain and link in html and 'dir="ltr"' in html
	assert f"UID:{booked.name}@" in file.replace("\r\n ", "")
	assert site.get_all("Email Queue Recipient", {"parent": one.name}, pluck="recipient") == [ADDRESS]


def test_a_persian_reads_from_the_right_in_his_calendar_and_digits(site, world, book, worker):
	site.db.set_value("Clinic Patient", world.patient, "preferred_language", "fa")
	(row,) = worker(reference_name=book().name)
	plain, html, _file = parts(queued(site, row)[0].mail)
	assert row.subject.startswith("نوبت شما:") and "ساعت ۱۰:۰۰" in row.subject
	assert 'dir="rtl"' in html and 'lang="fa"' in html and "ساعت ۱۰:۰۰" in plain


def test_values_are_escaped(site, world, book, worker):
	site.db.set_value("Clinic Patient", world.patient, "full_name", "<script>alert(1)</script> {{ 7 * 7 }}")
	(row,) = worker(reference_name=book().name)
	plain, html, _file = parts(queued(site, row)[0].mail)
	assert "<script>" not in html and "&lt;script&gt;" in html
	assert "{{ 7 * 7 }}" in html and "{{ 7 * 7 }}" in plain


def test_no_worker_hands_it_over_twice(site, world, book, worker, messages):
	from clinic_core.messaging import outbox
	from clinic_core.messaging.mailing import posting

	booked = book()
	(row,) = worker(reference_name=booked.name)
	(sms,) = messages(channel="SMS", reference_name=booked.name)
	# The note is prepared again, as after a crash between two statements of somebody else.
	site.db.set_value("Clinic Message", sms.name, {"is_prepared": 0, "status": "Queued"})
	assert [one.name for one in worker(reference_name=booked.name)] == [row.name]
	posting.hand_over(row.name)
	assert len(queued(site, row)) == 1
	assert row.message_key == outbox.key_of("booking", booked.name, "Email")


def test_the_queue_says_what_became_of_it(site, world, book, worker, messages):
	from clinic_core.messaging import actions, sending
	from clinic_core.messaging.mailing import posting

	booked = book()
	(row,) = worker(reference_name=booked.name)
	site.db.set_value("Clinic Message", row.name, "attempted_at", add_to_date(now_datetime(), hours=-1))
	sending.give_up_stale()
	assert posting.follow([row.name]) == 0, "it waits in the queue, however long"
	site.db.set_value("Email Queue", row.gateway_id, "status", "Error")
	assert posting.follow([row.name]) == 1
	(row,) = messages(name=row.name)
	assert (row.status, row.error_code) == ("Failed", "mail_failed")
	actions.send_again(row.name)
	(again,) = worker(reference_name=booked.name)
	assert again.status == "Sending" and again.gateway_id != row.gateway_id
	assert [one.name for one in queued(site, row)] == [again.gateway_id], (
		"the failed one cannot go out as well"
	)
	site.db.set_value("Email Queue", again.gateway_id, "status", "Sent")
	posting.follow([row.name])
	(row,) = messages(name=row.name)
	assert row.status == "Sent" and row.sent_at


def test_a_row_that_was_deleted_leaves_it_unknown_and_nobody_sends_it_again(site, book, worker, messages):
	from clinic_core.foundation.errors import ForbiddenMoveError
	from clinic_core.messaging import actions, asking
	from clinic_core.messaging.mailing import posting

	(row,) = worker(reference_name=book().name)
	site.db.delete("Email Queue", {"name": row.gateway_id})
	posting.follow([row.name])
	(row,) = messages(name=row.name)
	assert (row.status, row.error_code) == ("Unknown", "mail_gone")
	asking.ask_unknown([row.name])
	with pytest.raises(ForbiddenMoveError):
		actions.ask(row.name)
	assert messages(name=row.name)[0].status == "Unknown"


@pytest.mark.parametrize("off", ["settings", "template", "no address", "sms"])
def test_each_switch_does_what_it_says(site, world, book, worker, messages, off):
	from clinic_core.messaging import drafts

	if off == "settings":
		site.db.set_single_value("Clinic Settings", "email_messages", 0)
	elif off == "template":
		site.get_doc(drafts.TEMPLATE, "booking").update({"by_email": 0}).save()
	elif off == "no address":
		site.db.set_value("Clinic Patient", world.patient, "email", None)
	else:
		site.db.set_single_value("Clinic Settings", "sms_booking", 0)
	booked = book()
	mails, texts = worker(reference_name=booked.name), messages(channel="SMS", reference_name=booked.name)
	assert (len(mails), len(texts)) == ((1, 0) if off == "sms" else (0, 1))


def test_a_reminder_goes_by_email_once_even_where_sms_is_off_since(site, world, book, worker):
	from clinic_core.messaging import notices, reminders

	with notices.silent():
		booked = book(days=1, hour=8)
	site.db.set_value("Clinic Appointment", booked.name, "start", add_to_date(now_datetime(), hours=20))
	reminders.note_due()
	(row,) = worker(template="reminder", reference_name=booked.name)
	assert row.status == "Sending" and "/booking/" in row.text
	site.db.set_single_value("Clinic Settings", "sms_reminder", 0)
	reminders.note_due()
	assert len(worker(template="reminder", reference_name=booked.name)) == 1


def test_who_refused_reminders_or_wants_no_email_gets_none(site, world, book, worker):
	from clinic_core.messaging import notices, reminders

	patient = site.get_doc("Clinic Patient", world.patient)
	act.unwanted(site, ADDRESS, channel="Email", scope="Everything")
	booked = book()
	(row,) = worker(reference_name=booked.name)
	assert (row.status, row.error_code) == ("Not Sent", "do_not_contact") and row.error
	act.answer(site, patient, "Refused", purpose="Reminders")
	with notices.silent():
		later = book(days=1, hour=9)
	site.db.set_value("Clinic Appointment", later.name, "start", add_to_date(now_datetime(), hours=5))
	reminders.note_due()
	assert {
		(one.status, one.error_code) for one in worker(template="reminder", reference_name=later.name)
	} <= {("Not Sent", "refused")}


def test_a_cancellation_takes_it_out_of_the_calendar(site, world, book, worker):
	from clinic_core.scheduling import booking

	booked = book()
	worker()
	booking.cancel(booked.name, "travels", notify=True)
	(row,) = worker(template="cancellation", reference_name=booked.name)
	_plain, _html, file = parts(queued(site, row)[0].mail)
	assert "STATUS:CANCELLED" in file and f"UID:{booked.name}@" in file.replace("\r\n ", "")


def test_several_bookings_are_one_email(site, world, book, worker):
	booked = [book(days=days) for days in (3, 4, 5)]
	(row,) = worker(reference_name=("in", [one.name for one in booked]))
	assert row.template == "bookings" and row.text.count("10:00") == 3


@pytest.fixture
def no_account(site, monkeypatch):
	monkeypatch.setitem(site.conf, "mail_server", None)
	site.db.delete("Email Account", {"enable_outgoing": 1})
	site.clear_cache(doctype="Email Account")


def test_without_an_account_it_is_listed_with_the_reason_and_health_says_so(site, book, worker, no_account):
	from clinic_core.messaging import health

	(row,) = worker(reference_name=book().name)
	assert (row.status, row.error_code) == ("Not Sent", "no_account") and row.error
	assert "messages_no_account" in {finding["code"] for finding in health.part()["findings"]}
	site.db.set_single_value("Clinic Settings", "email_messages", 0)
	assert "messages_no_account" not in {finding["code"] for finding in health.part()["findings"]}


def test_an_account_that_was_taken_away_is_waited_for(site, book, messages, monkeypatch, request):
	from clinic_core.messaging import preparing
	from clinic_core.messaging.mailing import posting

	booked = book()
	preparing.prepare_waiting()
	request.getfixturevalue("no_account")
	posting.send_waiting()
	(row,) = messages(channel="Email", reference_name=booked.name)
	assert (row.status, row.error_code, row.attempts) == ("Queued", "no_account", 1)
	assert row.not_before > now_datetime()


def test_a_subject_asks_only_for_what_is_known(site, template):
	doc = site.get_doc("Clinic Message Template", template(en="Hello {patient}"))
	doc.texts[0].subject = "For {nobody}"
	with pytest.raises(site.ValidationError, match="nobody"):
		doc.save()


def test_an_erased_person_leaves_no_address_and_no_words(site, world, book, worker):
	from clinic_core.people.data_requests.erasure_rules import BLANK, Field, action

	meta = site.get_meta("Clinic Message")
	for name in ("email", "subject", "text"):
		df = meta.get_field(name)
		assert action(Field("Clinic Message", name, df.fieldtype)) == BLANK


def test_addresses_are_hidden_from_who_may_not_see_them(site, world, book, worker, user_with):
	from clinic_core.people.masking import rows

	(row,) = worker(reference_name=book().name)
	site.set_user(user_with("Clinic Operator"))
	(shown,) = rows.mask_rows("Clinic Message", [{"email": row.email}])
	assert shown["email"] == "s•••@mail.example"


def test_the_statement_tells_an_email_by_its_subject(site, world, book, worker):
	from clinic_core.messaging import timeline

	(row,) = worker(reference_name=book().name)
	titles = [one["title"] for one in timeline.rows(world.patient)["rows"]]
	assert len(titles) == 2 and f"Email: {row.subject}" in titles


def test_the_preview_shows_the_email_with_its_button(site, world):
	from clinic_core.messaging import actions

	shown = actions.preview(
		"booking", patient=world.patient, language="fa", as_email=True, subject="نوبت {day}"
	)
	assert 'dir="rtl"' in shown["html"] and "/booking/" in shown["html"]
	assert shown["subject"].startswith("نوبت ") and shown["why_not"] is None
