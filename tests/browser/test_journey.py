"""The journey in a browser: the form on a phone, the office, the front desk, the till, the statement."""

import re
import uuid

import pytest

from tests.journeys import names as api
from tests.journeys.client import Client
from tests.journeys.people import new_patient


@pytest.fixture
def reception_client(url, demo):
	return Client(url, "reception@clinic.example", demo)


def arrive_today(client):
	"""An appointment of today that can still be confirmed, as the board shows it."""
	rows = [row for row in client.get(api.BOARD)["appointments"] if row["status"] == "Booked"]
	assert rows, "the demo clinic has booked appointments today"
	return rows[0]


@pytest.mark.parametrize("lang", ["en", "fa"])
def test_somebody_fills_the_form_on_a_phone(visitor, admin, lang):
	mobile = f"0994{uuid.uuid4().int % 10**7:07d}"
	visitor.page.goto(f"{visitor.url}/lead/contact?_lang={lang}")
	visitor.page.fill('[name="first_name"]', "Shirin")
	visitor.page.fill('[name="mobile"]', mobile.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")))
	if visitor.page.locator('[name="description"]').count():
		visitor.page.fill('[name="description"]', "Botox")
	visitor.picture(f"lead-form-{lang}")
	visitor.page.click('button[type="submit"]')
	visitor.page.wait_for_selector('button[type="submit"]', state="hidden")
	leads = admin.rows("Clinic Lead", {"mobile": "+98" + mobile[1:]}, ("name", "status"))
	assert [row["status"] for row in leads] == ["New Lead"]


def test_what_one_person_does_appears_on_the_others_screen(screen_of, reception_client):
	screen = screen_of("supervisor")
	screen.open("clinic-front-desk")
	row = arrive_today(reception_client)
	card = screen.page.locator(f'[data-key="{row["appointment"]}"]')
	card.wait_for()
	screen.page.evaluate("window.not_reloaded = true")
	reception_client.post(api.CONFIRM, appointment=row["appointment"])
	screen.page.wait_for_function(
		"key => document.querySelector(`[data-key='${key}']`)?.innerText.includes('Confirmed')",
		arg=row["appointment"],
	)
	assert screen.page.evaluate("window.not_reloaded") is True
	reception_client.post(api.UNDO, appointment=row["appointment"])


def test_the_receptionist_clicks_arrived_and_it_is_stored(screen_of, admin, reception_client):
	row = arrive_today(reception_client)
	screen = screen_of("reception")
	screen.open("clinic-front-desk")
	card = screen.page.locator(f'[data-key="{row["appointment"]}"]')
	card.get_by_role("button", name="Arrived", exact=True).click()
	screen.page.wait_for_function(
		"""key => { const card = document.querySelector(`[data-key='${key}']`);
		return card && !/Booked/.test(card.innerText); }""",
		arg=row["appointment"],
	)
	assert admin.value("Clinic Appointment", row["appointment"], "status") == "Arrived"
	reception_client.post(api.UNDO, appointment=row["appointment"])


@pytest.mark.parametrize("lang", ["en", "fa"])
def test_a_click_on_the_name_opens_the_statement(screen_of, lang):
	screen = screen_of("reception", lang)
	screen.open("clinic-front-desk")
	owes = screen.page.locator(".clinic-card--appointments", has_text="Owes" if lang == "en" else "بدهی")
	card = owes.first if owes.count() else screen.page.locator(".clinic-card").first
	card.locator(".clinic-patient-name").click()
	screen.page.get_by_role("menuitem", name="Statement" if lang == "en" else "صورتحساب").click()
	screen.page.wait_for_selector(".clinic-statement__header")
	screen.settle()
	assert screen.page.locator(".clinic-statement__tab").count() == 7
	screen.picture(f"statement-{lang}")


def test_an_amount_in_persian_digits_is_stored_as_that_number(screen_of, admin):
	screen = screen_of("cashier", "fa")
	screen.open("clinic-cash-desk")
	box = screen.page.locator(".clinic-till input[inputmode], .clinic-till input[type=text]").last
	box.click()
	box.press("Control+a")
	box.type("۲٬۵۰۰٬۰۰۰")
	screen.picture("amount-fa")
	screen.page.locator(".clinic-till .btn-primary, .clinic-till button[type=submit]").first.click()
	screen.page.wait_for_timeout(1500)
	screen.settle()
	shifts = admin.rows("Clinic Cash Shift", {"status": "Open"}, ("name", "opening_float"))
	assert [row["opening_float"] for row in shifts] == [2_500_000]
	screen.picture("cash-desk-fa")


def test_the_till_takes_a_payment(screen_of, url, demo, reception_client, admin):
	patient = new_patient(reception_client)
	received = reception_client.post(
		api.RECEIVE, patient=patient, visit_type="Treatment", services=[{"service": "CLEAN"}]
	)
	cashier = Client(url, "cashier@clinic.example", demo)
	if not cashier.get(api.CURRENT_SHIFT)["shift"]:
		desk = cashier.get(api.CURRENT_SHIFT)["desks"][0]["name"]
		cashier.post(api.OPEN_SHIFT, desk=desk, opening_float=0)
	screen = screen_of("cashier")
	screen.open("clinic-cash-desk")
	file_no = admin.value("Clinic Patient", patient, "file_no")
	name = admin.value("Clinic Patient", patient, "full_name")
	screen.page.locator(".clinic-till input[type=search], .clinic-till input").first.fill(file_no)
	screen.page.get_by_text(name).first.click()
	screen.settle()
	screen.picture("cash-desk-en")
	assert re.search(f"{received['patient_share']:,.0f}", screen.page.locator(".clinic-till").inner_text())
