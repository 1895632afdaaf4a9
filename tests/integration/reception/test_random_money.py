"""Whatever happens in whatever order: vouchers sum to zero, documents say what the ledger says."""

import random

import pytest


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_any_sequence_keeps_the_books(world, site, seed):  # noqa: C901
	from clinic_reception.cash_desk import api as till
	from clinic_reception.front_desk import api as desk

	choose = random.Random(seed)
	patients = [world.patient(), world.patient()]
	world.open_shift()
	receptions, payments, deposits, visits = [], [], [], []
	done = {}

	def amount():
		return choose.choice([1, 999, 33_333, 250_000, 2_000_000])

	def receive():
		service = choose.choice([world.visit_service, world.course, world.injection])
		action = choose.choice(["Perform Now", "Sell for Later", "Use Purchased"])
		got = world.receive(choose.choice(patients), {"service": service, "action": action})
		visits.append(got["visit"])
		receptions.append(got["reception"])

	def pay():
		lines = [{"method": choose.choice(["CASH", "DEPOSIT", "CREDIT"]), "amount": amount()}]
		if choose.random() < 0.5:
			lines.append({"method": "CASH", "amount": amount()})
		target = choose.choice([None, *receptions]) if receptions else None
		payments.append(till.take_payment(choose.choice(patients), lines, target)["payment"])

	def deposit():
		got = till.take_deposit(choose.choice(patients), world.cash(amount()))
		deposits.append(got["deposit"])
		payments.append(got["payment"])

	def apply():
		payments.append(till.apply_deposit(choose.choice(deposits), choose.choice(receptions))["payment"])

	def refund():
		which = {"payment": choose.choice(payments)} if choose.random() < 0.6 else None
		which = which or {"deposit": choose.choice(deposits)}
		payments.append(till.refund(amount=amount(), reason="random", **which)["payment"])

	def undo_payment():
		till.undo_payment(choose.choice(payments), "random")

	def cancel():
		desk.cancel_reception(choose.choice(receptions), "random")

	def undo_visit():
		desk.undo_visit(choose.choice(visits))

	operations = [receive, receive, pay, pay, deposit, apply, refund, undo_payment, cancel, undo_visit]
	for _turn in range(45):
		operation = choose.choice(operations)
		before = site.db.count("Clinic Ledger Entry", {"patient": ("in", patients)})
		try:
			operation()
			done[operation.__name__] = done.get(operation.__name__, 0) + 1
		except (site.ValidationError, site.DoesNotExistError, IndexError):
			assert site.db.count("Clinic Ledger Entry", {"patient": ("in", patients)}) == before
		world.check_invariants(*patients)
	assert len(done) >= 5, done
	unearned = {}
	for row in site.get_all(
		"Clinic Ledger Entry",
		{"patient": ("in", patients), "account": "Unearned"},
		["entitlement", "amount"],
	):
		unearned[row.entitlement] = unearned.get(row.entitlement, 0) + row.amount
	assert all(amount <= 0 for amount in unearned.values())
