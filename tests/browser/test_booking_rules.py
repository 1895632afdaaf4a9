"""At the desk: a rule is not kept with a reason, cancelling late says what it costs, the next number is called."""

import datetime
import uuid

import pytest
from playwright.sync_api import expect

from tests.browser.steps.front import card, open_front_desk
from tests.browser.steps.hands import SECONDS, persian, press, say, type_over, window, windows_closed
from tests.browser.steps.story import Story
from tests.demo_site import in_site
from tests.journeys import names as api
from tests.journeys.client import Client
from tests.journeys.people import new_patient

VISIT = "VISIT-GP"
WEEKDAYS = ("Saturday", "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday")


@pytest.fixture
def reception(url, demo):
	"""The receptionist's hands, where nobody has to see them."""
	return Client(url, "reception@clinic.example", demo)


@pytest.fixture
def queue(admin, reception, site_name, sites_path):
	"""A doctor who receives by number today, with two patients in the house.

	Booked for tomorrow and put on today: a minute before midnight no number of today is left.
	"""
	code = f"QT-{uuid.uuid4().hex[:5].upper()}"
	made = admin.resource(
		"POST",
		"Clinic Practitioner",
		code=code,
		practitioner_name=f"Dr {code}",
		branch="MAIN",
		services=[{"service": VISIT}],
	)
	assert made.status_code == 200, made.text[:300]
	hours = {"start": "00:00:00", "end": "23:55:00", "branch": "MAIN", "kind": "Queue", "capacity": 280}
	schedule = admin.resource(
		"POST",
		"Clinic Schedule",
		practitioner=code,
		valid_from="2026-01-01",
		shifts=[{"weekday": day, **hours} for day in WEEKDAYS],
	)
	assert schedule.status_code == 200, schedule.text[:300]
	today = datetime.date.today()
	wanted = {
		"service": VISIT,
		"practitioner": code,
		"start": f"{today + datetime.timedelta(days=1)} 12:00:00",
	}
	numbers = [reception.post(api.BOOK, patient=new_patient(reception), **wanted) for _turn in range(2)]
	names = [booked["appointment"] for booked in numbers]
	noon = {"start": f"{today} 12:00:00", "end": f"{today} 12:15:00"}
	values = {"dt": "Clinic Appointment", "dn": {"name": ["in", names]}, "field": noon}
	in_site(site_name, sites_path, "frappe.db.set_value", **values)
	for name in names:
		reception.post(api.ARRIVE, appointment=name)
	yield code, numbers
	admin.resource("PUT", "Clinic Schedule", schedule.json()["data"]["name"], is_active=0)


def book_against_the_rule(screen, story, patient):
	"""The dialog is refused, asks the supervisor for a reason, and books."""
	page = screen.page
	page.evaluate(
		"([patient, full_name]) => clinic.scheduling.book_dialog({patient, full_name, service: 'MESO-NUMB'})",
		[patient, story.admin.value("Clinic Patient", patient, "full_name")],
	)
	dialog = window(page)
	dialog.locator(".clinic-time").first.click(timeout=SECONDS)
	press(page, dialog, "Book")
	reason = dialog.get_by_role("textbox", name=say(page, "Reason for the exception"), exact=True)
	expect(reason).to_be_visible(timeout=SECONDS)
	[refused] = screen.complaints  # the refusal that was wanted
	assert "422" in refused
	screen.complaints.clear()
	screen.picture(f"scheduling-exception-{story.lang}")
	type_over(reason, "Had it elsewhere" if story.lang == "en" else "جای دیگر انجام داده")
	press(page, dialog, "Book")
	windows_closed(page)
	rows = story.admin.rows(
		"Clinic Appointment", {"patient": patient}, ("name", "override_reason", "overridden_rules")
	)
	assert len(rows) == 1 and rows[0]["override_reason"] and rows[0]["overridden_rules"]
	return rows[0]["name"]


def cancel_late(screen, story, appointment):
	"""What it costs is said before; the clinic's own wish costs nothing; then the patient owes it."""
	page = screen.page
	screen.open(f"clinic-appointment/{appointment}")
	press(page, page.locator(".page-head"), "Cancel appointment")
	dialog = window(page)
	hint = dialog.locator(".clinic-penalty")
	start = datetime.datetime.fromisoformat(story.admin.value("Clinic Appointment", appointment, "start"))
	# By the clock of the site, which may be hours from that of the machine.
	now = datetime.datetime.fromisoformat(page.evaluate("clinic.fmt.now()"))
	percent = 50 if start - now < datetime.timedelta(hours=24) else 20
	expect(hint).to_contain_text(str(percent) if story.lang == "en" else persian(percent), timeout=SECONDS)
	dialog.get_by_text(say(page, "We have to"), exact=True).click()
	expect(hint).to_be_hidden()
	dialog.get_by_text(say(page, "The patient wishes it"), exact=True).click()
	expect(hint).to_be_visible()
	dialog.locator("textarea").fill("Ill" if story.lang == "en" else "بیماری")
	screen.picture(f"scheduling-penalty-{story.lang}")
	press(page, dialog, "Cancel the appointment")
	windows_closed(page)
	rows = story.admin.rows("Clinic Penalty", {"appointment": appointment}, ("amount", "status"))
	assert [(row["amount"], row["status"]) for row in rows] == [(38_000_000 * percent / 100, "Charged")]


def call_the_next(screen, story, queue):
	"""The bar of the queue calls the lowest number; its card says so."""
	page, (code, numbers) = screen.page, queue
	open_front_desk(screen)
	bar = page.locator(f'.clinic-queue[data-practitioner="{code}"]')
	expect(bar).to_be_visible(timeout=SECONDS)
	screen.picture(f"scheduling-queue-{story.lang}")
	first, second = numbers
	for booked, left in ((first, second), (second, None)):
		number = page.evaluate("(n) => clinic.fmt.number(n)", booked["queue_no"])
		press(page, bar, "Call number {0}", number)
		expect(bar).to_contain_text(say(page, "Called: {0}", number), timeout=SECONDS)
		expect(card(page, booked["appointment"])).to_contain_text(say(page, "No. {0}, called", number))
		assert story.admin.value("Clinic Appointment", booked["appointment"], "called_at")
		if left:
			assert not story.admin.value("Clinic Appointment", left["appointment"], "called_at")
	expect(bar.get_by_role("button", name=say(page, "Nobody is waiting"), exact=True)).to_be_disabled()


@pytest.mark.parametrize("lang", ["en", "fa"])
def test_rules_are_kept_or_explained_and_the_next_is_called(screen_of, admin, reception, queue, lang):
	story = Story(lang, admin)
	screen = screen_of("supervisor", lang)
	call_the_next(screen, story, queue)
	appointment = book_against_the_rule(screen, story, new_patient(reception))
	cancel_late(screen, story, appointment)
