"""Step 2: the CRM agent sees the lead come, calls, makes a patient of the contact and books."""

from playwright.sync_api import expect

from tests.browser.steps.hands import (
	SECONDS,
	assert_not_reloaded,
	button,
	mark,
	pick,
	press,
	say,
	window,
	windows_closed,
)

SERVICE = "LASER-FACE"
METHOD, FEEDBACK, SOURCE = "PHONE", "WILLBOOK", "WALKIN"


def open_office(screen):
	"""The office is on the screen before anything happens."""
	screen.open("clinic-crm-office")
	expect(screen.page.locator(".clinic-office__section").first).to_be_visible(timeout=SECONDS)
	mark(screen.page)


def take_the_new_lead(screen, story):
	"""The lead appears by itself; the agent chooses and takes it."""
	page = screen.page
	row = page.locator(f'[data-row="leads:{story.lead}"]')
	expect(row).to_be_visible(timeout=SECONDS)
	assert_not_reloaded(page)
	row.locator(".clinic-office__wish").click()
	panel = page.locator(".clinic-lead")
	expect(panel.locator(".clinic-lead__name")).to_contain_text(story.full_name, timeout=SECONDS)
	press(page, panel, "Take it")
	expect(button(page, panel, "Take it")).to_have_count(0, timeout=SECONDS)
	assert story.lead_row()["assigned_to"] == "agent@clinic.example"


def log_a_call(screen, story):
	"""An activity by phone with a feedback: the lead is in progress, the call stands in the list."""
	page = screen.page
	press(page, page.locator(".clinic-lead"), "Log activity")
	dialog = window(page)
	pick(page, dialog, "Contact method", say(page, story.title("Clinic Contact Method", METHOD)))
	pick(page, dialog, "Feedback", say(page, story.title("Clinic Feedback", FEEDBACK)))
	dialog.get_by_role("textbox", name=say(page, "What was said or done")).fill("Wants to begin soon")
	press(page, dialog, "Log activity")
	windows_closed(page)
	status_is(page, "In Progress")
	call = page.locator('[data-row^="calls:"]', has_text=story.full_name)
	expect(call).to_be_visible(timeout=SECONDS)
	assert story.lead_row()["status"] == "In Progress"


def status_is(page, status):
	"""The panel shows this status."""
	shown = page.locator(".clinic-lead__line .clinic-badge")
	expect(shown).to_have_text(say(page, status), timeout=SECONDS)


def make_a_patient(screen, story):
	"""Contact → patient in the dialog, with what the form does not ask for."""
	page = screen.page
	press(page, page.locator(".clinic-lead"), "Convert to patient")
	dialog = window(page)
	first_name = dialog.get_by_role("textbox", name=say(page, "First name"), exact=True)
	expect(first_name).to_have_value(story.first_name)
	press(page, dialog, "More fields")
	dialog.locator('.clinic-segmented [data-value="Female"]').click()
	source = dialog.get_by_role("combobox", name=say(page, "Source: how did they hear of us?"))
	if not source.input_value():
		title = story.title("Clinic Referral Source", SOURCE)
		pick(page, dialog, "Source: how did they hear of us?", title)
	press(page, dialog, "Register as new patient")
	windows_closed(page)
	name = page.locator(".clinic-lead__name .clinic-patient-name--link")
	expect(name).to_have_text(story.full_name, timeout=SECONDS)
	story.patient = story.lead_row()["patient"]
	assert story.patient


def book_a_free_time(screen, story):
	"""The first free time that is shown is booked; the lead is an opportunity."""
	page = screen.page
	press(page, page.locator(".clinic-lead"), "Book appointment")
	dialog = window(page)
	pick(page, dialog, "Service", story.title("Clinic Service", SERVICE, "service_name"))
	time = dialog.locator(".clinic-time").first
	time.click(timeout=SECONDS)
	expect(time).to_have_attribute("aria-pressed", "true")
	press(page, dialog, "Book")
	windows_closed(page)
	status_is(page, "New Opportunity")
	row = page.locator(f'[data-row="opportunities:{story.lead}"]')
	expect(row).to_be_visible(timeout=SECONDS)
	assert_not_reloaded(page)
	lead = story.lead_row()
	assert lead["status"] == "New Opportunity"
	story.appointment = lead["appointment"]


def see_it_won(screen, story):
	"""After the reception the lead is closed as won, without anybody's doing."""
	status_is(screen.page, "Closed Opportunity")
	assert_not_reloaded(screen.page)
	assert story.lead_row()["status"] == "Closed Opportunity"
