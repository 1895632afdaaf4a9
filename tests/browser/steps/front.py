"""Step 3: the receptionist finds, confirms, receives; a slip is undone; more is sold after triage."""

import datetime

from playwright.sync_api import expect

from tests.browser.steps.hands import (
	SECONDS,
	assert_not_reloaded,
	button,
	choose_typed,
	escape,
	mark,
	money,
	persian,
	pick,
	press,
	say,
	window,
	windows_closed,
)

SESSIONS, SECOND_SERVICE, CONSULTANT = 6, "CLEAN", "DR-01"


def open_front_desk(screen):
	"""The board of today is on the screen before the appointment is booked."""
	screen.open("clinic-front-desk")
	expect(
		screen.page.locator(".clinic-column .clinic-card, .clinic-column .clinic-empty").first
	).to_be_visible(timeout=SECONDS)
	mark(screen.page)


def card(page, key):
	"""One person's card on the board."""
	return page.locator(f'.clinic-card[data-key="{key}"]')


def see_the_appointment(screen, story):
	"""It appears by itself if it is for today; else the receptionist turns the pages to its day."""
	page = screen.page
	start = story.admin.value("Clinic Appointment", story.appointment, "start")
	days = datetime.date.fromisoformat(start[:10]) - datetime.date.fromisoformat(
		page.evaluate("clinic.fmt.today()")
	)
	for _ in range(days.days):
		page.get_by_title(say(page, "Next day"), exact=True).click()
	expect(card(page, story.appointment)).to_be_visible(timeout=SECONDS)
	assert_not_reloaded(page)


def find_by_last_four(screen, story):
	"""The last four digits of the mobile lead to the right person."""
	page = screen.page
	typed = persian(story.last_four) if story.lang == "fa" else story.last_four
	choose_typed(page, page.locator(".clinic-desk__search input"), typed, story.full_name)
	expect(window(page)).to_contain_text(say(page, "Receive {0}", story.full_name))
	expect(window(page).locator(".clinic-line")).to_have_count(1, timeout=SECONDS)
	escape(page)


def status_is(page, key, status):
	"""The card shows this status."""
	expect(card(page, key).locator(".clinic-badge")).to_have_text(say(page, status), timeout=SECONDS)


def confirm_and_arrive(screen, story):
	"""Confirmed; arrived by a slip and undone (it is booked again, design §3); arrived."""
	page, key = screen.page, story.appointment
	press(page, card(page, key), "Confirm")
	status_is(page, key, "Confirmed")
	press(page, card(page, key), "Arrived", context="action")
	status_is(page, key, "Arrived")
	press(page, page.locator(f'.clinic-toast[data-about="{key}"]'), "Undo")
	status_is(page, key, "Booked")
	assert story.admin.value("Clinic Appointment", key, "status") == "Booked"
	press(page, card(page, key), "Arrived", context="action")
	status_is(page, key, "Arrived")


def receive(screen, story):
	"""Receive with the booked session service: it makes its plan, every session with a date."""
	page = screen.page
	press(page, card(page, story.appointment), "Receive")
	dialog = window(page)
	expect(dialog.locator(".clinic-line")).to_have_count(1, timeout=SECONDS)
	expect(dialog.locator(".clinic-line__price strong")).to_be_visible(timeout=SECONDS)
	press(page, dialog, "Receive")
	press(page, page.locator(".clinic-toasts"), "Book the times")
	sessions = page.locator(".modal.show .clinic-session")
	expect(sessions).to_have_count(SESSIONS, timeout=SECONDS)
	dates = page.locator(".modal.show .clinic-session__date").all_inner_texts()
	assert all(text.strip() for text in dates) and len(set(dates)) == SESSIONS, dates
	window(page).locator(".btn-primary", has_text=say(page, "Close")).click()
	windows_closed(page)
	_learn_receptions(story, 1)
	day_back = button(page, page.locator(".clinic-day-steps"), "Today")
	if day_back.is_visible():
		day_back.click()
	expect(card(page, story.visit)).to_be_visible(timeout=SECONDS)


def _learn_receptions(story, count):
	fields = ("name", "visit", "reception_no", "patient_share", "status")
	story.receptions = story.admin.rows("Clinic Reception", {"patient": story.patient}, fields)
	assert [row["status"] for row in story.receptions] == ["Submitted"] * count
	story.visit = story.receptions[0]["visit"]
	story.due = sum(row["patient_share"] for row in story.receptions)


def send_to_consultant(screen, story):
	"""Triage: on to a consultant, who begins."""
	page = screen.page
	press(page, card(page, story.visit), "Send to")
	dialog = window(page)
	dialog.locator('.clinic-segmented [data-value="Consultation"]').click()
	consultant = story.title("Clinic Practitioner", CONSULTANT, "practitioner_name")
	pick(page, dialog, "Consultant", consultant)
	press(page, dialog, "Send")
	windows_closed(page)
	in_consultation = page.locator(f'.clinic-column--consultation [data-key="{story.visit}"]')
	expect(in_consultation).to_be_visible(timeout=SECONDS)
	press(page, card(page, story.visit), "Start")
	status_is(page, story.visit, "In Service")


def sell_more(screen, story):
	"""A second reception on the same visit."""
	page = screen.page
	press(page, card(page, story.visit), "Sell more services")
	dialog = window(page)
	pick(page, dialog, "Add a service", story.title("Clinic Service", SECOND_SERVICE, "service_name"))
	expect(dialog.locator(".clinic-line__price strong")).to_be_visible(timeout=SECONDS)
	press(page, dialog, "Add to the visit")
	windows_closed(page)
	_learn_receptions(story, 2)
	assert {row["visit"] for row in story.receptions} == {story.visit}
	amount = money(page, story.due, unit=True)
	expect(card(page, story.visit)).to_contain_text(say(page, "Unpaid {0}", amount), timeout=SECONDS)
