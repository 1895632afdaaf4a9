"""Step 6: the manager sees it in the cards of a workspace and in a report of receptions."""

import json
import pathlib

from playwright.sync_api import expect

from tests.browser.steps.hands import SECONDS, persian, type_over

APPS = pathlib.Path(__file__).resolve().parents[3] / "apps"
FRONT_DESK = APPS / "clinic_reception" / "clinic_reception" / "front_desk"


def workspace_route():
	"""The route of the reception's workspace, whatever it is called."""
	[path] = FRONT_DESK.glob("workspace/*/*.json")
	return json.loads(path.read_text(encoding="utf-8"))["title"].lower().replace(" ", "-")


def see_the_cards(screen):
	"""Every card of the workspace has its number; sales and receptions are not nothing."""
	screen.open(workspace_route())
	page = screen.page
	boxes = page.locator(".number-widget-box")
	expect(boxes.first).to_be_visible(timeout=SECONDS)
	numbers = page.locator(".number-widget-box .widget-content .number")
	expect(numbers).to_have_count(boxes.count(), timeout=SECONDS)
	expect(page.locator(".dashboard-widget-box svg.frappe-chart").first).to_be_visible(timeout=SECONDS)
	shown = [text.strip() for text in numbers.all_inner_texts()]
	assert any(text.translate(str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789")).strip("0 ") for text in shown), shown


def see_the_report(screen, story):
	"""The report builder, narrowed to the patient's name, lists both receptions and nothing else."""
	page = screen.page
	screen.open("clinic-reception/view/report")
	rows = page.locator(".dt-scrollable .dt-row[data-row-index]")
	expect(rows.first).to_be_visible(timeout=SECONDS)
	type_over(page.locator('.standard-filter-section [data-fieldname="patient_name"] input'), story.last_name)
	page.keyboard.press("Enter")
	expect(rows).to_have_count(len(story.receptions), timeout=SECONDS)
	cells = page.locator(".dt-scrollable .dt-cell")
	for row in story.receptions:
		number = row["reception_no"]
		either = cells.filter(has_text=number).or_(cells.filter(has_text=persian(number)))
		expect(either.first).to_be_visible(timeout=SECONDS)
