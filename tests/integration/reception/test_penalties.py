"""Penalties become debts: charged once, paid with the next payment, waived by who may (F11)."""

import pytest
from clinic_core.foundation.errors import AppendOnlyError, ConflictError, InvalidInputError
from clinic_reception.cash_desk import api as till
from clinic_reception.cash_desk.penalties import api, charging
from clinic_reception.statement import account


def told(world, patient, amount=200_000, **values):
	return {
		"appointment": None,
		"patient": patient,
		"branch": world.branch,
		"service": world.visit_service,
		"practitioner": world.practitioner,
		"event": "No Show",
		"kind": "Amount",
		"amount": str(amount),
		"rule": None,
		"text": "Did not come",
		"key": world.frappe.generate_hash(),
		"is_taken_back": 0,
		**values,
	}


def charge(world, patient, **values):
	event = told(world, patient, **values)
	charging.on_penalty([event])
	return world.frappe.get_all(charging.DOCTYPE, {"event_key": event["key"]}, pluck="name"), event


def test_a_penalty_is_owed_once_however_often_it_is_told(site, world):
	patient = world.patient()
	[name], event = charge(world, patient)
	charging.on_penalty([event])
	assert site.db.count(charging.DOCTYPE, {"patient": patient}) == 1
	assert world.accounts(name) == {"Receivable": 200_000, "Revenue": -200_000}
	assert world.balance(patient).owes == 200_000
	[row], _more = account.transactions(patient, 0, 20)
	assert (row["kind"], row["debit"]) == ("penalty", 200_000) and "Penalty" in row["description"]


def test_the_next_payment_pays_it_and_then_it_is_not_waived(site, world):
	patient = world.patient()
	[name], _event = charge(world, patient)
	world.open_shift()
	till.take_payment(patient=patient, lines=world.cash(200_000))
	assert world.balance(patient).owes == 0
	with pytest.raises(ConflictError, match="was paid"):
		api.waive(name, "illness")


def test_it_is_waived_with_a_reason_by_who_may(site, world):
	patient = world.patient()
	[name], _event = charge(world, patient)
	site.set_user(world.user("Clinic Cashier"))
	with pytest.raises(site.PermissionError):
		api.waive(name, "illness")
	site.set_user(world.user("Clinic Branch Supervisor"))
	with pytest.raises(InvalidInputError, match="say why"):
		api.waive(name, " ")
	assert api.waive(name, "illness")["status"] == "Waived"
	assert world.balance(patient).owes == 0
	with pytest.raises(ConflictError, match="already"):
		api.waive(name, "again")
	world.check_invariants(patient)


def test_coming_late_takes_it_back_unless_it_was_paid(site, world):
	patient, payer = world.patient(), world.patient()
	appointment = site.get_doc({"doctype": "Clinic Appointment", "patient": patient})
	appointment.name = "AP-TEST"
	appointment.db_insert()
	for person in (patient, payer):
		charge(world, person, appointment=None)
	site.db.set_value(charging.DOCTYPE, {"patient": ("in", [patient, payer])}, "appointment", "AP-TEST")
	world.open_shift()
	till.take_payment(patient=payer, lines=world.cash(200_000))
	charging.on_penalty(
		[{"appointment": "AP-TEST", "patient": patient, "event": "No Show", "is_taken_back": 1}]
	)
	statuses = dict(
		site.get_all(
			charging.DOCTYPE, {"patient": ("in", [patient, payer])}, ["patient", "status"], as_list=1
		)
	)
	assert statuses == {patient: "Waived", payer: "Charged"}


def test_a_kept_deposit_is_as_much_as_lies_there_for_that_service(site, world):
	patient = world.patient()
	assert charge(world, patient, kind="Deposit is kept", amount=0)[0] == []
	world.open_shift()
	till.take_deposit(patient=patient, lines=world.cash(70_000), service=world.visit_service)
	[name], _event = charge(world, patient, kind="Deposit is kept", amount=0)
	assert site.db.get_value(charging.DOCTYPE, name, "amount") == 70_000


def test_nobody_writes_one_by_hand(site, world):
	patient = world.patient()
	values = {"patient": patient, "amount": 5, "status": "Charged", "event": "Move"}
	with pytest.raises(AppendOnlyError):
		site.get_doc({"doctype": charging.DOCTYPE, **values}).insert()
	[name], _event = charge(world, patient)
	with pytest.raises(AppendOnlyError):
		site.get_doc(charging.DOCTYPE, name).delete()


def test_a_missed_appointment_ends_as_a_debt(site, world):
	"""From the rule through the hook to the ledger, all of it real."""
	from clinic_core.scheduling import booking

	patient = world.patient()
	site.get_doc(
		{
			"doctype": "Clinic Cancellation Rule",
			"title": "Test",
			"service": world.visit_service,
			"steps": [
				{"event": "Cancellation", "within_hours": 600, "kind": "Percent of the price", "percent": 20}
			],
		}
	).insert()
	practitioner = site.get_doc("Clinic Practitioner", world.practitioner)
	practitioner.append("services", {"service": world.visit_service})
	practitioner.save()
	days = ("Saturday", "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
	hours = {"start": "00:00:00", "end": "23:55:00", "branch": world.branch}
	site.get_doc(
		{
			"doctype": "Clinic Schedule",
			"practitioner": world.practitioner,
			"valid_from": "2020-01-01",
			"shifts": [{"weekday": day, **hours} for day in days],
		}
	).insert()
	start = f"{site.utils.add_days(site.utils.getdate(), 10)} 11:00:00"
	doc = booking.book(patient, world.visit_service, world.practitioner, start)
	booking.cancel(doc.name, "ill")
	assert world.balance(patient).owes == 100_000
	row = site.get_all(charging.DOCTYPE, {"appointment": doc.name}, ["text", "event", "legal_entity"])[0]
	assert "20% of the price" in row.text and (row.event, row.legal_entity) == ("Cancellation", world.entity)
