"""Going live: the old books come in as balanced vouchers, the totals are proved, and all can go back."""

from decimal import Decimal

import pytest
from clinic_core.foundation.money import to_decimal

LEDGER = "Clinic Ledger Entry"
MAIN = {"defaults": {"branch": "MAIN"}}


@pytest.fixture
def people(site, world):
	"""Three patients with file numbers of the old archive."""
	names = [world.patient(f"Live{n}") for n in range(3)]
	for number, name in enumerate(names):
		site.db.set_value("Clinic Patient", name, "file_no", f"GL{world.tag}{number}")
	return [(name, f"GL{world.tag}{number}") for number, name in enumerate(names)]


@pytest.fixture
def back():
	"""Take an import back as the worker does."""
	from clinic_core.people.importing import imports, undoing

	def do(doc):
		imports.take_back(doc.name, "not yet")
		undoing.run(doc.name)

	return do


def sums(site, patient):
	rows = site.get_all(LEDGER, {"patient": patient}, ["account", "amount"], order_by="name asc")
	found = {}
	for row in rows:
		found[row.account] = found.get(row.account, Decimal(0)) + to_decimal(row.amount)
	return {account: amount for account, amount in found.items() if amount}


def line(kind):
	from clinic_core.people.importing import proof

	return next(one for one in proof.lines()[::-1] if one["kind"] == kind)["figures"]


def balances(run_import, people, **more):
	rows = [[people[0][1], "500,000"], [people[1][1], "-200000"], [people[2][1], "0"], ["NOBODY", "1000"]]
	return run_import("opening_balances", ["File number", "Amount"], rows, factor=1.0, **MAIN, **more)


def test_balances_become_balanced_vouchers(site, people, run_import, book):
	doc = balances(run_import, people)
	assert [row[1] for row in book(doc)] == ["Created", "Created", "Failed", "Failed"]
	assert sums(site, people[0][0]) == {"Receivable": 500000, "Opening": -500000}
	assert sums(site, people[1][0]) == {"Credit": -200000, "Opening": 200000}
	from clinic_reception.cash_desk import balances as now

	assert now.of_patient(people[0][0]).owes == 500000
	assert now.of_patient(people[1][0]).credit == 200000


def test_the_same_balances_twice_double_nothing(site, people, run_import, book):
	balances(run_import, people)
	again = balances(run_import, people)
	assert [row[1] for row in book(again)] == ["Skipped", "Skipped", "Failed", "Failed"]
	assert sums(site, people[0][0]) == {"Receivable": 500000, "Opening": -500000}


def test_a_side_in_words(site, people, run_import, book):
	rows = [[people[0][1], "100", "بدهکار"], [people[1][1], "100", "بستانکار"], [people[2][1], "100", "؟؟"]]
	doc = run_import("opening_balances", ["شماره پرونده", "مانده", "تشخیص"], rows, factor=1.0, **MAIN)
	assert [row[1] for row in book(doc)] == ["Created", "Created", "Failed"]
	assert sums(site, people[1][0]) == {"Credit": -100, "Opening": 100}


def test_the_proof_is_green_only_when_all_agrees(people, run_import):
	doc = balances(run_import, people)
	figures = line("opening_balances")
	assert not figures.agrees
	assert figures.file == (4, Decimal(301000)) and figures.imported == (2, Decimal(300000))
	assert figures.rejected == (2, Decimal(1000)) and figures.books == (2, Decimal(300000))
	rows = [[people[2][1], "1000"], [people[0][1], "0.00"]]
	run_import("opening_balances", ["File number", "Amount"], rows[:1], factor=1.0, **MAIN, corrects=doc.name)
	assert line("opening_balances").imported == (3, Decimal(301000))


def test_control_totals_of_the_old_books_count(people, run_import):
	rows = [[people[0][1], "500000"]]
	header = ["File number", "Amount"]
	run_import("opening_balances", header, rows, factor=1.0, **MAIN, control_rows=1, control_total=500000)
	assert line("opening_balances").agrees
	rows = [[people[1][1], "500000"]]
	run_import("opening_balances", header, rows, factor=1.0, **MAIN, control_rows=1, control_total=600000)
	figures = line("opening_balances")
	assert not figures.agrees and figures.difference == (0, Decimal(-100000))


def test_an_opening_debt_is_paid_first_and_undone(site, world, people, run_import):
	from clinic_reception.cash_desk import api
	from clinic_reception.cash_desk import balances as now

	patient = people[0][0]
	balances(run_import, people)
	world.open_shift()
	method = site.get_all("Clinic Payment Method", {"kind": "Cash"}, pluck="name", order_by="name", limit=1)[
		0
	]
	paid = api.take_payment(patient, [{"method": method, "amount": 600000}])
	assert now.of_patient(patient).owes == 0 and now.of_patient(patient).credit == 100000
	payment = site.get_doc("Clinic Payment", paid["payment"])
	assert (payment.opening_allocated, payment.unallocated) == (500000, 100000)
	api.undo_payment(paid["payment"], "mis-click")
	assert now.of_patient(patient).owes == 500000 and now.of_patient(patient).credit == 0


def test_an_opening_debt_is_a_line_of_its_own_and_paid_back(site, world, people, run_import):
	"""500,000 from the old books beside a reception of today: chosen, overpaid, refunded in parts."""
	from clinic_core.foundation.errors import ConflictError, InvalidInputError
	from clinic_reception.cash_desk import api, screens
	from clinic_reception.cash_desk import balances as now

	patient = people[0][0]
	balances(run_import, people)
	world.open_shift()
	bill = world.receive(patient, world.service("Visit", 70000))["reception"]
	[owed] = screens.open_debts(patient)["receptions"]
	assert screens.open_debts(patient)["opening"] == 500000
	with pytest.raises(InvalidInputError):
		api.take_payment(patient, world.cash(1), bill, only_opening=1)
	paid = api.take_payment(patient, world.cash(600000), only_opening=1)
	assert (paid["opening_allocated"], paid["unallocated"], paid["allocations"]) == (500000, 100000, [])
	figures = screens.open_debts(patient)
	assert (figures["opening"], figures["credit"]) == (0, 100000)
	assert figures["receptions"][0]["outstanding"] == owed["outstanding"]
	with pytest.raises(ConflictError):
		api.take_payment(patient, world.cash(1), only_opening=1)

	first = api.refund(payment=paid["payment"], reason="Wrong person", amount=300000)
	refund = site.get_doc("Clinic Payment", first["payment"])
	assert (refund.unallocated, refund.opening_allocated) == (100000, 200000)
	assert screens.open_debts(patient)["opening"] == 200000
	with pytest.raises(InvalidInputError, match="left to pay back"):
		api.refund(payment=paid["payment"], reason="Too much", amount=300001)
	rest = api.refund(payment=paid["payment"], reason="Wrong person")
	assert (
		now.of_patient(patient).owes == 500000 + owed["outstanding"] and now.of_patient(patient).credit == 0
	)
	api.undo_payment(rest["payment"], "mis-click")
	assert screens.open_debts(patient)["opening"] == 200000


def test_the_receipt_names_the_debt_of_before(site, world, people, run_import):
	from clinic_reception.cash_desk import api, receipts

	balances(run_import, people)
	world.open_shift()
	paid = api.take_payment(people[0][0], world.cash(500000))
	assert "Debt from before the start" in receipts.clinic_receipt_html(paid["payment"])


def test_what_was_built_upon_stays(site, world, people, run_import, book, back):
	from clinic_reception.cash_desk import api

	doc = balances(run_import, people)
	world.open_shift()
	method = site.get_all("Clinic Payment Method", {"kind": "Cash"}, pluck="name", order_by="name", limit=1)[
		0
	]
	api.take_payment(people[0][0], [{"method": method, "amount": 1000}])
	back(doc)
	assert [row[1] for row in book(doc)][:2] == ["Kept", "Taken Back"]
	assert "paid since" in book(doc)[0][3]
	assert sums(site, people[1][0]) == {}


def test_deposits_without_a_shift(site, people, run_import, book, back):
	rows = [[people[0][1], "۳۰۰٬۰۰۰"], [people[1][1], "-5"]]
	doc = run_import("open_deposits", ["شماره پرونده", "بیعانه"], rows, factor=1.0, **MAIN)
	assert [row[1] for row in book(doc)] == ["Created", "Failed"]
	deposit = site.get_doc("Clinic Deposit", {"patient": people[0][0]})
	assert (deposit.available, deposit.status, deposit.payment) == (300000, "Received", None)
	assert sums(site, people[0][0]) == {"Deposits": -300000, "Opening": 300000}
	back(doc)
	assert sums(site, people[0][0]) == {}
	assert site.db.get_value("Clinic Deposit", deposit.name, ["available", "status"]) == (0, "Cancelled")


def test_cheques_are_in_hand(site, people, run_import, book, back):
	header = ["شماره پرونده", "مبلغ چک", "شماره چک", "شناسه صیاد", "سررسید", "بانک"]
	good = [people[0][1], "1000000", "123", "۱۲۳۴۵۶۷۸۹۰۱۲۳۴۵۶", "1406/01/20", "ملت"]
	bad = [people[1][1], "1000000", "124", "123", "1406/01/20", "ملت"]
	doc = run_import("open_cheques", header, [good, bad, [people[2][1], *good[1:]]], factor=1.0, **MAIN)
	made = book(doc)
	assert [row[1] for row in made] == ["Created", "Failed", "Failed"], made
	assert "sixteen digits" in made[1][3] and "Another cheque" in made[2][3]
	cheque = site.get_doc("Clinic Cheque", {"patient": people[0][0]})
	assert (cheque.sayad_id, cheque.status, str(cheque.due_date)) == (
		"1234567890123456",
		"In Hand",
		"2027-04-09",
	)
	assert sums(site, people[0][0]) == {"Cheques": 1000000, "Opening": -1000000}
	back(doc)
	cheque.reload()
	assert sums(site, people[0][0]) == {} and cheque.status == "Cancelled"


def test_remaining_sessions_are_worth_something(site, world, people, run_import, book, back):
	from clinic_core.people import entitlements

	title = site.db.get_value("Clinic Service", world.course, "service_name")
	header = ["File number", "Service", "Sessions left", "Value of one session", "First session on"]
	rows = [
		[people[0][1], title, "2", "400000", "2027-01-10"],
		[people[1][1], "?", "2", "1", ""],
		[people[2][1], title, "0", "1", ""],
	]
	doc = run_import("remaining_sessions", header, rows, factor=1.0, **MAIN)
	made = book(doc)
	assert [row[1] for row in made] == ["Created", "Failed", "Failed"], made
	assert entitlements.balance(made[0][2]) == 2
	assert sums(site, people[0][0]) == {"Unearned": -800000, "Opening": 800000}
	assert site.db.count("Clinic Session", {"entitlement": made[0][2]}) == 2
	assert line("remaining_sessions").books == (1, Decimal(800000))
	back(doc)
	assert site.db.get_value("Clinic Entitlement", made[0][2], "status") == "Cancelled"
	assert sums(site, people[0][0]) == {}


def test_used_sessions_stay(site, world, people, run_import, book, back):
	from clinic_core.people import entitlements

	header = ["File number", "Service", "Sessions left", "Value of one session"]
	doc = run_import(
		"remaining_sessions", header, [[people[0][1], world.course, "2", "400000"]], factor=1.0, **MAIN
	)
	name = book(doc)[0][2]
	entitlements.consume(name, 1, "Clinic Department", world.department)
	back(doc)
	assert book(doc)[0][1] == "Kept"
	assert sums(site, people[0][0]) == {"Unearned": -800000, "Opening": 800000}
