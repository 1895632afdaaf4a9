"""What hands and eyes do at a desk page: buttons by their words in the person's own language, boxes, windows."""

import re

from playwright.sync_api import Locator, Page, expect

SECONDS = 60_000
PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


def persian(text: object) -> str:
	"""The text with Persian digits, as people in Iran type it."""
	return str(text).translate(PERSIAN)


def say(page: Page, text: str, *values: str, context: str | None = None) -> str:
	"""The words as this page's own translations have them, without the marks that order digits."""
	said = page.evaluate("([text, values, context]) => __(text, values, context)", [text, values, context])
	return re.sub("[\u2066-\u2069]", "", said)


def button(page: Page, scope: Page | Locator, text: str, *values: str, context: str | None = None) -> Locator:
	"""The button with these words, in the page's language."""
	return scope.get_by_role("button", name=say(page, text, *values, context=context), exact=True)


def press(page: Page, scope: Page | Locator, text: str, *values: str, context: str | None = None) -> None:
	"""Click the button with these words."""
	button(page, scope, text, *values, context=context).click(timeout=SECONDS)


def window(page: Page) -> Locator:
	"""The dialog that lies on top, once it is there."""
	on_top = page.locator(".modal.show").last
	expect(on_top).to_be_visible(timeout=SECONDS)
	return on_top


def windows_closed(page: Page, left: int = 0) -> None:
	"""Wait until no more than `left` dialogs are open."""
	expect(page.locator(".modal.show")).to_have_count(left, timeout=SECONDS)


def escape(page: Page) -> None:
	"""Close the dialog with the Escape key; one that is still fading in does not hear it."""
	for _attempt in range(10):
		page.keyboard.press("Escape")
		try:
			expect(page.locator(".modal.show")).to_have_count(0, timeout=2_000)
		except AssertionError:
			continue
		return
	windows_closed(page)


def pick(page: Page, scope: Page | Locator, label: str, text: str) -> None:
	"""Choose from a box by typing a part of what it offers."""
	box = scope.get_by_role("combobox", name=say(page, label), exact=True)
	choose_typed(page, box, text, text)


def choose_typed(page: Page, box: Locator, typed: str, wanted: str) -> None:
	"""Type into a box that offers a list; click the entry that has `wanted` in it."""
	box.click(timeout=SECONDS)
	box.press("Control+a")
	box.press_sequentially(typed, delay=20)
	entries = page.locator(f"[id='{box.get_attribute('aria-controls')}'] [role=option]")
	entries.filter(has_text=wanted).first.click(timeout=SECONDS)


def type_over(box: Locator, text: str) -> None:
	"""Replace what is in the box, key by key."""
	box.click(timeout=SECONDS)
	box.press("Control+a")
	box.press_sequentially(text, delay=10)


def type_amount(page: Page, box: Locator, stored: float) -> None:
	"""Type an amount of stored units as people do: in the display unit, grouped, in Persian digits."""
	shown = int(stored / page.evaluate("clinic.money_unit().factor"))
	type_over(box, persian(f"{shown:,}".replace(",", "٬")))


def money(page: Page, stored: float, unit: bool = False) -> str:
	"""The amount as the page writes it."""
	return page.evaluate("([value, unit]) => clinic.fmt.money(value, { unit })", [stored, unit])


def choose_menu(page: Page, text: str, *values: str) -> None:
	"""Click an entry of the open menu."""
	page.get_by_role("menuitem", name=say(page, text, *values), exact=True).click(timeout=SECONDS)


def open_row(row: Locator) -> None:
	"""Open a row of a table. A table that is drawn anew while it is clicked does not hear it: people click again."""
	form = row.locator(".form-in-grid")
	for _attempt in range(10):
		row.locator(".btn-open-row").click(timeout=SECONDS)
		try:
			expect(form).to_be_visible(timeout=3_000)
		except AssertionError:
			continue
		return
	expect(form).to_be_visible(timeout=SECONDS)


def mark(page: Page) -> None:
	"""From here on a reload would be noticed."""
	page.evaluate("window.clinic_not_reloaded = true")


def assert_not_reloaded(page: Page) -> None:
	"""Whatever is seen came without a reload."""
	assert page.evaluate("window.clinic_not_reloaded") is True
