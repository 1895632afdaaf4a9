"""A course of ten laser sessions: sold, planned in one action, one missed, the rest moved (N8, A05, A84)."""

import datetime
import itertools
import re

import pytest
from playwright.sync_api import expect

from tests.browser.steps.front import open_front_desk
from tests.browser.steps.hands import (
	SECONDS,
	persian,
	pick,
	press,
	say,
	window,
	windows_closed,
)
from tests.browser.steps.story import Story
from tests.demo_site import in_site
from tests.journeys.client import Client

SERVICE, SESSIONS, DAYS = "LASER-FULL", 10, 14


@pytest.fixture
def bought(admin):
	"""`bought(lang)`: a patient of today, whom nobody has booked for yet."""

	def make(lang):
		story = Story(lang, admin)
		values = {"first_name": story.first_name, "last_name": story.last_name, "mobile": story.mobile}
		made = admin.resource(
			"POST", "Clinic Patient", gender="Female", referral_source="WALKIN", **values
		).json()
		story.patient = made["data"]["name"]
		return story

	return make


def sell_the_course(screen, story):
	"""Received with ten sessions for later: their form opens by itself, every session with a time."""
	page = screen.page
	open_front_desk(screen)
	press(page, page.locator(".page-head"), "New reception")
	typed = persian(story.last_four) if story.lang == "fa" else story.last_four
	box = window(page).locator(".clinic-search__input")
	box.click()
	box.press_sequentially(typed, delay=20)
	window(page).locator(".clinic-search__row", has_text=story.full_name).first.click(timeout=SECONDS)
	dialog = page.locator(".modal.show", has=page.locator(".clinic-receive"))
	expect(dialog).to_be_visible(timeout=SECONDS)
	pick(page, dialog, "Add a service", story.title("Clinic Service", SERVICE, "service_name"))
	dialog.locator(".clinic-line select").first.wait_for(timeout=SECONDS)
	dialog.get_by_label(say(page, "What happens"), exact=True).select_option("Sell for Later")
	expect(dialog.locator(".clinic-line__price strong")).to_be_visible(timeout=SECONDS)
	press(page, dialog, "Receive")
	expect(page.locator(".clinic-planner .clinic-session")).to_have_count(SESSIONS, timeout=SECONDS)


def sessions_of(story):
	fields = ("name", "session_no", "status", "date", "appointment", "session_plan")
	return story.admin.rows("Clinic Session", {"patient": story.patient}, fields, "session_no asc")


def days_of(rows):
	return [datetime.date.fromisoformat(row["date"]) for row in rows]


def gaps_of(rows):
	return [(b - a).days for a, b in itertools.pairwise(days_of(rows))]


def see_why_not(screen):
	"""On Fridays nobody is there: the form says so, and the button that helps leads back."""
	page = screen.page
	chips = page.locator(".clinic-wishes__days .clinic-chip")
	chips.last.click()
	expect(page.locator(".clinic-stuck")).to_be_visible(timeout=SECONDS)
	screen.settle()
	screen.picture(f"scheduling-plan-impossible-{screen.lang}")
	press(page, page.locator(".clinic-stuck"), "On any weekday")
	expect(page.locator(".clinic-stuck")).to_have_count(0, timeout=SECONDS)


def change_one_and_book(screen, story):
	"""Another time for the second; then all ten in one action."""
	page = screen.page
	second = page.locator('.clinic-planner .clinic-session[data-session="2"]')
	before = second.get_attribute("data-start")
	press(page, second, "Other time")
	free = window(page).locator('.clinic-time[aria-pressed="false"]')
	free.last.click(timeout=SECONDS)
	press(page, window(page), "Take this time")
	expect(second).to_contain_text(say(page, "chosen by you"), timeout=SECONDS)
	assert second.get_attribute("data-start") != before
	screen.settle()
	screen.picture(f"scheduling-plan-sessions-{story.lang}")
	number = persian(SESSIONS) if story.lang == "fa" else str(SESSIONS)
	press(page, window(page), "Book {0} sessions", number)
	windows_closed(page)
	rows = sessions_of(story)
	assert [row["status"] for row in rows] == ["Booked"] * SESSIONS and len(
		{r["date"] for r in rows}
	) == SESSIONS
	assert all(DAYS - 3 <= gap <= DAYS + 4 for gap in gaps_of(rows)), gaps_of(rows)


def miss_the_first(story, reception, site_name, sites_path):
	"""It was yesterday, and the front desk says that nobody came."""
	first = sessions_of(story)[0]["appointment"]
	begin = datetime.datetime.now() - datetime.timedelta(days=1)
	times = {
		"start": f"{begin:%Y-%m-%d %H:%M:00}",
		"end": f"{begin + datetime.timedelta(hours=1):%Y-%m-%d %H:%M:00}",
	}
	in_site(site_name, sites_path, "frappe.db.set_value", dt="Clinic Appointment", dn=first, field=times)
	reception.post("clinic_core.scheduling.api.no_show", appointment=first)
	assert sessions_of(story)[0]["status"] == "Absent"


def planned_times(page):
	"""Every session of the form has a time."""
	times = page.locator(".clinic-planner .clinic-session[data-start]:not([data-start=''])")
	expect(times).to_have_count(SESSIONS, timeout=SECONDS)


def a_week_later(page):
	"""The first free day could be the one that was planned already, and then nothing would have to move."""
	first = page.locator(".clinic-planner .clinic-session").first
	planned = datetime.date.fromisoformat(first.get_attribute("data-start")[:10])
	wanted = planned + datetime.timedelta(days=7)
	page.locator(".clinic-wishes button").first.click()
	page.keyboard.press("ArrowDown")
	page.keyboard.press("Enter")
	expect(first).not_to_have_attribute("data-start", re.compile(f"^{planned}"), timeout=SECONDS)
	planned_times(page)
	return wanted


def move_the_rest(screen, story):
	"""From the form of the plan: each session gets its new time, one interval after the one before."""
	page = screen.page
	screen.open(f"clinic-session-plan/{sessions_of(story)[0]['session_plan']}")
	panel = page.locator(".form-page .clinic-plan")
	expect(panel.locator(".clinic-session")).to_have_count(SESSIONS, timeout=SECONDS)
	screen.settle()
	screen.picture(f"scheduling-session-plan-{story.lang}")
	press(page, panel, "Move the rest")
	planned_times(page)
	begin = a_week_later(page)
	reason = {"en": "Missed the first session", "fa": "جلسه نخست را نیامد"}[story.lang]
	window(page).get_by_label(say(page, "Reason"), exact=True).fill(reason)
	screen.settle()
	screen.picture(f"scheduling-move-the-rest-{story.lang}")
	window(page).locator(".modal-header .btn-primary, .modal-footer .btn-primary").click()
	windows_closed(page)
	rows = sessions_of(story)
	assert [row["status"] for row in rows] == ["Booked"] * SESSIONS
	assert days_of(rows)[0] >= begin
	assert all(DAYS - 3 <= gap <= DAYS + 4 for gap in gaps_of(rows)), gaps_of(rows)
	moved = story.admin.value("Clinic Appointment", rows[-1]["appointment"], "reason")
	assert moved == reason


@pytest.mark.parametrize("lang", ["en", "fa"])
def test_ten_sessions_are_planned_one_is_missed_the_rest_moves(
	screen_of, bought, lang, url, demo, site_name, sites_path
):
	story, screen = bought(lang), screen_of("reception", lang)
	screen.lang = lang
	sell_the_course(screen, story)
	see_why_not(screen)
	change_one_and_book(screen, story)
	miss_the_first(story, Client(url, "reception@clinic.example", demo), site_name, sites_path)
	move_the_rest(screen, story)
