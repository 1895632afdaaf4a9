"""Every mis-click is undone by who may: arrive, receive, triage, pay; and walk-ins come without a booking."""

import uuid

import pytest

from tests.journeys import names as api
from tests.journeys.people import book, close_shift, new_patient, open_shift


@pytest.fixture
def reception(sign_in):
	return sign_in("reception")


@pytest.fixture
def cashier(sign_in):
	client = sign_in("cashier")
	open_shift(client)
	yield client
	close_shift(client)


def status(client, appointment):
	return client.value("Clinic Appointment", appointment, "status")


def balance(admin, patient):
	rows = admin.rows("Clinic Ledger Entry", {"patient": patient}, ("account", "amount"), "posted_at asc")
	sums = {}
	for row in rows:
		sums[row["account"]] = sums.get(row["account"], 0) + row["amount"]
	return {account: amount for account, amount in sums.items() if amount}


def test_arrived_by_mistake(reception):
	appointment = book(reception, new_patient(reception))
	reception.post(api.CONFIRM, appointment=appointment)
	reception.post(api.ARRIVE, appointment=appointment)
	reception.post(api.UNDO, appointment=appointment)
	assert status(reception, appointment) in ("Booked", "Confirmed")


def test_received_by_mistake(reception, admin):
	patient = new_patient(reception)
	appointment = book(reception, patient)
	reception.post(api.ARRIVE, appointment=appointment)
	received = reception.post(
		api.RECEIVE, appointment=appointment, services=[{"service": "CLEAN", "action": "Perform Now"}]
	)
	assert balance(admin, patient)["Receivable"] == received["patient_share"]
	reception.post(api.UNDO_VISIT, visit=received["visit"], reason="Wrong patient")
	assert status(reception, appointment) == "Arrived"
	assert admin.value("Clinic Reception", received["reception"], "docstatus") == 2
	assert balance(admin, patient) == {}, "everything that was posted is mirrored"
	again = reception.post(
		api.RECEIVE, appointment=appointment, services=[{"service": "CLEAN", "action": "Perform Now"}]
	)
	assert again["visit"] != received["visit"], "and the right way still works"


def test_triaged_by_mistake(reception):
	received = reception.post(api.RECEIVE, patient=new_patient(reception), visit_type="Consultation")
	sent = reception.post(api.TRIAGE, visit=received["visit"], kind="Consultation", practitioner="DR-01")
	assert sent["visit_status"] == "Triaged"
	assert reception.refused("POST", api.VOID_TRIAGE, triage=sent["triage"], reason="") in (417, 422)
	assert (
		reception.post(api.VOID_TRIAGE, triage=sent["triage"], reason="Wrong doctor")["visit_status"]
		== "Waiting"
	)


def test_paid_by_mistake(reception, cashier, admin):
	patient = new_patient(reception)
	received = reception.post(
		api.RECEIVE, patient=patient, visit_type="Treatment", services=[{"service": "CLEAN"}]
	)
	due = received["patient_share"]
	paid = cashier.post(
		api.TAKE_PAYMENT,
		patient=patient,
		reception=received["reception"],
		lines=[{"method": "CASH", "amount": due}],
	)
	assert paid["balance"] == 0
	assert reception.refused("POST", api.UNDO_VISIT, visit=received["visit"], reason="x") in (
		409,
		417,
		422,
	), "it is paid"
	undone = cashier.post(api.UNDO_PAYMENT, payment=paid["payment"], reason="Typed on the wrong patient")
	assert undone["balance"] == due
	assert balance(admin, patient)["Receivable"] == due
	assert "Cash" not in balance(admin, patient)
	reception.post(api.UNDO_VISIT, visit=received["visit"], reason="Wrong patient")
	assert balance(admin, patient) == {}


def test_a_walk_in_without_appointment_and_a_session_used_later(reception, admin):
	patient = new_patient(reception)
	received = reception.post(
		api.RECEIVE,
		patient=patient,
		visit_type="Treatment",
		immediate=1,
		services=[{"service": "LASER-ARM", "quantity": 1, "action": "Perform Now", "practitioner": "OP-01"}],
	)
	left = reception.get(api.PAID_NOT_USED, patient=patient)
	assert [row["left"] for row in left] == [5], "six sold, one performed"
	used = reception.post(
		api.SELL,
		visit=received["visit"],
		services=[
			{"service": "LASER-ARM", "quantity": 1, "action": "Use Purchased", "entitlement": left[0]["name"]}
		],
	)
	assert used["patient_share"] == 0
	assert [row["left"] for row in reception.get(api.PAID_NOT_USED, patient=patient)] == [4]
	assert balance(admin, patient)["Receivable"] == received["patient_share"]


def test_a_deposit_is_applied_and_refunded(reception, cashier, admin):
	patient = new_patient(reception)
	deposit = cashier.post(
		api.TAKE_DEPOSIT, patient=patient, lines=[{"method": "CASH", "amount": 4_000_000}]
	)["deposit"]
	received = reception.post(
		api.RECEIVE, patient=patient, visit_type="Treatment", services=[{"service": "MASK"}]
	)
	applied = cashier.post(api.APPLY_DEPOSIT, deposit=deposit, reception=received["reception"])
	assert applied["balance"] == 0 and applied["available"] == 4_000_000 - received["patient_share"]
	assert cashier.refused("POST", api.REFUND, deposit=deposit, amount=9_000_000, reason="All") in (
		409,
		417,
		422,
	)
	cashier.post(api.REFUND, deposit=deposit, amount=applied["available"], reason="Leaves town")
	assert "Deposits" not in balance(admin, patient)


def test_the_same_key_gives_the_same_answer_and_other_content_is_refused(reception, cashier, admin):
	patient, key = new_patient(reception), uuid.uuid4().hex
	arguments = {
		"patient": patient,
		"lines": [{"method": "CASH", "amount": 1_000_000}],
		"idempotency_key": key,
	}
	first = cashier.post(api.TAKE_DEPOSIT, **arguments)
	assert cashier.post(api.TAKE_DEPOSIT, **arguments) == first
	assert len(admin.rows("Clinic Deposit", {"patient": patient})) == 1
	arguments["lines"] = [{"method": "CASH", "amount": 2_000_000}]
	assert cashier.refused("POST", api.TAKE_DEPOSIT, **arguments) == 409
