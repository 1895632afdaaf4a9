"""Step 4: the cashier opens a shift, takes a deposit and a payment in three parts, undoes one, closes."""

import re

from playwright.sync_api import expect

from tests.browser.steps.hands import (
	SECONDS,
	choose_typed,
	escape,
	money,
	persian,
	press,
	say,
	type_amount,
	window,
	windows_closed,
)

OPENING, DEPOSIT, CASH = 5_000_000, 2_500_000, 1_000_000


def open_shift(screen, story):
	"""Count the drawer and open."""
	screen.open("clinic-cash-desk")
	form = screen.page.locator(".clinic-shift-open")
	type_amount(screen.page, form.locator("input"), OPENING)
	press(screen.page, form, "Open shift")
	expect(screen.page.locator(".clinic-shift")).to_be_visible(timeout=SECONDS)
	shifts = story.admin.rows("Clinic Cash Shift", {"status": "Open"}, ("name", "opening_float"))
	assert [row["opening_float"] for row in shifts] == [OPENING]


def find_the_patient(screen, story):
	"""By the last four digits; what is owed is seen."""
	page = screen.page
	choose_typed(page, page.locator(".clinic-till__search input"), story.last_four, story.full_name)
	head = page.locator(".clinic-payer__head")
	expect(head).to_contain_text(story.full_name, timeout=SECONDS)
	owes_is(page, story.due)


def owes_is(page, stored):
	"""The tile of the debt shows this amount."""
	shown = page.locator(".clinic-payer__tile").first.locator(".clinic-money")
	expect(shown).to_have_text(money(page, stored, unit=True), timeout=SECONDS)


def take_a_deposit(screen, story):
	"""Money beforehand, typed in Persian digits."""
	page = screen.page
	press(page, page.locator(".clinic-payer__head"), "Receive deposit")
	dialog = window(page)
	type_amount(page, dialog.locator(".clinic-pay__line .clinic-number"), DEPOSIT)
	press(page, dialog, "Receive deposit")
	windows_closed(page)
	expect(page.locator(".clinic-payer__paid")).to_be_visible(timeout=SECONDS)
	deposits = story.admin.rows("Clinic Deposit", {"patient": story.patient}, ("amount", "status"))
	assert [(row["amount"], row["status"]) for row in deposits] == [(DEPOSIT, "Received")]


def method(page, story, name):
	"""What the method is called on the buttons."""
	return say(page, story.title("Clinic Payment Method", name))


def pay_wrongly_and_undo(screen, story):
	"""All in cash by mistake: undone with a reason, the debt is open again."""
	page = screen.page
	form = page.locator(".clinic-payer__form")
	press(page, form, "All in {0}", method(page, story, "CASH"))
	press(page, form, "Take payment")
	owes_is(page, 0)
	press(page, page.locator(".clinic-payer__paid"), "Undo")
	dialog = window(page)
	press(page, dialog, "Wrong method")
	press(page, dialog, "Undo payment")
	windows_closed(page)
	owes_is(page, story.due)
	payments = story.admin.rows("Clinic Payment", {"patient": story.patient}, ("purpose", "status"))
	assert [row["status"] for row in payments][-1] == "Cancelled", payments


def pay_in_three_parts(screen, story):
	"""From the deposit, in cash, and the rest by card with its reference."""
	page = screen.page
	form = page.locator(".clinic-payer__form")
	press(page, form, "From deposit ({0})", money(page, DEPOSIT))
	press(page, form, "Rest by {0}", method(page, story, "CASH"))
	type_amount(page, form.locator('[data-kind="Cash"] .clinic-number'), CASH)
	press(page, form, "Rest by {0}", method(page, story, "CARD"))
	card = form.locator('[data-kind="Card"]')
	card.locator("input").last.press_sequentially(persian(story.mobile[-8:]))
	press(page, form, "Take payment")
	owes_is(page, 0)
	for row in story.receptions:
		assert story.admin.value("Clinic Reception", row["name"], "outstanding") == 0
	assert story.admin.rows("Clinic Deposit", {"patient": story.patient}, ("status",)) == [
		{"status": "Applied"}
	]


def see_the_receipt(screen, story):
	"""The preview of the receipt names the patient and is the one that was just made."""
	page = screen.page
	press(page, page.locator(".clinic-payer__paid"), "Print receipt")
	window(page)
	paper = page.frame_locator("iframe.clinic-receipt").locator("body")
	expect(paper).to_contain_text(story.full_name, timeout=SECONDS)
	escape(page)


def close_shift(screen, story):
	"""Count: the cash is typed, the others are as expected; no difference, no reason."""
	page = screen.page
	press(page, page.locator(".clinic-shift"), "Close shift")
	dialog = window(page)
	cash = method(page, story, "CASH")
	for row in dialog.locator("tbody tr").all():
		if row.locator("th").inner_text().strip() == cash:
			type_amount(page, row.locator("input"), OPENING + DEPOSIT + CASH)
		else:
			row.locator("button").click()
	difference = dialog.locator("tfoot td").inner_text()
	assert re.fullmatch(r"[0۰]", difference.strip()), difference
	press(page, dialog, "Close shift")
	expect(page.locator(".clinic-shift-open")).to_be_visible(timeout=SECONDS)
	assert not story.admin.rows("Clinic Cash Shift", {"status": "Open"})
