"""Somebody without an appointment: registered, received, and the reception undone by who clicked wrongly."""

import pytest
from playwright.sync_api import expect

from tests.browser.steps.front import card, open_front_desk
from tests.browser.steps.hands import SECONDS, persian, pick, press, say, type_over, window, windows_closed
from tests.browser.steps.story import Story

SOURCE, SERVICE = "WALKIN", "CLEAN"


def register(page, story):
	"""Nobody is found by that name: a new patient."""
	press(page, page.locator(".page-head"), "New reception")
	search = window(page).locator(".clinic-search__input")
	type_over(search, story.full_name)
	window(page).locator(".clinic-search__row--register").click(timeout=SECONDS)
	mobile = window(page).get_by_role("textbox", name=say(page, "Mobile"), exact=True)
	type_over(mobile, persian(story.mobile))
	dialog = window(page)
	press(page, dialog, "More fields")
	dialog.locator('.clinic-segmented [data-value="Female"]').click()
	title = story.title("Clinic Referral Source", SOURCE)
	pick(page, dialog, "Source: how did they hear of us?", title)
	press(page, dialog, "Register")


def receive(page, story):
	"""Straight on to the reception, with one service."""
	dialog = page.locator(".modal.show", has=page.locator(".clinic-receive"))
	expect(dialog).to_be_visible(timeout=SECONDS)
	pick(page, dialog, "Add a service", story.title("Clinic Service", SERVICE, "service_name"))
	expect(dialog.locator(".clinic-line__price strong")).to_be_visible(timeout=SECONDS)
	press(page, dialog, "Receive")
	windows_closed(page)


@pytest.mark.parametrize("lang", ["en", "fa"])
def test_a_walk_in_is_received_and_the_slip_undone(screen_of, admin, lang):
	story = Story(lang, admin)
	screen = screen_of("reception", lang)
	page = screen.page
	open_front_desk(screen)
	register(page, story)
	receive(page, story)
	rows = admin.rows("Clinic Visit", {"patient_name": story.full_name}, ("name", "patient"))
	assert len(rows) == 1
	visit, patient = rows[0]["name"], rows[0]["patient"]
	expect(card(page, visit)).to_be_visible(timeout=SECONDS)
	press(page, page.locator(f'.clinic-toast[data-about="{visit}"]'), "Undo")
	expect(card(page, visit)).to_have_count(0, timeout=SECONDS)
	receptions = admin.rows("Clinic Reception", {"patient": patient}, ("status",))
	assert [row["status"] for row in receptions] == ["Cancelled"]
