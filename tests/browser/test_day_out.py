"""A day that turns out otherwise: closed tomorrow in three clicks, moved, remembered, told; the board (G08, D33–D35)."""

import datetime

import pytest
from playwright.sync_api import expect

from tests.browser.steps.hands import SECONDS, press, say, window, windows_closed
from tests.demo_site import in_site

CLOSURE, APPOINTMENT = "Clinic Schedule Exception", "Clinic Appointment"
PLAN = "clinic_core.scheduling.api"


@pytest.fixture
def tomorrow():
	"""The day after that of the test: a run may begin before midnight."""
	return str(datetime.date.today() + datetime.timedelta(days=1))


@pytest.fixture
def opened(admin, tomorrow):
	"""Closures that the walk makes are taken back, so the next one finds the day open."""
	yield
	for row in admin.rows(CLOSURE, {"kind": "Closure", "is_active": 1, "start": [">=", tomorrow]}):
		admin.resource("PUT", CLOSURE, row["name"], is_active=0)


@pytest.fixture
def booked(admin):
	"""`booked(days)`: the name of a fresh appointment on a day from today."""

	def make(days):
		day = str(datetime.date.today() + datetime.timedelta(days=days))
		asked = {"service": "VISIT-SKIN", "from_date": day, "to_date": day, "limit": 1}
		(slot,) = admin.get(f"{PLAN}.find_slots", **asked)
		wanted = {key: slot[key] for key in ("practitioner", "start", "branch")}
		for patient in admin.rows("Clinic Patient", {"status": "Active"}, ("name",)):
			answer = admin.request(
				"POST", f"{PLAN}.book", patient=patient["name"], service="VISIT-SKIN", **wanted
			)
			if answer.status_code == 200:
				return answer.json()["message"]["appointment"]
		raise AssertionError("nobody can be booked")

	return make


@pytest.fixture
def today_of(site_name, sites_path):
	"""Put an appointment on today, as if it had been booked for it: tests run at every hour, the centre does not."""

	def put(name):
		noon = f"{datetime.date.today()} 12:00:00"
		values = {"dt": APPOINTMENT, "dn": name, "field": {"start": noon, "end": noon}}
		in_site(site_name, sites_path, "frappe.db.set_value", **values)
		return name

	return put


@pytest.mark.parametrize("lang", ["en", "fa"])
def test_tomorrow_is_closed_moved_and_remembered(screen_of, admin, booked, opened, tomorrow, lang):
	name = booked(1)
	boss = screen_of("manager", lang)
	page = boss.page
	boss.open("clinic-schedule-exception")
	press(page, page, "Close tomorrow")
	page.wait_for_url("**/new-*")
	boss.settle()
	page.locator(".page-head .primary-action:visible").first.click()
	dialog = window(page)
	row = dialog.locator(f".clinic-affected__row[data-appointment='{name}']")
	expect(row.locator(".clinic-affected__to")).not_to_be_empty(timeout=SECONDS)
	expect(dialog.locator(".clinic-notify__box")).to_be_checked()
	boss.picture(f"scheduling-closure-{lang}")
	count = dialog.locator(".clinic-affected__row").count()
	press(page, dialog, "Move the ticked ones")
	expect(row).to_have_count(0, timeout=SECONDS * 2)
	moved = admin.rows(APPOINTMENT, {"name": name}, ("start", "status"))[0]
	assert moved["start"][:10] > tomorrow and moved["status"] == "Booked"
	told = admin.rows("Clinic Appointment Move", {"appointment": name}, ("notify", "reason"))
	assert [one["notify"] for one in told] == ["Yes"] and told[0]["reason"], count

	boss.open(f"clinic-appointment/{name}")
	history = page.locator(".clinic-moves")
	expect(history.locator("[data-kind='Moved']")).to_contain_text(told[0]["reason"], timeout=SECONDS)
	expect(history.locator("[data-kind='Booked']")).to_have_count(1)
	press(page, page, "Confirm")
	ask = window(page)
	ask.locator(".clinic-notify__box").uncheck()
	press(page, ask, "Confirm")
	windows_closed(page)
	confirmed = history.locator("[data-kind='Confirmed']")
	expect(confirmed).to_contain_text(say(page, "Patient is not told"), timeout=SECONDS)
	history.scroll_into_view_if_needed()
	boss.settle()
	boss.picture(f"scheduling-history-{lang}")


@pytest.mark.parametrize("lang", ["en", "fa"])
def test_the_board_of_today_obeys_the_states(screen_of, admin, booked, today_of, lang):
	name = today_of(booked(2))
	desk = screen_of("reception", lang)
	page = desk.page
	desk.open("clinic-appointment/view/kanban/Appointments of today")
	card = page.locator(f".kanban-card-wrapper[data-name='{name}']")
	expect(_column(page, "Booked").locator(card)).to_have_count(1, timeout=SECONDS)
	desk.settle()
	_drag(page, card, _column(page, "Confirmed"))
	expect(_column(page, "Confirmed").locator(card)).to_have_count(1, timeout=SECONDS)
	_wait_for(admin, name, "Confirmed", page)
	expect(page.locator("#freeze")).to_have_count(0, timeout=SECONDS)
	page.evaluate("window.scrollTo(0, 0)")
	desk.settle()
	desk.picture(f"scheduling-kanban-{lang}")
	# Receiving somebody makes a visit; a card cannot do that.
	_drag(page, card, _column(page, "Admitted"))
	expect(window(page)).to_contain_text(say(page, "Admitted"))
	desk.complaints.clear()  # the browser notes the refusal, too
	_wait_for(admin, name, "Confirmed", page)
	expect(_column(page, "Confirmed").locator(card)).to_have_count(1, timeout=SECONDS)


def _column(page, status):
	return page.locator(f".kanban-column[data-column-value='{status}']")


def _drag(page, card, column):
	card.scroll_into_view_if_needed()
	start, end = card.bounding_box(), column.locator(".kanban-cards").bounding_box()
	page.mouse.move(start["x"] + start["width"] / 2, start["y"] + 12)
	page.mouse.down()
	for step in range(1, 13):
		across = start["x"] + (end["x"] - start["x"]) * step / 12 + start["width"] / 2
		down = start["y"] + (end["y"] - start["y"]) * step / 12 + 20
		page.mouse.move(across, down)
		page.wait_for_timeout(40)
	page.wait_for_timeout(300)
	page.mouse.up()


def _wait_for(admin, name, status, page):
	for _attempt in range(40):
		if admin.rows(APPOINTMENT, {"name": name}, ("status",))[0]["status"] == status:
			return
		page.wait_for_timeout(250)
	raise AssertionError(f"{name} is not {status}")
