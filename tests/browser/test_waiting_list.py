"""From a wish to a booking: added in the booking dialog, a cancellation, the notice, an offer, accepted (F08, F09)."""

import datetime

import pytest
from playwright.sync_api import expect

from tests.browser.steps.hands import SECONDS, button, press, say, window, windows_closed
from tests.browser.steps.story import Story

SERVICE = "VISIT-SKIN"
PLAN = "clinic_core.scheduling.api"
ENTRY, OFFER = "Clinic Waiting List Entry", "Clinic Waiting Offer"


@pytest.fixture
def registered(admin):
	"""Two women: one has an appointment, the other wants one."""

	def one(lang):
		story = Story(lang, admin)
		values = {"first_name": story.first_name, "last_name": story.last_name, "mobile": story.mobile}
		made = admin.post(
			"clinic_core.people.api.register_patient", referral_source="WALKIN", gender="Female", **values
		)
		story.patient = made["name"]
		return story

	return one


@pytest.fixture
def appointment(admin):
	"""`appointment(story)`: the first free visit from the day after tomorrow on."""
	made = []

	def one(story):
		first = datetime.date.today() + datetime.timedelta(days=2)
		days = {"from_date": str(first), "to_date": str(first + datetime.timedelta(days=14))}
		[slot] = admin.get(f"{PLAN}.find_slots", service=SERVICE, patient=story.patient, limit=1, **days)
		wanted = {key: slot[key] for key in ("practitioner", "start", "branch")}
		made.append(admin.post(f"{PLAN}.book", patient=story.patient, service=SERVICE, **wanted))
		return {**made[-1], **wanted}

	return one


def add_to_the_list(screen, story):
	"""In the booking dialog no time fits: the wish goes on the list, urgent."""
	page = screen.page
	page.evaluate(
		"([patient, full_name, service]) => clinic.scheduling.book_dialog({ patient, full_name, service })",
		[story.patient, story.full_name, SERVICE],
	)
	expect(window(page).locator(".clinic-time").first).to_be_visible(timeout=SECONDS)
	press(page, window(page), "Add to waiting list")
	windows_closed(page, 1)
	dialog = window(page)
	expect(dialog).to_contain_text(story.full_name)
	dialog.get_by_label(say(page, "Urgent: comes first")).check()
	screen.page.wait_for_timeout(400)  # the boxes have their titles
	screen.picture(f"scheduling-wish-{story.lang}")
	press(page, dialog, "Add to waiting list")
	windows_closed(page)


def see_the_notice(admin, page, story, booked):
	"""Nothing was reloaded: the desk tells it by itself. Other tests free times, too; this is the one meant."""
	notice = page.locator('.clinic-toast[data-about="clinic-freed-time"]')
	expect(notice).to_be_visible(timeout=SECONDS)
	press(page, notice, "Show")
	practitioner = admin.value("Clinic Appointment", booked["appointment"], "practitioner")
	times = admin.rows("Clinic Freed Time", {"practitioner": practitioner, "start": booked["start"]})
	freed = page.locator(f'[data-freed="{times[-1]["name"]}"]').filter(has_text=story.full_name)
	expect(freed).to_be_visible(timeout=SECONDS)
	return freed


@pytest.mark.parametrize("lang", ["en", "fa"])
def test_from_a_wish_to_a_booking(screen_of, admin, registered, appointment, lang):
	has_one, waits = registered(lang), registered(lang)
	booked = appointment(has_one)
	screen = screen_of("reception", lang)
	page = screen.page
	screen.open("clinic-waiting-list-entry")
	add_to_the_list(screen, waits)
	[entry] = admin.rows(ENTRY, {"patient": waits.patient}, ("name", "status", "is_urgent"))
	assert (entry["status"], entry["is_urgent"]) == ("Waiting", 1)

	admin.post(f"{PLAN}.cancel", appointment=booked["appointment"], reason="Travels")
	freed = see_the_notice(admin, page, waits, booked)
	page.wait_for_timeout(600)
	screen.picture(f"scheduling-freed-{lang}")
	row = freed.locator(f'[data-entry="{entry["name"]}"]')
	press(page, row, "Offer")
	[offer] = offers_of(admin, page, waits, entry["name"])
	assert offer["status"] == "Open"
	assert admin.value("Clinic Appointment", offer["appointment"], "status") == "Held"

	asked = page.locator(f'[data-offer="{offer["name"]}"]')
	expect(asked).to_be_visible(timeout=SECONDS)
	button(page, asked, "Accepted").click()
	expect(asked).to_have_count(0, timeout=SECONDS)
	assert admin.value("Clinic Appointment", offer["appointment"], "status") == "Booked"
	assert admin.value("Clinic Appointment", offer["appointment"], "start") == booked["start"]
	assert admin.value(ENTRY, entry["name"], "status") == "Booked"
	press(page, window(page), "Close")
	windows_closed(page)


def offers_of(admin, page, story, entry):
	"""The offers of a wish, once there is one; those of others may be open as well."""
	mine = page.locator("[data-offer]").filter(has_text=story.full_name)
	expect(mine.first).to_be_visible(timeout=SECONDS)
	return admin.rows(OFFER, {"entry": entry}, ("name", "status", "appointment"))


@pytest.mark.parametrize("lang", ["en", "fa"])
def test_a_recall_is_followed_from_its_row(screen_of, admin, lang):
	screen = screen_of("reception", lang)
	page = screen.page
	screen.open("clinic-recall")
	page.get_by_role("radio", name=say(page, "Overdue"), exact=True).click()
	page.get_by_role("radio", name=say(page, "Open", context="Clinic Recall"), exact=True).click()
	rows = page.locator(".list-row-container .list-row")
	expect(rows.first).to_be_visible(timeout=SECONDS)
	screen.settle()
	screen.picture(f"scheduling-recalls-{lang}")
	called = say(page, "Called", context="Clinic Recall")
	rows.first.get_by_role("button", name=called).click()
	dialog = window(page)
	dialog.get_by_role("radio", name=say(page, "Not Reached", context="Clinic Recall"), exact=True).click()
	before = sum(row["attempts"] for row in admin.rows("Clinic Recall", {}, ("attempts",)))
	press(page, dialog, "Save")
	windows_closed(page)
	assert sum(row["attempts"] for row in admin.rows("Clinic Recall", {}, ("attempts",))) == before + 1
