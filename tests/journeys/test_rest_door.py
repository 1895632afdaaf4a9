"""Frappe's own REST door refuses what the endpoints refuse (N1, rule 2 and 5 of the design)."""

import pytest

from tests.journeys import names as api
from tests.journeys.people import book, free_slot, new_patient

REFUSED = (400, 403, 404, 409, 417, 422)


@pytest.fixture
def reception(sign_in):
	return sign_in("reception")


def test_no_second_appointment_on_a_taken_time(reception):
	slot = free_slot(reception)
	content = {
		"service": "VISIT-SKIN",
		"practitioner": slot["practitioner"],
		"start": slot["start"],
		"branch": slot["branch"],
	}
	first = reception.resource("POST", "Clinic Appointment", patient=new_patient(reception), **content)
	assert first.status_code == 200, first.text[:400]
	second = reception.resource("POST", "Clinic Appointment", patient=new_patient(reception), **content)
	assert second.status_code == 409, second.text[:400]


def test_no_status_by_hand(reception):
	appointment = book(reception, new_patient(reception))
	answer = reception.resource("PUT", "Clinic Appointment", appointment, status="Completed")
	assert answer.status_code in REFUSED, answer.text[:300]
	assert reception.value("Clinic Appointment", appointment, "status") == "Booked"


@pytest.mark.parametrize(
	("doctype", "content"),
	[
		("Clinic Ledger Entry", {"account": "Cash", "amount": -1000000}),
		("Clinic Time Claim", {"resource_key": "practitioner:DR-01", "cell": 1}),
		("Clinic Lead Status Log", {"lead": "x", "to_status": "Closed Opportunity"}),
		("Clinic Entitlement", {"quantity": 10}),
		("Clinic Deposit", {"amount": 10}),
		("Clinic Search Key", {"token": "x"}),
		("Clinic Counter", {"key": "x"}),
	],
)
def test_nobody_writes_what_only_modules_write(sign_in, doctype, content):
	for person in ("manager", "reception", "cashier", "accountant", "agent"):
		answer = sign_in(person).resource("POST", doctype, **content)
		assert answer.status_code in REFUSED, f"{person}: {answer.status_code} {answer.text[:300]}"


def test_nobody_deletes_people_or_transactions(sign_in, admin):
	for doctype in (
		"Clinic Patient",
		"Clinic Appointment",
		"Clinic Reception",
		"Clinic Payment",
		"Clinic Lead",
		"Clinic Visit",
	):
		name = admin.rows(doctype, {})[0]["name"]
		for person in ("manager", "reception", "crm"):
			assert sign_in(person).resource("DELETE", doctype, name).status_code in REFUSED, (doctype, person)


def test_numbers_in_persian_digits_are_read_right_at_this_door_too(sign_in, admin):
	manager = sign_in("manager")
	code = "TEST-DIGITS"
	admin.resource("DELETE", "Clinic Service", code)
	made = manager.resource(
		"POST",
		"Clinic Service",
		code=code,
		service_name="Digits",
		department="SKIN",
		amount="۲٬۵۰۰٬۰۰۰",
		duration_minutes="۱۵",
	)
	assert made.status_code == 200, made.text[:300]
	assert manager.value("Clinic Service", code, "amount") == 2_500_000
	wrong = manager.resource("PUT", "Clinic Service", code, amount="two million")
	assert wrong.status_code in REFUSED
	admin.resource("DELETE", "Clinic Service", code)


def test_a_discount_on_a_fixed_amount_is_explained_in_the_quote_and_refused_at_reception(reception):
	patient = new_patient(reception)
	services = [{"service": "DIET", "quantity": 1, "discount_percent": 10}]
	quote = reception.get(api.QUOTE, service="DIET", discount_percent=10)
	assert quote["discount"] == 0 and quote["total"] == quote["list_total"]
	assert "fixed_amount" in [note["code"] for note in quote["notes"]]
	assert (
		reception.refused("POST", api.RECEIVE, patient=patient, visit_type="Other", services=services)
		in REFUSED
	)
