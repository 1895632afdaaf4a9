"""What a cashier types stays, whatever others do meanwhile."""

import pytest
from playwright.sync_api import expect

from tests.browser.steps.hands import SECONDS, choose_typed, press
from tests.journeys import names as api
from tests.journeys.client import Client
from tests.journeys.people import close_shift, new_patient, open_shift

DEBTS = "**/api/method/clinic_reception.cash_desk.api.open_debts*"


@pytest.fixture
def cashier(url, demo):
	client = Client(url, "cashier@clinic.example", demo)
	open_shift(client)
	yield client
	close_shift(client)


@pytest.mark.usefixtures("cashier")
def test_a_line_begun_while_the_debts_are_fetched_again_stays(screen_of, url, demo, admin):
	reception = Client(url, "reception@clinic.example", demo)
	patient = new_patient(reception)
	services = [{"service": "CLEAN"}]
	reception.post(api.RECEIVE, patient=patient, visit_type="Treatment", services=services)
	person = admin.resource("GET", "Clinic Patient", patient).json()["data"]
	screen = screen_of("cashier")
	page = screen.page
	screen.open("clinic-cash-desk")
	search = page.locator(".clinic-till__search input")
	choose_typed(page, search, person["file_no"], person["full_name"])
	form = page.locator(".clinic-payer__form")
	expect(form).to_be_visible(timeout=SECONDS)
	held = []
	page.route(DEBTS, lambda route: held.append(route))
	with page.expect_request(DEBTS):
		press(page, page, "Refresh")
	press(page, form, "All in {0}", "Cash")
	line = form.locator(".clinic-pay__line")
	expect(line).to_have_count(1)
	with page.expect_response(DEBTS):
		for route in held:
			route.continue_()
	page.evaluate("new Promise(done => setTimeout(done, 300))")
	expect(line).to_have_count(1)
	expect(form.locator(".btn-primary")).to_be_enabled()
