"""An appointment is told by email: booked over HTTP, carried by SMTP, read from the mail box (E174)."""

import email
import email.policy
import os
import time
import uuid
from pathlib import Path

import pytest

from tests.journeys import names as api
from tests.journeys.people import book, new_patient

MESSAGE = "Clinic Message"
SECONDS = 60


@pytest.fixture
def by_email(run_in_site):
	"""The clinic writes emails, for the time of a test."""

	def switch(value):
		run_in_site(
			"frappe.db.set_single_value",
			doctype="Clinic Settings",
			fieldname="email_messages",
			value=value,
		)
		run_in_site("frappe.clear_document_cache", doctype="Clinic Settings", name="Clinic Settings")

	switch(1)
	yield
	switch(0)


def carry(run_in_site):
	"""The minute comes for the worker, and for Frappe's own queue."""
	run_in_site("clinic_core.messaging.jobs.run_minutely")
	run_in_site("frappe.email.queue.flush")


def arrived(address):
	"""Mails that came to this address."""
	files = sorted(Path(os.environ["CLINIC_MAIL"]).glob(f"*{address}.eml"))
	return [email.message_from_bytes(file.read_bytes(), policy=email.policy.default) for file in files]


def wait_until(condition, what):
	until = time.monotonic() + SECONDS
	while not (found := condition()):
		assert time.monotonic() < until, what
		time.sleep(0.2)
	return found


@pytest.mark.usefixtures("by_email")
def test_a_booking_and_its_cancellation_arrive_once_each_in_persian(sign_in, admin, run_in_site):
	desk, address = sign_in("reception"), f"tara-{uuid.uuid4().hex[:8]}@mail.example"
	patient = new_patient(desk)
	saved = admin.resource("PUT", "Clinic Patient", patient, email=address, preferred_language="fa")
	assert saved.status_code == 200, saved.text[:300]
	appointment = book(desk, patient)

	for _minute in range(2):
		carry(run_in_site)
	(mail,) = wait_until(lambda: arrived(address), "no email arrived")
	assert mail["To"] == address and "نوبت شما" in mail["Subject"]
	html = mail.get_body(("html",)).get_content()
	code = admin.value("Clinic Appointment", appointment, "tracking_code")
	assert 'dir="rtl"' in html and f"/booking/{code}" in html
	assert f"/booking/{code}" in mail.get_body(("plain",)).get_content()
	(file,) = mail.iter_attachments()
	assert file.get_filename() == "appointment.ics" and "BEGIN:VEVENT" in file.get_content()

	filters = {"reference_name": appointment, "channel": "Email"}

	def is_known():
		run_in_site("clinic_core.messaging.mailing.posting.follow")
		return admin.rows(MESSAGE, {**filters, "status": "Sent"})

	wait_until(is_known, "the message does not know that it went out")
	desk.post(api.CANCEL, appointment=appointment, reason="travels", notify=1)
	for _minute in range(2):
		carry(run_in_site)
	both = wait_until(lambda: len(found := arrived(address)) > 1 and found, "no second email arrived")
	assert len(both) == 2 and "لغو" in both[1]["Subject"]
	assert {row["status"] for row in admin.rows(MESSAGE, filters, ("status",))} <= {"Sending", "Sent"}
