"""The manager makes an insurer's contract and tries it; reception sees its price for a covered patient."""

import datetime
import re

from playwright.sync_api import expect

from tests.browser.steps.catalog import PRICES, photograph, save_form, type_figure, type_title
from tests.browser.steps.hands import (
	SECONDS,
	choose_typed,
	escape,
	money,
	pick,
	press,
	say,
	type_over,
	window,
	windows_closed,
)
from tests.journeys.people import new_patient

INSURER_PERCENT, PERCENT_OF_LIST = 70, 90
CONTRACT_PRICE = PRICES[0] * PERCENT_OF_LIST // 100
INSURER_PAYS = CONTRACT_PRICE * INSURER_PERCENT // 100
TITLES = {"en": ("Parsian Insurance", "Parsian tariff"), "fa": ("بیمهٔ پارسیان", "تعرفهٔ پارسیان")}
PATIENTS = {"en": ("Sara", "Ahmadi"), "fa": ("سارا", "احمدی")}


def make_contract(screen, catalog):
	"""An insurer's contract for both services: 90 % of the list, of which the insurer pays 70 %."""
	page, insurer = screen.page, make_insurer(catalog)
	screen.open("clinic-service-contract/new")
	type_title(page, "title", catalog.contract_title)
	page.locator('[data-fieldname="kind"] select:visible').select_option("Insurer")
	link = page.locator('.frappe-control[data-fieldname="insurer"] input')
	link.click(timeout=SECONDS)
	link.press_sequentially(insurer, delay=10)
	page.locator(".awesomplete ul > :visible", has_text=insurer).first.click(timeout=SECONDS)
	press_in_group(page, "Validity")
	type_figure(page, "insurer_percent", INSURER_PERCENT)
	add_services(page, catalog)
	save_form(page)
	catalog.contract = page.evaluate("cur_frm.doc.name")
	catalog.remember("Clinic Service Contract", catalog.contract)
	expect(page.locator(".page-head .indicator-pill")).to_have_text(
		say(page, "In force", context="contract"), timeout=SECONDS
	)
	percent = page.locator('.frappe-control[data-fieldname="insurer_percent"] input:visible').first
	expect(percent).to_have_value(re.compile("^(70|۷۰)$"))
	photograph(screen, f"contract-{catalog.lang}", page.locator('[data-fieldname="items"] .form-grid'))


def make_insurer(catalog):
	"""An insurer of the walk's own. Returns its code."""
	insurer, contract = TITLES[catalog.lang]
	catalog.contract_title = catalog.title_for("Clinic Service Contract", "title", contract)
	title = catalog.title_for("Clinic Insurer", "title", insurer)
	made = catalog.admin.resource("POST", "Clinic Insurer", title=title, kind="Basic Insurer")
	assert made.status_code == 200, made.text[:300]
	catalog.insurer = made.json()["data"]["name"]
	catalog.remember("Clinic Insurer", catalog.insurer)
	return catalog.insurer


def press_in_group(page, group):
	"""Click the first entry of a group of buttons on the form."""
	label = say(page, group)
	page.locator(".inner-group-button button", has_text=label).click(timeout=SECONDS)
	page.locator(".inner-group-button .dropdown-menu.show a").first.click(timeout=SECONDS)


def add_services(page, catalog):
	"""Both services at once, by a percent of the list."""
	press(page, page.locator(".page-head"), "Add services…")
	dialog = window(page)
	dialog.get_by_label(say(page, "Price"), exact=True).select_option("Percent of List")
	type_over(dialog.get_by_label(say(page, "Percent of list"), exact=True), str(PERCENT_OF_LIST))
	for service, title in zip(catalog.services, catalog.titles(), strict=True):
		type_over(dialog.locator("input[type=search]"), title)
		dialog.locator(f'input[data-service="{service}"]').check(timeout=SECONDS)
	press(page, dialog, "Add")
	windows_closed(page)
	assert page.evaluate("cur_frm.doc.items.map(row => row.service)") == catalog.services


def try_on_the_service(screen, catalog):
	"""Sold with insurance from now on; the form tells the patient's part before and after saving."""
	page = screen.page
	screen.open(f"clinic-service/{catalog.services[0]}")
	page.locator('.frappe-control[data-fieldname="has_insurance"] input:enabled').check(timeout=SECONDS)
	panel = page.locator(".clinic-quote-panel")
	pick(page, panel, "Contract", catalog.contract_title)
	quote_shows(page, panel, "insurers", INSURER_PAYS)
	quote_shows(page, panel, "patient_share", CONTRACT_PRICE - INSURER_PAYS)
	save_form(page)
	quote_shows(page, panel, "patient_share", CONTRACT_PRICE - INSURER_PAYS)
	photograph(screen, f"service-quote-{catalog.lang}")


def quote_shows(page, panel, code, amount):
	"""A line of the calculation has this amount."""
	cell = panel.locator(f'tr[data-code="{code}"] .clinic-quote__amount')
	expect(cell).to_have_text(money(page, amount, unit=True), timeout=SECONDS)


def see_what_is_covered(screen, catalog):
	"""One of the two is sold with insurance: that one is covered, with what each side pays."""
	page = screen.page
	screen.open(f"clinic-service-contract/{catalog.contract}")
	press(page, page.locator(".page-head"), "Covered services")
	rows = window(page).locator(".clinic-covered__table tbody tr")
	expect(rows).to_have_count(1, timeout=SECONDS)
	expect(rows).to_contain_text(catalog.titles()[0])
	for amount in (*PRICES[:1], CONTRACT_PRICE, INSURER_PAYS, CONTRACT_PRICE - INSURER_PAYS):
		expect(rows).to_contain_text(money(page, amount))
	photograph(screen, f"contract-covered-{catalog.lang}")
	escape(page)


def cover_a_patient(catalog):
	"""Somebody insured by the new insurer since yesterday. Returns the mobile number."""
	admin, (first, last) = catalog.admin, PATIENTS[catalog.lang]
	# Patients are never deleted: the one of an earlier walk comes again.
	known = admin.rows("Clinic Patient", {"first_name": first, "last_name": last})
	name = known[0]["name"] if known else new_patient(admin, first_name=first, last_name=last)
	coverage = {
		"kind": "Insurer",
		"insurer": catalog.insurer,
		"valid_from": str(datetime.date.today() - datetime.timedelta(days=1)),
	}
	catalog.undo.append(lambda: admin.resource("PUT", "Clinic Patient", name, coverages=[]))
	answer = admin.resource("PUT", "Clinic Patient", name, coverages=[coverage])
	assert answer.status_code == 200, answer.text[:300]
	return admin.value("Clinic Patient", name, "mobile")


def price_at_reception(screen, catalog):
	"""The receptionist names neither insurer nor contract: the line knows both; nobody is received."""
	page = screen.page
	mobile = cover_a_patient(catalog)
	screen.open("clinic-front-desk")
	press(page, page.locator(".page-head"), "New reception")
	search = window(page).locator(".clinic-search__input")
	choose_typed(page, search, "0" + mobile[-10:], PATIENTS[catalog.lang][1])
	dialog = page.locator(".modal.show", has=page.locator(".clinic-receive"))
	expect(dialog).to_be_visible(timeout=SECONDS)
	for title in catalog.titles():
		pick(page, dialog, "Add a service", title)
		line = dialog.locator(".clinic-line", has_text=title)
		expect(line.locator(".clinic-line__price strong")).to_be_visible(timeout=SECONDS)
	line = dialog.locator(".clinic-line", has_text=catalog.titles()[0])
	expect(line.locator(".clinic-contract")).to_contain_text(catalog.contract_title)
	shown = line.locator(".clinic-line__price strong")
	expect(shown).to_have_text(money(page, CONTRACT_PRICE - INSURER_PAYS, unit=True))
	other = dialog.locator(".clinic-line", has_text=catalog.titles()[1])
	expect(other.locator(".clinic-line__price strong")).to_have_text(money(page, PRICES[1], unit=True))
	photograph(screen, f"reception-contract-{catalog.lang}")
	escape(page)
