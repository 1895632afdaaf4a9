"""Step 5: a click on the name opens the statement; seven tabs show what just happened."""

from playwright.sync_api import expect

from tests.browser.steps.front import card
from tests.browser.steps.hands import SECONDS, choose_menu, escape, money, window

# The least number of rows in each tab; the club is switched off and says so. The CRM's rows are the
# lead and its activity; the call is for those who may see calls.
ROWS = {
	"summary": 4,
	"receptions": 2,
	"appointments": 1,
	"transactions": 4,
	"deposits": 1,
	"crm": 2,
	"club": 0,
}


def read_the_statement(screen, story, **more_rows):
	"""Click the patient's name on the board, then every tab; `more_rows` by tab are seen by some only."""
	page, expected = screen.page, {**ROWS, **more_rows}
	card(page, story.visit).locator(".clinic-patient-name").click()
	choose_menu(page, "Statement")
	dialog = window(page)
	expect(dialog.locator(".clinic-statement__name")).to_have_text(story.full_name, timeout=SECONDS)
	owed = dialog.locator(".clinic-statement__figure").first
	expect(owed).to_have_text(money(page, 0, unit=True))
	tabs = dialog.locator(".clinic-statement__tab")
	expect(tabs).to_have_count(len(expected))
	assert [tab.get_attribute("data-tab") for tab in tabs.all()] == list(expected)
	for tab, least in expected.items():
		dialog.locator(f'.clinic-statement__tab[data-tab="{tab}"]').click()
		_read_tab(dialog, story, tab, least)
	escape(page)


def _read_tab(dialog, story, tab, least):
	selected = dialog.locator('.clinic-statement__tab[aria-selected="true"]')
	expect(selected).to_have_attribute("data-tab", tab)
	body = dialog.locator(".clinic-statement__body")
	expect(body.locator(".clinic-skeleton")).to_have_count(0, timeout=SECONDS)
	rows = body.locator("tbody tr")
	if not least:
		return expect(body.locator(".clinic-empty__title")).to_be_visible(timeout=SECONDS)
	expect(rows.nth(least - 1)).to_be_visible(timeout=SECONDS)
	if tab == "receptions":
		links = [link.get_attribute("href") for link in body.locator("tbody a").all()]
		for row in story.receptions:
			assert any(row["name"] in address for address in links), links
	return None
