"""Step 1: somebody outside fills the form on a phone."""

from playwright.sync_api import expect

from tests.browser.steps.hands import SECONDS, persian


def send_the_form(visitor, story):
	"""Fill the public form, send it and be thanked; a New Lead comes of it."""
	page = visitor.page
	page.goto(f"{visitor.url}/lead/contact?_lang={story.lang}")
	for name, value in (
		("first_name", story.first_name),
		("last_name", story.last_name),
		("mobile", persian(story.mobile)),
		("description", "Laser"),
	):
		box = page.locator(f'form [name="{name}"]')
		if box.count():
			box.tap()
			box.press_sequentially(value, delay=10)
	page.locator('button[type="submit"]').tap()
	thanks = page.locator("#thanks")
	expect(thanks).to_be_visible(timeout=SECONDS)
	expect(page.locator("#lead-form")).to_be_hidden()
	assert thanks.inner_text().strip(), "somebody is thanked"
	lead = story.lead_row()
	assert lead["status"] == "New Lead"
	story.lead = lead["name"]
