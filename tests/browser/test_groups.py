"""A group fills up: the picker says what is left, the board how full it is, and it comes back every week (F13)."""

import datetime
import uuid

import pytest
from playwright.sync_api import expect

from tests.browser.steps import schedule
from tests.browser.steps.hands import SECONDS, press, say, type_over, window, windows_closed
from tests.journeys import names as api
from tests.journeys.client import Client
from tests.journeys.people import new_patient

WEEKDAYS = ("Saturday", "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
CLOCK = "10:00:00"


@pytest.fixture
def group(admin, url, demo):
	"""A group of three with one practitioner, two of them booked for a day of next week."""
	reception = Client(url, "reception@clinic.example", demo)
	code, day = f"GT-{uuid.uuid4().hex[:5].upper()}", datetime.date.today() + datetime.timedelta(days=6)
	department = admin.value("Clinic Service", "VISIT-GP", "department")
	service = _made(
		admin.resource(
			"POST",
			"Clinic Service",
			code=code,
			service_name=f"Yoga {code}",
			department=department,
			amount=1_000_000,
			duration_minutes=60,
			group_size=3,
		)
	)
	person = _made(
		admin.resource(
			"POST",
			"Clinic Practitioner",
			code=code,
			practitioner_name=f"Dr {code}",
			branch="MAIN",
			services=[{"service": service}],
		)
	)
	hours = {"start": "09:00:00", "end": "13:00:00", "branch": "MAIN"}
	schedule = _made(
		admin.resource(
			"POST",
			"Clinic Schedule",
			practitioner=person,
			valid_from="2026-01-01",
			shifts=[{"weekday": weekday, **hours} for weekday in WEEKDAYS],
		)
	)
	start = f"{day} {CLOCK}"
	where = {"service": service, "practitioner": person, "start": start}
	booked = [
		reception.post(api.BOOK, patient=new_patient(reception), **where)["appointment"] for _turn in range(2)
	]
	yield {**where, "day": str(day), "booked": booked, "patient": new_patient(reception)}
	admin.resource("PUT", "Clinic Schedule", schedule, is_active=0)
	admin.resource("PUT", "Clinic Service", service, status="Inactive")


def _made(answer):
	assert answer.status_code == 200, answer.text[:300]
	return answer.json()["data"]["name"]


def take_the_last_place(screen, group, lang):
	"""The time of the group stands among the free ones, with the places that are left."""
	page = screen.page
	screen.open("clinic-schedule-board")
	page.evaluate(
		"""({patient, service, practitioner, day}) => clinic.scheduling.book_dialog({
			patient, service, practitioner, full_name: patient, from_date: day })""",
		{key: group[key] for key in ("patient", "service", "practitioner", "day")},
	)
	dialog = window(page)
	left = say(page, "{0} left", page.evaluate("clinic.fmt.number(1)"), context="places")
	time = dialog.locator(".clinic-time").filter(has_text=left)
	expect(time).to_be_visible(timeout=SECONDS)
	screen.picture(f"scheduling-group-times-{lang}")
	time.click()
	press(page, dialog, "Book")
	windows_closed(page)


def see_it_full(screen, group, lang):
	"""One card says how full it is; its list leads to everybody, with what may be done (F13)."""
	page = screen.page
	screen.open(f"clinic-appointment/{group['booked'][0]}")
	press(page, page.locator(".page-head"), "Show in the schedule")
	cards = page.locator(f'.ec-event:has([data-members~="{group["booked"][0]}"])')
	three = page.evaluate("clinic.fmt.number(3)")
	full = say(page, "{0} of {1}", three, three)
	expect(cards).to_have_count(1, timeout=SECONDS)
	expect(cards).to_contain_text(full, timeout=SECONDS)
	cards.click()
	panel = page.locator(".clinic-schedule__panel")
	expect(panel.locator(".clinic-panel__member")).to_have_count(3, timeout=SECONDS)
	screen.settle()
	screen.picture(f"scheduling-group-board-{lang}")
	panel.locator(f'.clinic-panel__member[data-appointment="{group["booked"][1]}"]').click()
	expect(panel.locator("[data-action=cancel]")).to_be_visible(timeout=SECONDS)
	schedule.cancel(page, "travels")
	press(page, panel, "The whole group")
	two = page.evaluate("clinic.fmt.number(2)")
	expect(panel.locator(".clinic-panel__member")).to_have_count(2, timeout=SECONDS)
	expect(cards).to_contain_text(say(page, "{0} of {1}", two, three), timeout=SECONDS)


def repeat_it(screen, admin, group, lang):
	"""The first of them comes back twice; the dates are shown before."""
	page = screen.page
	screen.open(f"clinic-appointment/{group['booked'][0]}")
	press(page, page.locator(".page-head"), "Repeat")
	dialog = window(page)
	times = dialog.get_by_role("textbox", name=say(page, "How many more times"), exact=True)
	type_over(times, "2")
	expect(dialog.locator(".clinic-repeat__dates li")).to_have_count(2)
	screen.picture(f"scheduling-repeat-{lang}")
	press(page, dialog, "Book all")
	windows_closed(page)
	patient = admin.value("Clinic Appointment", group["booked"][0], "patient")
	rows = admin.rows("Clinic Appointment", {"patient": patient}, ("start",), order_by="start asc")
	first = datetime.datetime.fromisoformat(group["start"])
	weeks = [str(first + datetime.timedelta(weeks=number)) for number in range(3)]
	assert [row["start"] for row in rows] == weeks


@pytest.mark.parametrize("lang", ["en", "fa"])
def test_a_group_fills_up_and_comes_back(screen_of, admin, group, lang):
	screen = screen_of("reception", lang)
	take_the_last_place(screen, group, lang)
	see_it_full(screen, group, lang)
	repeat_it(screen, admin, group, lang)
