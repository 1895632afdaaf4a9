"""Somebody books on a phone: a time, the hold in sight, the payment, the link, another time (F05, F16, A07–A08)."""

import calendar
import datetime
import os
import re
import secrets

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Screen
from tests.browser.steps.hands import SECONDS, persian

SERVICE = "VISIT-HAIR"
NOTHING = {"en": "No free times in these two weeks.", "fa": "در این دو هفته وقت خالی نیست."}
NAMES = {"en": ("Taraneh", "Booking"), "fa": ("ترانه", "نوبتی")}


@pytest.fixture
def phone(chromium, url, demo):
	"""Somebody outside with a phone, in a language."""
	screens = []

	def one(lang):
		context = chromium.new_context(
			viewport={"width": 390, "height": 844},
			is_mobile=True,
			has_touch=True,
			locale="fa-IR" if lang == "fa" else "en-GB",
		)
		screens.append(Screen(context, url))
		return screens[-1]

	yield one
	# A field that was refused is no fault of the page.
	complaints = [c for screen in screens for c in screen.complaints if "status of 422" not in c]
	for screen in screens:
		look(screen.page, "at-the-end")
		screen.context.close()
	assert complaints == [], "the console complained"


def no_wider_than_the_phone(page):
	assert page.evaluate("document.documentElement.scrollWidth") <= 390


def choose_a_time(page, day=1):
	"""The first time of an open day, by its number: not of the first, so that the patient may still change it."""
	page.locator("#strip .day:not([disabled])").nth(day).tap(timeout=SECONDS)
	time = page.locator("#times .time").first
	words = time.inner_text()
	time.tap()
	return words


def look(page, name):
	"""For people who look at each step: CLINIC_LAST_SEEN names a folder."""
	if folder := os.environ.get("CLINIC_LAST_SEEN"):
		page.screenshot(path=f"{folder}/book-{name}.png", full_page=True)


@pytest.fixture
def codes_are_asked(admin):
	"""The clinic checks mobiles while the test runs."""
	for value in (1, 0):
		answer = admin.resource("PUT", "Clinic Settings", "Clinic Settings", online_check_mobile=value)
		assert answer.status_code == 200, answer.text[:300]
		if value:
			yield


@pytest.fixture
def code_sent_to(site_name, sites_path):
	"""Reads the code out of the log that stands in for a gateway of messages."""
	log = sites_path / site_name / "logs" / "clinic_sms.log"

	def read(mobile, page, besides=()):
		for _turn in range(120):
			text = log.read_text() if log.exists() else ""
			lines = [line for line in text.splitlines() if f"SMS to …{mobile[-4:]}:" in line]
			found = [code for line in lines for code in re.findall(r"\b\d{5}\b", line.split("…", 1)[1][4:])]
			if new := [code for code in found if code not in besides]:
				return new[-1]
			page.wait_for_timeout(500)
		raise AssertionError(f"no code was sent to {mobile}")

	return read


@pytest.mark.parametrize("lang", ["en", "fa"])
def test_a_visitor_books_pays_moves_and_cancels_on_a_phone(phone, admin, lang, codes_are_asked, code_sent_to):
	first_name, last_name = NAMES[lang]
	mobile = f"0912{secrets.randbelow(10**7):07}"
	screen = phone(lang)
	page = screen.page
	page.goto(f"{screen.url}/book?_lang={lang}")
	look(page, f"{lang}-1-services")
	no_wider_than_the_phone(page)
	page.locator(f'a.choice[href*="service={SERVICE}"]').tap()
	if page.locator("#genders").count():
		page.locator("#genders .chip").first.tap()
	expect(page.locator("#times .time").first).to_be_visible(timeout=SECONDS)
	look(page, f"{lang}-2-times")
	no_wider_than_the_phone(page)
	chosen = choose_a_time(page)
	expect(page.locator("#countdown")).to_contain_text(
		re.compile(r"[9۹]:[0-5۰-۵]|10:00|۱۰:۰۰"), timeout=SECONDS
	)
	expect(page.locator("#held-label")).to_contain_text(chosen)

	# Back: the time is free again, what was typed stays.
	page.fill("#f-first_name", first_name)
	page.go_back()
	expect(page.locator("#step-time")).to_be_visible(timeout=SECONDS)
	expect(page.locator("#times .time", has_text=chosen).first).to_be_visible(timeout=SECONDS)
	choose_a_time(page)
	expect(page.locator("#f-first_name")).to_have_value(first_name, timeout=SECONDS)
	page.locator("#person [type=submit]").tap()
	expect(page.locator("#e-last_name")).not_to_be_empty(timeout=SECONDS)
	look(page, f"{lang}-3-person")
	page.fill("#f-last_name", last_name)
	page.fill("#f-mobile", persian("0912"))
	page.locator("#person [type=submit]").tap()
	expect(page.locator("#e-mobile")).not_to_be_empty(timeout=SECONDS)
	page.fill("#f-mobile", persian(mobile))
	page.locator("#person [type=submit]").tap()
	expect(page.locator("#f-code")).to_be_visible(timeout=SECONDS)
	code = code_sent_to(mobile, page)
	page.fill("#f-code", persian(code))
	look(page, f"{lang}-3-filled")
	page.locator("#person [type=submit]").tap()

	# The pretended bank: first no, then yes.
	page.locator("button[value=cancel]").tap(timeout=SECONDS)
	expect(page.locator("#pay")).to_be_visible(timeout=SECONDS)
	look(page, f"{lang}-4-not-paid")
	page.locator("#pay").tap()
	look_at_bank = page.locator("button[value=pay]")
	expect(look_at_bank).to_be_visible(timeout=SECONDS)
	look(page, f"{lang}-5-bank")
	look_at_bank.tap()
	expect(page.locator(".ticket.booked")).to_be_visible(timeout=SECONDS)
	look(page, f"{lang}-6-booked")
	no_wider_than_the_phone(page)
	assert last_name not in page.inner_text("main") and mobile[-4:] not in page.inner_text("main")

	[patient] = admin.rows("Clinic Patient", {"mobile": f"+98{mobile[1:]}"}, ("name",))
	[made] = admin.rows(
		"Clinic Appointment", {"patient": patient["name"]}, ("name", "status", "start", "paid_online")
	)
	assert (made["status"], made["paid_online"]) == ("Booked", 1_000_000)
	[deposit] = admin.rows("Clinic Deposit", {"patient": patient["name"]}, ("amount", "available"))
	assert deposit["available"] == 1_000_000

	page.locator("#open-move").tap()
	choose_a_time(page, day=2)  # of one practitioner: some days have few times left
	look(page, f"{lang}-7-move")
	page.locator("#do-move").tap()
	expect(page.locator("#open-cancel")).to_be_visible(timeout=SECONDS)
	[moved] = admin.rows("Clinic Appointment", {"name": made["name"]}, ("start", "move_count"))
	assert moved["start"] != made["start"] and moved["move_count"] == 1

	page.locator("#open-cancel").tap()
	look(page, f"{lang}-8-cancel")
	page.locator("#do-cancel").tap()
	expect(page.locator(".ticket.cancelled")).to_be_visible(timeout=SECONDS)
	[gone] = admin.rows("Clinic Appointment", {"name": made["name"]}, ("status", "reason"))
	assert gone["status"] == "Cancelled" and gone["reason"]

	# His own page: another code, what was booked, nobody who opened the file but who did.
	page.goto(f"{screen.url}/my?_lang={lang}")
	page.fill("#f-mobile", persian(mobile))
	look(page, f"{lang}-9-my-entry")
	page.locator("#my-mobile [type=submit]").tap()
	expect(page.locator("#f-code")).to_be_visible(timeout=SECONDS)
	page.fill("#f-code", persian(code_sent_to(mobile, page, besides=[code])))
	page.locator("#my-code [type=submit]").tap()
	expect(page.locator("#my-page")).to_be_visible(timeout=SECONDS)
	look(page, f"{lang}-10-my-page")
	no_wider_than_the_phone(page)
	assert first_name in page.inner_text("h1")
	assert page.locator('a[href*="/booking/"]').count() == 1
	page.locator("#my-leave").tap()
	expect(page.locator("#my-entry")).to_be_visible(timeout=SECONDS)


@pytest.fixture
def somebody_who_begins_later(admin):
	"""A practitioner who is booked online and works from a day on; not found by others afterwards."""
	made = []

	def one(first_day):
		code = f"LATE-{secrets.token_hex(3).upper()}"
		person = {"code": code, "practitioner_name": f"Dr {code}", "branch": "MAIN", "bookable_online": 1}
		services = [{"service": SERVICE}]
		answer = admin.resource("POST", "Clinic Practitioner", **person, services=services)
		assert answer.status_code == 200, answer.text[:300]
		made.append(code)
		hours = {"start": "09:00:00", "end": "17:00:00", "branch": "MAIN"}
		shifts = [{"weekday": day, **hours} for day in calendar.day_name]
		week = {"practitioner": code, "valid_from": str(first_day), "shifts": shifts}
		answer = admin.resource("POST", "Clinic Schedule", **week)
		assert answer.status_code == 200, answer.text[:300]
		return code

	yield one
	for code in made:
		admin.resource("PUT", "Clinic Practitioner", code, is_active=0)


@pytest.mark.parametrize("lang", ["en", "fa"])
def test_weeks_without_a_free_time_are_gone_over(phone, somebody_who_begins_later, lang):
	first_day = datetime.date.today() + datetime.timedelta(days=20)
	code = somebody_who_begins_later(first_day)
	screen = phone(lang)
	page = screen.page
	page.goto(f"{screen.url}/book?_lang={lang}&service={SERVICE}&practitioner={code}")
	if page.locator("#genders").count():
		page.locator("#genders .chip").first.tap()
	chosen = page.locator("#strip .day[aria-selected=true]")
	expect(page.locator("#times .time").first).to_be_visible(timeout=SECONDS)
	assert chosen.get_attribute("data-date") >= str(first_day)
	look(page, f"{lang}-later-weeks")
	page.locator("#picker .step[data-go=earlier]").tap()
	expect(page.locator("#picker-state")).to_have_text(NOTHING[lang], timeout=SECONDS)
	look(page, f"{lang}-empty-weeks")
	page.locator("#picker .step[data-go=later]").tap()
	expect(page.locator("#times .time").first).to_be_visible(timeout=SECONDS)
