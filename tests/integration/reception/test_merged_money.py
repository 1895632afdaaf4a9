"""Money of merged files: ledger rows never move, every reader sees the whole person (N6, D45)."""

from decimal import Decimal

import pytest


@pytest.fixture
def two(world, site):
	"""Two files of one person, each with a debt, a deposit and a payment."""
	world.open_shift()
	from clinic_reception.cash_desk import api as till

	files = []
	for _file in range(2):
		patient = world.patient()
		bill = world.receive(patient, world.visit_service, world.course)["reception"]
		till.take_payment(patient, world.cash(700_000), bill)
		deposit = till.take_deposit(patient, world.cash(250_000))["deposit"]
		files.append(site._dict(name=patient, bill=bill, deposit=deposit))
	return files


def statement(patient, tab="summary"):
	from clinic_reception.statement import api

	return api.get_statement(patient, tab, page_length=200)


def ledger(site):
	return site.db.sql("select * from `tabClinic Ledger Entry` order by name", as_list=True)


def merge(keep, duplicate, **more):
	from clinic_core.people import api

	return api.merge_patients(keep.name, duplicate.name, **more)


def test_balance_and_statement_of_the_kept_file_are_the_sum(world, site, two):
	keep, duplicate = two
	apart = [world.balance(file.name) for file in two]
	tabs = ("summary", "receptions", "transactions", "deposits", "appointments")
	rows = {tab: sum(len(statement(file.name, tab)["rows"]) for file in two) for tab in tabs}
	before = ledger(site)

	merge(keep, duplicate)

	whole = world.balance(keep.name)
	for figure in ("owes", "deposits", "credit"):
		assert getattr(whole, figure) == sum(getattr(one, figure) for one in apart)
	assert {tab: len(statement(keep.name, tab)["rows"]) for tab in tabs} == rows
	assert statement(keep.name, "transactions")["rows"][0]["balance"] == float(whole.owes)
	assert ledger(site) == before, "append-only rows never move"
	# Who asks for the merged file is shown the kept one.
	shown = statement(duplicate.name)
	assert shown["header"]["patient"] == keep.name and shown["header"]["balance"] == float(whole.owes)


def test_the_seal_chain_still_holds(world, site, two):
	from clinic_reception.cash_desk import sealer

	sealer.seal_batch(world.entity)
	merge(*two)
	sealer.seal_batch(world.entity)
	assert sealer.verify(world.entity)["ok"]


def test_what_the_duplicate_owed_had_and_bought_is_the_kept_ones(world, site, two):
	from clinic_core.people import entitlements
	from clinic_reception.cash_desk import api as till

	keep, duplicate = two
	merge(keep, duplicate)
	owed = world.balance(keep.name).owes
	till.take_payment(keep.name, world.cash(100_000), duplicate.bill)
	till.apply_deposit(duplicate.deposit, duplicate.bill, 50_000)
	assert world.balance(keep.name).owes == owed - 150_000
	assert len(entitlements.open_for(keep.name)) == 2
	world.check_invariants(keep.name, duplicate.name)


def test_credit_of_the_merged_file_pays_and_then_the_merge_stays(world, site, two):
	from clinic_core.foundation.errors import ConflictError
	from clinic_core.people import api
	from clinic_reception.cash_desk import api as till

	keep, duplicate = two
	owed = world.balance(duplicate.name).owes
	till.take_payment(duplicate.name, world.cash(int(owed) + 300_000))
	assert world.balance(duplicate.name).credit == 300_000
	done = merge(keep, duplicate)
	credit = site.get_all("Clinic Payment Method", {"kind": "Credit"}, pluck="name")[0]
	till.take_payment(keep.name, [{"method": credit, "amount": 300_000}], keep.bill)
	assert world.balance(keep.name).credit == 0
	with pytest.raises(ConflictError, match="used for the other"):
		api.undo_merge(done["merge"], partial=1)


def test_money_taken_since_for_what_moved_keeps_the_merge(world, site, two):
	from clinic_core.foundation.errors import ConflictError
	from clinic_core.people import api
	from clinic_reception.cash_desk import api as till

	keep, duplicate = two
	done = merge(keep, duplicate)
	payment = till.take_payment(keep.name, world.cash(100_000), duplicate.bill)["payment"]
	for partial in (0, 1):
		with pytest.raises(ConflictError, match="something new has happened"):
			api.undo_merge(done["merge"], partial=partial)
	assert payment


def test_undo_gives_each_file_its_own_money_back(world, site, two):
	from clinic_core.people import api

	keep, duplicate = two
	apart = [world.balance(file.name) for file in two]
	done = merge(keep, duplicate)
	api.undo_merge(done["merge"])
	assert [world.balance(file.name) for file in two] == apart
	assert site.db.get_value("Clinic Deposit", duplicate.deposit, "patient") == duplicate.name


def test_a_payment_that_is_begun_refuses_the_merge(world, site, two):
	from clinic_core.foundation.errors import ConflictError

	keep, duplicate = two
	draft = site.get_doc(
		{"doctype": "Clinic Payment", "patient": duplicate.name, "patient_name": "Draft Person"}
	)
	draft.name = site.generate_hash(length=10)
	draft.db_insert()
	with pytest.raises(ConflictError, match="Draft Person"):
		merge(keep, duplicate)


def test_a_debt_of_a_merged_file_is_warned_of_on_the_kept_one(world, site, two):
	from clinic_reception.statement import warnings

	keep, duplicate = two
	owed = world.balance(duplicate.name).owes + world.balance(keep.name).owes
	merge(keep, duplicate)
	amounts = [w["params"].get("amount") for w in warnings.of_patients([keep.name])[keep.name]]
	assert float(owed) in amounts
	assert Decimal(owed) > 0


def test_what_a_merged_file_owed_from_the_old_books_is_paid_first(world, site, two):
	from clinic_reception.cash_desk import api as till
	from clinic_reception.cash_desk import balances
	from clinic_reception.cash_desk.go_live import openings

	keep, duplicate = two
	openings.post("Patient Owes", duplicate.name, Decimal(90_000), world.branch)
	merge(keep, duplicate)
	before = world.balance(keep.name)
	payment = till.take_payment(keep.name, world.cash(90_000))["payment"]
	assert site.db.get_value("Clinic Payment", payment, "opening_allocated") == 90_000
	assert balances.opening_debt(keep.name) == 0
	after = world.balance(keep.name)
	assert (after.owes, after.credit) == (before.owes - 90_000, before.credit)
