"""One patient's money: receive, deposit, pay, refund, undo; and what each does to the ledger."""

import pytest


@pytest.fixture
def till():
	from clinic_reception.cash_desk import api

	return api


@pytest.fixture
def desk():
	from clinic_reception.front_desk import api

	return api


def test_receive_a_walk_in_and_pay_in_cash(world, till):
	patient = world.patient()
	world.open_shift()
	got = world.receive(patient, world.visit_service)
	assert got["total"] == got["patient_share"] == 500_000
	assert world.accounts(got["reception"]) == {"Receivable": 500_000, "Revenue": -500_000}
	paid = till.take_payment(patient, world.cash("۵۰۰٬۰۰۰"), got["reception"])
	assert paid["allocated"] == 500_000
	assert paid["balance"] == 0
	assert world.accounts(paid["payment"]) == {"Cash": 500_000, "Receivable": -500_000}
	world.check_invariants(patient)


def test_a_session_service_performed_now_grants_all_and_uses_the_first(world, site):
	patient = world.patient()
	got = world.receive(patient, world.course)
	assert world.accounts(got["reception"]) == {
		"Receivable": 1_000_000,
		"Unearned": -666_667,
		"Revenue": -333_333,
	}
	from clinic_core.people import entitlements

	(row,) = entitlements.open_for(patient)
	assert (row["quantity"], row["left"]) == (3, 2)
	sessions = site.get_all(
		"Clinic Session",
		filters={"session_plan": got["session_plans"][0]},
		fields=["status", "date"],
		order_by="session_no asc",
	)
	assert [s.status for s in sessions] == ["Attended", "Planned", "Planned"]
	assert sessions[0].date == site.utils.getdate()


def test_sessions_used_later_earn_exactly_what_was_sold(world, desk):
	patient = world.patient()
	sold = world.receive(patient, {"service": world.course, "action": "Sell for Later"})
	assert world.accounts(sold["reception"]) == {"Receivable": 1_000_000, "Unearned": -1_000_000}
	earned = []
	for _turn in range(3):
		used = desk.sell(sold["visit"], [{"service": world.course, "action": "Use Purchased"}])
		assert used["total"] == 0
		earned.append(world.accounts(used["reception"])["Unearned"])
	assert earned == [333_333, 333_334, 333_333]
	assert desk.paid_not_used(patient) == []
	with pytest.raises(Exception, match="paid and unused"):
		desk.sell(sold["visit"], [{"service": world.course, "action": "Use Purchased"}])
	world.check_invariants(patient)


def test_undone_uses_never_lose_a_rial(world, desk):
	patient = world.patient()
	sold = world.receive(patient, {"service": world.course, "action": "Sell for Later"})
	use = [{"service": world.course, "action": "Use Purchased"}]
	first, _second = desk.sell(sold["visit"], use), desk.sell(sold["visit"], use)
	desk.cancel_reception(first["reception"], "wrong patient")
	desk.sell(sold["visit"], use)
	desk.sell(sold["visit"], use)
	unearned = sum(
		row.amount
		for row in world.frappe.get_all(
			"Clinic Ledger Entry", filters={"patient": patient, "account": "Unearned"}, fields=["amount"]
		)
	)
	assert unearned == 0


def test_mixed_payment_with_deposit_card_and_credit(world, till):
	patient = world.patient()
	world.open_shift()
	deposit = till.take_deposit(patient, world.cash(200_000), world.course)
	assert world.accounts(deposit["payment"]) == {"Cash": 200_000, "Deposits": -200_000}
	got = world.receive(patient, world.visit_service)
	paid = till.take_payment(
		patient,
		[
			{"method": "DEPOSIT", "amount": 200_000},
			{"method": "CARD", "amount": "350000", "reference": f"۱۲۳{world.tag}"},
		],
		got["reception"],
	)
	assert (paid["allocated"], paid["unallocated"]) == (500_000, 50_000)
	assert world.accounts(paid["payment"]) == {
		"Deposits": 200_000,
		"Bank": 350_000,
		"Receivable": -500_000,
		"Credit": -50_000,
	}
	doc = world.frappe.get_doc("Clinic Deposit", deposit["deposit"])
	assert (doc.available, doc.status) == (0, "Applied")
	second = world.receive(patient, world.visit_service)
	paid = till.take_payment(patient, [{"method": "CREDIT", "amount": 50_000}], second["reception"])
	assert (paid["credit"], paid["balance"]) == (0, 450_000)
	world.check_invariants(patient)


def test_without_a_reception_the_oldest_debt_is_paid_first(world, till):
	patient = world.patient()
	world.open_shift()
	old, new = (world.receive(patient, world.visit_service)["reception"] for _ in range(2))
	paid = till.take_payment(patient, world.cash(600_000))
	assert paid["allocations"] == [
		{"reception": old, "amount": 500_000},
		{"reception": new, "amount": 100_000},
	]
	paid = till.take_payment(patient, world.cash(500_000))
	assert (paid["allocated"], paid["unallocated"], paid["credit"]) == (400_000, 100_000, 100_000)
	world.check_invariants(patient)


def test_every_mis_click_is_undone(world, till, desk, site):
	patient = world.patient()
	world.open_shift()
	deposit = till.take_deposit(patient, world.cash(100_000))
	got = world.receive(patient, world.course)
	applied = till.apply_deposit(deposit["deposit"], got["reception"])
	assert applied["allocated"] == 100_000
	paid = till.take_payment(patient, world.cash(900_000))
	with pytest.raises(Exception, match="Undo or pay back these receipts first"):
		desk.undo_visit(got["visit"])
	till.undo_payment(paid["payment"], "wrong amount")
	with pytest.raises(Exception, match="Later receipts build on this one"):
		till.undo_payment(deposit["payment"], "mistake")
	till.undo_payment(applied["payment"], "mistake")
	till.undo_payment(deposit["payment"], "mistake")
	assert site.db.get_value("Clinic Deposit", deposit["deposit"], "status") == "Cancelled"
	assert desk.undo_visit(got["visit"])["status"] == "Cancelled"
	balance = world.balance(patient)
	assert (balance.owes, balance.deposits, balance.credit) == (0, 0, 0)
	assert desk.paid_not_used(patient) == []
	assert site.get_all("Clinic Session", {"patient": patient}, pluck="status") == ["Cancelled"] * 3
	sums = {}
	for row in site.get_all("Clinic Ledger Entry", {"patient": patient}, ["account", "amount"]):
		sums[row.account] = sums.get(row.account, 0) + row.amount
	assert not any(sums.values())
	world.check_invariants(patient)


def test_refund_reopens_the_debt_and_never_pays_back_more_than_is_left(world, till):
	patient = world.patient()
	world.open_shift()
	got = world.receive(patient, world.visit_service)
	paid = till.take_payment(patient, world.cash(550_000), got["reception"])
	with pytest.raises(Exception, match="reason"):
		till.refund(payment=paid["payment"], amount=10)
	back = till.refund(payment=paid["payment"], amount="150000", reason="half done")
	assert (back["balance"], back["credit"], back["refunded"]) == (100_000, 0, 150_000)
	with pytest.raises(Exception, match="is left to pay back"):
		till.refund(payment=paid["payment"], amount=400_001, reason="too much")
	till.refund(payment=paid["payment"], reason="all of it")
	assert world.balance(patient).owes == 500_000
	with pytest.raises(Exception, match=r"more than 0|left to pay back"):
		till.refund(payment=paid["payment"], amount=1, reason="again")
	with pytest.raises(Exception, match="Later receipts"):
		till.undo_payment(paid["payment"], "no")
	till.undo_payment(back["payment"], "refund was a mistake")
	assert world.balance(patient).owes == 400_000
	world.check_invariants(patient)


def test_refund_of_a_deposit(world, till, site):
	patient = world.patient()
	world.open_shift()
	deposit = till.take_deposit(patient, world.cash(300_000))
	with pytest.raises(Exception, match="is left to pay back"):
		till.refund(deposit=deposit["deposit"], amount=300_001, reason="x")
	till.refund(deposit=deposit["deposit"], amount=100_000, reason="changed his mind")
	row = site.db.get_value("Clinic Deposit", deposit["deposit"], ["available", "status"])
	assert row == (200_000, "Partly Applied")
	last = till.refund(payment=deposit["payment"], reason="all")
	row = site.db.get_value("Clinic Deposit", deposit["deposit"], ["available", "status"])
	assert row == (0, "Refunded")
	till.undo_payment(last["payment"], "no")
	row = site.db.get_value("Clinic Deposit", deposit["deposit"], ["available", "refunded", "status"])
	assert row == (200_000, 100_000, "Partly Applied")
	world.check_invariants(patient)


def test_the_same_key_twice_is_one_payment(world, till, site):
	patient = world.patient()
	world.open_shift()
	world.receive(patient, world.visit_service)
	first = till.take_payment(patient, world.cash(1000), idempotency_key="k1")
	assert till.take_payment(patient, world.cash(1000), idempotency_key="k1") == first
	assert site.db.count("Clinic Payment", {"patient": patient}) == 1
	with pytest.raises(Exception, match="already used for another request"):
		till.take_payment(patient, world.cash(2000), idempotency_key="k1")


def test_a_cancelled_reception_can_be_amended(world, desk, site):
	patient = world.patient()
	got = world.receive(patient, world.visit_service)
	desk.cancel_reception(got["reception"], "wrong service")
	doc = site.copy_doc(site.get_doc("Clinic Reception", got["reception"]))
	doc.amended_from, doc.docstatus = got["reception"], 0
	doc.lines[0].service = world.course
	doc.insert()
	doc.submit()
	assert doc.patient_share == 1_000_000 == world.balance(patient).owes
	assert doc.reception_no != got["reception_no"]
	world.check_invariants(patient)
