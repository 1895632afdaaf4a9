"""The statement: seven tabs filled from what happened, and no more queries for longer ones."""

import pytest

from tests.bench import budgets


@pytest.fixture
def statement():
	from clinic_reception.statement import api

	return api.get_statement


@pytest.fixture
def patient(world, site):
	from clinic_reception.cash_desk import api as till

	patient = world.patient()
	site.db.set_value("Clinic Patient", patient, {"birth_date": site.utils.getdate(), "alerts": "Latex"})
	world.open_shift()
	till.take_deposit(patient, world.cash(50_000), world.course)
	first = world.receive(patient, world.visit_service)
	paid = till.take_payment(patient, world.cash(200_000), first["reception"])
	till.undo_payment(paid["payment"], "typo")
	till.take_payment(patient, world.cash(300_000), first["reception"])
	world.receive(patient, world.course)
	return patient


def test_header(statement, patient):
	header = statement(patient)["header"]
	assert (header["balance"], header["deposits"], header["credit"]) == (1_200_000, 50_000, 0)
	assert header["points"] == 0 and header["last_visit"]
	texts = " | ".join(a["text"] for a in header["alerts"])
	assert "Latex" in texts and "Unpaid" in texts and "Birthday" in texts and "1,200,000" in texts


def test_seven_tabs_in_order(statement, patient):
	tabs = [t["tab"] for t in statement(patient)["tabs"]]
	assert [t for t in tabs if t != "crm"] == [
		"summary",
		"receptions",
		"appointments",
		"transactions",
		"deposits",
		"club",
	]


def test_receptions_with_their_services(statement, patient):
	rows = statement(patient, "receptions")["rows"]
	assert [r["outstanding"] for r in rows] == [1_000_000, 200_000]
	assert rows[0]["services"][0]["service_name"].startswith("Laser course")
	assert rows[0]["visit_status"] == "Waiting"


def test_transactions_run_a_balance(statement, patient):
	rows = statement(patient, "transactions")["rows"]
	assert [(r["kind"], r["debit"], r["credit"], r["balance"]) for r in reversed(rows)] == [
		("deposit", 0, 0, 0),
		("reception", 500_000, 0, 500_000),
		("payment", 0, 200_000, 300_000),
		("payment", 200_000, 0, 500_000),
		("payment", 0, 300_000, 200_000),
		("reception", 1_000_000, 0, 1_200_000),
	]
	undone = next(r for r in rows if r["is_undone"])
	assert "typo" in undone["description"]


def test_pages_fit_together(statement, patient):
	for tab in ("transactions", "summary", "receptions"):
		whole = statement(patient, tab)["rows"]
		pages, start = [], 0
		while True:
			page = statement(patient, tab, start, 2)
			pages += page["rows"]
			start += 2
			if not page["has_more"]:
				break
		assert pages == whole


def test_deposits_club_and_unknown_tab(statement, patient):
	(row,) = statement(patient, "deposits")["rows"]
	assert (row["available"], row["status"]) == (50_000, "Received") and row["receipt_no"]
	assert statement(patient, "club")["rows"] == []
	with pytest.raises(Exception, match="no tab"):
		statement(patient, "<b>")


def test_summary_has_everything_by_time(statement, patient):
	rows = statement(patient)["rows"]
	kinds = [r["kind"] for r in rows]
	assert kinds.count("payment") == 2 and kinds.count("reception") == 2 and kinds.count("deposit") == 1
	assert [r["when"] for r in rows] == sorted((r["when"] for r in rows), reverse=True)


@pytest.mark.parametrize(
	("role", "allowed"),
	[
		("Clinic Manager", True),
		("Clinic Branch Supervisor", True),
		("Clinic Receptionist", True),
		("Clinic Cashier", True),
		("Clinic Consultant", True),
		("Clinic Accountant", True),
		("Clinic Practitioner", False),
		("Clinic Operator", False),
		("Clinic CRM Agent", False),
		("Clinic Call Agent", False),
	],
)
def test_who_reads_it(statement, world, patient, site, role, allowed):
	site.set_user(world.user(role))
	if allowed:
		assert statement(patient)["header"]["balance"] == 1_200_000
	else:
		with pytest.raises(site.PermissionError):
			statement(patient)


def test_warnings_show_no_amounts_to_those_who_see_no_money(world, patient, site):
	from clinic_reception.statement.warnings import clinic_patient_warnings

	site.set_user(world.user("Clinic Practitioner"))
	assert {w["code"]: w["params"] for w in clinic_patient_warnings(patient)} == {
		"unpaid_debt": {},
		"open_deposit": {},
		"birthday": {},
	}


def count_queries(site, work):
	seen, original = [], site.db.sql

	def counting(query, *args, **kwargs):
		seen.append(str(query)[:200])
		return original(query, *args, **kwargs)

	site.db.sql = counting
	try:
		work()
	finally:
		site.db.sql = original
	return seen


def test_longer_statements_and_boards_need_no_more_queries(world, statement, patient, site):
	from clinic_reception.front_desk import api as desk

	screens = {
		tab: lambda tab=tab: statement(patient, tab) for tab in ("summary", "receptions", "transactions")
	}
	screens["board"] = desk.board
	for work in screens.values():
		work()
	before = {name: budgets.spent(count_queries(site, work)) for name, work in screens.items()}
	for _turn in range(4):
		world.receive(patient, world.visit_service, world.injection)
		world.receive(world.patient(), world.visit_service)
	after = {name: budgets.spent(count_queries(site, work)) for name, work in screens.items()}
	assert before == after
	assert after.pop("board") <= budgets.QUERIES["clinic_reception.front_desk.api.board"]
	assert max(after.values()) <= budgets.QUERIES["clinic_reception.statement.api.get_statement"]


def test_taking_a_payment_over_ten_debts_is_lean(world, site):
	from clinic_reception.cash_desk import api as till

	counts = {}
	world.open_shift()
	for debts in (1, 10):
		patient = world.patient()
		for _turn in range(debts):
			world.receive(patient, world.visit_service)
		seen = count_queries(site, lambda p=patient, n=debts: till.take_payment(p, world.cash(500_000 * n)))
		counts[debts] = budgets.spent(seen)
	# One row per allocation is written; nothing else grows.
	assert counts[10] - counts[1] <= 9
	assert counts[1] <= budgets.QUERIES["clinic_reception.cash_desk.api.take_payment"]
