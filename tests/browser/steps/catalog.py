"""The manager adopts services, puts them in order, changes their prices and takes the change back."""

import uuid
from dataclasses import dataclass, field

from playwright.sync_api import expect

from tests.browser.steps.hands import (
	SECONDS,
	choose_typed,
	money,
	persian,
	press,
	say,
	type_amount,
	type_over,
	window,
	windows_closed,
)
from tests.journeys import names as api

LIST_SERVICES = "clinic_core.service_catalog.api.list_services"
PRICES = (2_000_000, 3_500_000)
PERCENT, BY_HAND = 10, 4_100_000
UPDATE_TITLES = {"en": "Prices of the new services", "fa": "قیمت خدمت‌های تازه"}


@dataclass
class Catalog:
	"""What the manager's walk makes, so that it can be asked about and taken away again."""

	lang: str
	admin: object
	mark: str = field(default_factory=lambda: "".join(chr(97 + int(d, 16)) for d in uuid.uuid4().hex[:6]))
	suggestions: list = field(default_factory=list)
	services: list = field(default_factory=list)
	undo: list = field(default_factory=list)

	def choose_suggestions(self):
		"""Two services of a department the clinic has, not adopted yet, without areas and courses."""
		rows = self.admin.get(api.SUGGESTIONS)["services"]
		open_rows = [
			row
			for row in rows
			if row["department"] == "DER" and not (row["service"] or row["areas"] or row["session_count"])
		]
		self.suggestions = open_rows[-2:]
		assert len(self.suggestions) == 2, "the catalogue has nothing left to adopt"

	def title_for(self, doctype, fieldname, title):
		"""The title, told apart from one that an interrupted walk left behind."""
		return f"{title} {self.mark}" if self.admin.rows(doctype, {fieldname: title}) else title

	def titles(self):
		"""What the two services are called in the language of the walk."""
		return [row["titles"][self.lang] for row in self.suggestions]

	def prices(self):
		"""The two prices of now, as reception would be told them."""
		return [int(self.admin.get(api.QUOTE, service=name)["list_price"]) for name in self.services]

	def remember(self, doctype, name):
		"""It is deleted at the end; what was made last goes first."""
		self.undo.append(lambda: self.admin.resource("DELETE", doctype, name))

	def take_away(self):
		"""The site is as it was before the walk."""
		answers = [undo() for undo in reversed(self.undo)]
		left = [answer.text[:300] for answer in answers if answer.status_code not in (200, 202, 404)]
		assert not left, left


def photograph(screen, name, target=None):
	"""A picture for the guide, without messages; `target` is brought to the foot of the window."""
	screen.page.evaluate(
		"""() => {
			document.querySelectorAll(".clinic-toast, .desk-alert").forEach((one) => one.remove());
			document.activeElement?.blur();
		}"""
	)
	if target:
		screen.page.wait_for_timeout(500)  # a saved form rolls back to its top
		target.evaluate("one => one.scrollIntoView({ block: 'end' })")
	screen.page.wait_for_timeout(500)  # folds open, tabs slide
	screen.picture(name)


def save_form(page):
	"""Click the form's own Save and wait until it is saved."""
	page.locator(".page-head .primary-action:visible").click(timeout=SECONDS)
	page.wait_for_function("() => !cur_frm.is_dirty() && !cur_frm.is_new()", timeout=SECONDS)


# Suggested services


def adopt(screen, catalog):
	"""Find two services in the catalogue, give them prices, add them."""
	page = screen.page
	catalog.choose_suggestions()
	screen.open("clinic-suggested-services")
	names = page.locator(".clinic-suggestions__names")
	names.locator(f'button[data-value="{catalog.lang}"]').click(timeout=SECONDS)
	search = page.locator(".clinic-suggestions__head input[type=search]")
	for row, title, price in zip(catalog.suggestions, catalog.titles(), PRICES, strict=True):
		type_over(search, title)
		box = page.locator(f'[data-code="{row["code"]}"] input')
		type_amount(page, box, price)
		box.press("Tab")
		expect(page.locator(".clinic-suggestions__row--on", has_text=title)).to_be_visible()
	search.fill("")
	page.locator(".clinic-suggestions__department", has_text=department_title(catalog)).click()
	ticked = page.locator(".clinic-suggestions__row--on")
	expect(ticked).to_have_count(2, timeout=SECONDS)
	ticked.last.evaluate("row => row.scrollIntoView({ block: 'nearest' })")
	photograph(screen, f"suggested-services-{catalog.lang}")
	page.locator(".clinic-suggestions__foot .btn-primary").click()
	expect(page.locator(".clinic-suggestions__done")).to_be_visible(timeout=SECONDS)
	_learn_services(catalog)
	assert catalog.prices() == list(PRICES)


def department_title(catalog):
	"""The title of the suggestions' department, in the language of the walk."""
	rows = catalog.admin.get(api.SUGGESTIONS)["departments"]
	return next(row["titles"][catalog.lang] for row in rows if row["code"] == "DER")


def _learn_services(catalog):
	found = {row["code"]: row["service"] for row in catalog.admin.get(api.SUGGESTIONS)["services"]}
	catalog.services = [found[row["code"]] for row in catalog.suggestions]
	for name in catalog.services:
		assert name, "adopted"
		catalog.remember("Clinic Service", name)


# The order


def arrange(screen, catalog):
	"""By keyboard: the second of the two is moved up past the first; the pickers follow."""
	page = screen.page
	first, second = catalog.services
	assert order(catalog) == [first, second]
	screen.open("clinic-arrange-services")
	card = page.locator(f'.clinic-arrange__card[data-name="{second}"]')
	card.focus(timeout=SECONDS)
	for key in ("Space", "ArrowUp", "Space"):
		page.keyboard.press(key)
	said = say(page, "Changes not saved yet: {0}", persian(1) if catalog.lang == "fa" else "1")
	expect(page.locator(".clinic-arrange__bar")).to_contain_text(said)
	photograph(screen, f"arrange-services-{catalog.lang}")
	press(page, page.locator(".clinic-arrange__bar"), "Save")
	expect(page.locator(".clinic-arrange__bar")).to_be_hidden(timeout=SECONDS)
	assert order(catalog) == [second, first]


def order(catalog):
	"""The two services in the order in which reception is offered them."""
	rows = catalog.admin.get(LIST_SERVICES, limit=500)
	return [row["name"] for row in rows if row["name"] in catalog.services]


# The prices


def change_prices(screen, catalog):
	"""Ten percent on both, one typed over; seen, saved, submitted."""
	page = screen.page
	screen.open("clinic-price-update/new")
	page.locator('[data-fieldname="applies_to"] select:visible').select_option("Chosen Services")
	for title in catalog.titles():
		box = page.get_by_role("combobox", name=say(page, "Add a service"), exact=True)
		box = box if box.count() else page.locator(".clinic-prices__chips").locator("..").locator("input")
		choose_typed(page, box.first, title, title)
	expect(page.locator(".clinic-prices__chip")).to_have_count(2, timeout=SECONDS)
	type_title(page, "title", UPDATE_TITLES[catalog.lang])
	type_figure(page, "change_percent", persian(PERCENT) if catalog.lang == "fa" else PERCENT)
	by_percent = [price * (100 + PERCENT) // 100 for price in PRICES]
	for service, old, new in zip(catalog.services, PRICES, by_percent, strict=True):
		sees(page, service, old, new)
	type_amount(page, price_row(page, catalog.services[1]).locator("input"), BY_HAND)
	page.keyboard.press("Enter")
	sees(page, catalog.services[1], PRICES[1], BY_HAND)
	save_form(page)
	sees(page, catalog.services[1], PRICES[1], BY_HAND)
	photograph(screen, f"price-update-{catalog.lang}", page.locator(".clinic-prices__scroll"))
	press(page, page.locator(".page-head"), "Change prices")
	press(page, window(page), "Change prices")
	windows_closed(page)
	page.wait_for_function("() => cur_frm.doc.docstatus === 1")
	assert catalog.prices() == [by_percent[0], BY_HAND]


def price_row(page, service):
	"""The line of one service in the table of old and new prices."""
	return page.locator(f'.clinic-prices__row[data-key="{service}|"]')


def sees(page, service, old, new):
	"""Old price, new price and the difference stand in the table."""
	row = price_row(page, service)
	expect(row.locator("td").first).to_have_text(money(page, old), timeout=SECONDS)
	expect(row.locator("input")).to_have_value(money(page, new), timeout=SECONDS)
	expect(row.locator(".clinic-prices__difference").first).to_contain_text(money(page, new - old))


def type_title(page, fieldname, text):
	"""Type into a text field of the form."""
	box = page.locator(f'.frappe-control[data-fieldname="{fieldname}"] input:visible').first
	box.fill(text)
	box.press("Tab")


def type_figure(page, fieldname, figure):
	"""Type into a number field of the form."""
	box = page.locator(f'.frappe-control[data-fieldname="{fieldname}"] input:visible').first
	box.click(timeout=SECONDS)
	# Frappe marks the text of a number box a moment later, wherever the keyboard is by then.
	page.wait_for_timeout(500)
	box.fill(str(figure))
	box.press("Tab")
	page.wait_for_timeout(500)


def revert_prices(screen, catalog):
	"""With a reason; the prices before hold again."""
	page = screen.page
	press(page, page.locator(".page-head"), "Revert prices")
	window(page).locator("textarea").fill("A slip")
	press(page, window(page), "Revert prices")
	windows_closed(page)
	page.wait_for_function("() => cur_frm.doc.docstatus === 2")
	assert catalog.prices() == list(PRICES)
