"""A person's file: quick entry, the warning of look-alikes, correcting in place, the history of it."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.steps.hands import (
	SECONDS,
	persian,
	pick,
	press,
	say,
	type_over,
	window,
	windows_closed,
)
from tests.browser.steps.story import Story

SOURCE, OTHER = "WALKIN", "FRIEND"
BORN = "1986-10-04"


def box(page, scope, label):
	return scope.get_by_role("textbox", name=say(page, label), exact=True)


def quick_entry(page, story, first_name):
	"""From the list; four boxes, one after the other, with the Enter key alone (D23)."""
	page.locator(".page-head .primary-action").click(timeout=SECONDS)
	dialog = window(page)
	type_over(box(page, dialog, "First name"), first_name)
	page.keyboard.press("Enter")
	page.keyboard.type(story.last_name)
	page.keyboard.press("Enter")
	page.keyboard.type(persian(story.mobile) if story.lang == "fa" else story.mobile)
	page.keyboard.press("Enter")
	return dialog


def choose_source(page, story, dialog):
	pick(page, dialog, "Source: how did they hear of us?", story.title("Clinic Referral Source", SOURCE))


def register(page, story):
	dialog = quick_entry(page, story, story.first_name)
	choose_source(page, story, dialog)
	page.keyboard.press("Control+Enter")
	windows_closed(page)
	[row] = story.admin.rows("Clinic Patient", {"mobile": story.e164}, ("name", "full_name"))
	story.patient = row["name"]
	assert row["full_name"] == story.full_name


def warned(page, story):
	"""The same person again: the file is shown while the second one is typed, with what tells it apart."""
	dialog = quick_entry(page, story, story.first_name)
	alike = dialog.locator(f'.clinic-alikes__row[data-patient="{story.patient}"]')
	expect(alike).to_contain_text(say(page, "Same phone"), timeout=SECONDS)
	expect(alike).to_contain_text(say(page, "Never here"))
	return dialog


def correct(page, story, dialog):
	"""Name and birth date in the small form; the age is said while the day is typed (D08)."""
	type_over(box(page, dialog, "Last name"), story.last_name + "z")
	born = box(page, dialog, "Birth date")
	type_over(born, persian("1365/07/12") if story.lang == "fa" else BORN)
	expect(dialog.locator(".clinic-field--birth_date .clinic-field__hint")).to_contain_text(
		re.compile(r"[\d۰-۹]{2}")
	)


@pytest.mark.parametrize("lang", ["en", "fa"])
def test_a_file_is_made_once_corrected_in_place_and_remembers(screen_of, admin, lang):
	story = Story(lang, admin)
	screen = screen_of("reception", lang)
	page = screen.page
	screen.open("clinic-patient")
	register(page, story)
	expect(page.locator(".title-text").filter(has_text=story.last_name)).to_be_visible(timeout=SECONDS)
	screen.open("clinic-patient")
	dialog = warned(page, story)
	screen.picture(f"people-look-alikes-{lang}")
	press(page, dialog.locator(f'.clinic-alikes__row[data-patient="{story.patient}"]'), "Use this one")
	windows_closed(page)

	screen.open(f"clinic-patient/{story.patient}")
	page.locator(".title-area").wait_for()
	page.evaluate(f"void clinic.people.correct_dialog({{ patient: '{story.patient}' }})")
	dialog = window(page)
	correct(page, story, dialog)
	screen.picture(f"people-correct-{lang}")
	press(page, dialog, "Save")
	windows_closed(page)
	stored = admin.resource("GET", "Clinic Patient", story.patient).json()["data"]
	assert (stored["last_name"], stored["birth_date"]) == (story.last_name + "z", BORN)

	page.get_by_role("tab", name=say(page, "History"), exact=True).click()
	entry = page.locator(".clinic-history__entry").first
	expect(entry).to_contain_text(story.last_name, timeout=SECONDS)
	expect(entry.locator(".clinic-history__old").first).to_have_text(story.last_name)
	screen.picture(f"people-history-{lang}")
