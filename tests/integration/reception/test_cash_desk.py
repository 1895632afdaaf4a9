"""Shifts, bad input at the till, receipts, the append-only ledger, roles."""

import json

import pytest


@pytest.fixture
def till():
	from clinic_reception.cash_desk import api

	return api


def test_no_payment_outside_an_open_shift(world, till, site):
	patient = world.patient()
	with pytest.raises(Exception, match="no open shift"):
		till.take_payment(patient, world.cash(1000))
	shift = world.open_shift()
	paid = till.take_payment(patient, world.cash(1000))
	till.close_shift(shift, {"CASH": 1000})
	with pytest.raises(Exception, match="no open shift"):
		till.take_payment(patient, world.cash(1000))
	with pytest.raises(Exception, match="closed"):
		till.undo_payment(paid["payment"], "too late")
	doc = site.get_doc(
		{
			"doctype": "Clinic Payment",
			"patient": patient,
			"shift": shift,
			"lines": [{"method": "CASH", "amount": 5}],
		}
	)
	with pytest.raises(Exception, match="closed"):
		doc.submit()
	assert site.db.count("Clinic Payment", {"patient": patient, "docstatus": 1}) == 1


def test_a_shift_is_counted_and_differences_need_a_reason(world, till, site):
	patient = world.patient()
	shift = world.open_shift("۱۰۰٬۰۰۰")
	till.take_payment(
		patient,
		[
			{"method": "CASH", "amount": 5000},
			{"method": "CARD", "amount": 7000, "reference": f"r{world.tag}"},
		],
	)
	current = till.current_shift()
	assert {t["method"]: t["expected"] for t in current["totals"]} == {"CASH": 105_000, "CARD": 7000}
	with pytest.raises(Exception, match="Count CARD too"):
		till.close_shift(shift, {"CASH": 105_000})
	with pytest.raises(Exception, match="Say why"):
		till.close_shift(shift, {"CASH": 104_000, "CARD": 7000})
	with pytest.raises(Exception, match="no payment method"):
		till.close_shift(shift, {"CASH": 105_000, "CARD": 7000, "GOLD": 1})
	with pytest.raises(Exception, match="negative"):
		till.close_shift(shift, {"CASH": -1, "CARD": 7000})
	closed = till.close_shift(shift, json.dumps({"CASH": "۱۰۴٬۰۰۰", "CARD": 7000}), "change error")
	assert closed["difference"] == -1000
	assert closed["expected"] == {"CASH": 105_000, "CARD": 7000}
	doc = site.get_doc("Clinic Cash Shift", shift)
	assert (doc.status, doc.difference, doc.reason) == ("Closed", -1000, "change error")
	assert [(c.method, c.difference) for c in doc.counts if c.difference] == [("CASH", -1000)]
	with pytest.raises(Exception, match="already closed"):
		till.close_shift(shift, {})


def test_one_open_shift_per_desk_and_per_cashier(world, till, site):
	world.open_shift()
	with pytest.raises(Exception, match="already"):
		till.open_shift(world.desk)
	other_desk = world._master("Clinic Cash Desk", title="Other", branch=world.branch)
	with pytest.raises(Exception, match="You already have"):
		till.open_shift(other_desk)
	site.set_user(world.user("Clinic Cashier"))
	with pytest.raises(Exception, match="This desk already has"):
		till.open_shift(world.desk)
	assert till.open_shift(other_desk)["shift_no"]


def test_a_shift_is_not_closed_or_changed_by_hand(world, site):
	shift = world.open_shift(50)
	doc = site.get_doc("Clinic Cash Shift", shift)
	doc.status = "Closed"
	with pytest.raises(site.ValidationError):
		doc.save()
	doc.reload()
	doc.opening_float = 0
	with pytest.raises(site.ValidationError):
		doc.save()
	with pytest.raises(site.ValidationError):
		doc.delete()


BAD_LINES = [
	[{"method": "CASH", "amount": -5}],
	[{"method": "CASH", "amount": 0}],
	[{"method": "CASH", "amount": "abc"}],
	[{"method": "CASH", "amount": "NaN"}],
	[{"method": "CASH", "amount": 1e20}],
	[{"method": "CASH", "amount": 10.123}],
	[{"method": "NOPE", "amount": 5}],
	[{"amount": 5}],
	[{"method": "CARD", "amount": 5}],
	[{"method": "DEPOSIT", "amount": 5}],
	[{"method": "CREDIT", "amount": 5}],
	[{"method": "CASH", "amount": 5, "deposit": "X"}],
	[{"method": "DEPOSIT", "amount": 5, "deposit": "X"}],
	[],
	["x"],
	"{not json",
	None,
]


@pytest.mark.parametrize("lines", BAD_LINES, ids=str)
def test_bad_lines_leave_nothing_half_written(world, till, site, lines):
	patient = world.patient()
	world.open_shift()
	got = world.receive(patient, world.visit_service)
	counts = [site.db.count(d) for d in ("Clinic Payment", "Clinic Ledger Entry", "Clinic Deposit")]
	for call in (till.take_payment, till.take_deposit):
		with pytest.raises(Exception) as caught:
			call(patient, lines)
		assert getattr(caught.value, "http_status_code", 500) in (404, 409, 422), caught.value
	assert counts == [site.db.count(d) for d in ("Clinic Payment", "Clinic Ledger Entry", "Clinic Deposit")]
	assert site.db.get_value("Clinic Reception", got["reception"], "outstanding") == 500_000


def test_other_peoples_receptions_and_deposits_are_refused(world, till):
	owner, other = world.patient("Owner"), world.patient("Other")
	world.open_shift()
	theirs = world.receive(owner, world.visit_service)["reception"]
	mine = world.receive(other, world.visit_service)["reception"]
	deposit = till.take_deposit(owner, world.cash(1000))["deposit"]
	with pytest.raises(Exception, match="not a submitted reception of this patient"):
		till.take_payment(other, world.cash(5), theirs)
	with pytest.raises(Exception, match="not a submitted reception of this patient"):
		till.apply_deposit(deposit, mine)
	with pytest.raises(Exception, match="not a deposit of this patient"):
		till.take_payment(other, [{"method": "DEPOSIT", "amount": 5, "deposit": deposit}], mine)
	with pytest.raises(Exception, match="not a submitted reception"):
		till.take_payment(other, world.cash(5), "NOPE")
	world.check_invariants(owner, other)


def test_deposits_are_used_oldest_first_or_by_name(world, till, site):
	patient = world.patient()
	world.open_shift()
	first, second = (till.take_deposit(patient, world.cash(a))["deposit"] for a in (100, 200))
	got = world.receive(patient, world.visit_service)["reception"]
	till.take_payment(patient, [{"method": "DEPOSIT", "amount": 50, "deposit": second}], got)
	paid = till.take_payment(patient, [{"method": "DEPOSIT", "amount": 150}], got)
	lines = site.get_doc("Clinic Payment", paid["payment"]).lines
	assert [(row.deposit, row.amount) for row in lines] == [(first, 100), (second, 50)]
	with pytest.raises(Exception, match="is left in deposits"):
		till.take_payment(patient, [{"method": "DEPOSIT", "amount": 101}], got)
	applied = till.apply_deposit(second, got, "۴۰")
	assert (applied["available"], applied["allocated"]) == (60, 40)
	assert till.apply_deposit(second, got)["available"] == 0
	with pytest.raises(Exception, match="Nothing is left"):
		till.apply_deposit(second, got)
	world.check_invariants(patient)


def test_deposits_pay_debts_only(world, till):
	patient = world.patient()
	world.open_shift()
	till.take_deposit(patient, world.cash(1000))
	with pytest.raises(Exception, match="pay debts only"):
		till.take_payment(patient, [{"method": "DEPOSIT", "amount": 1000}])


def test_a_card_reference_is_used_once_until_it_is_undone(world, till):
	patient = world.patient()
	world.open_shift()
	line = [{"method": "CARD", "amount": 5, "reference": f" ۱۲۳{world.tag} "}]
	paid = till.take_payment(patient, line)
	with pytest.raises(Exception, match=f"123{world.tag}.*already used.*{paid['receipt_no']}"):
		till.take_payment(patient, line)
	with pytest.raises(Exception, match="used twice"):
		till.take_payment(patient, [{**line[0], "reference": "x"}, {**line[0], "reference": "x"}])
	till.undo_payment(paid["payment"], "wrong card")
	assert till.take_payment(patient, line)["payment"]


def test_the_document_obeys_without_the_endpoint(world, site):
	patient = world.patient()
	shift = world.open_shift()
	got = world.receive(patient, world.visit_service)["reception"]
	doc = site.get_doc(
		{
			"doctype": "Clinic Payment",
			"patient": patient,
			"shift": shift,
			"total": 1,
			"receipt_no": "MINE",
			"lines": [{"method": "CASH", "amount": "۵۰۰٬۰۰۰"}],
		}
	)
	doc.insert()
	assert (doc.status, doc.total, doc.receipt_no) == ("Draft", 500_000, None)
	assert not world.entries(doc.name)
	doc.submit()
	assert [(a.reception, a.amount) for a in doc.allocations] == [(got, 500_000)]
	assert world.balance(patient).owes == 0
	doc.reload()
	doc.receipt_data = "{}"
	with pytest.raises(site.ValidationError):
		doc.save()
	doc.reload()
	doc.cancel()
	assert world.balance(patient).owes == 500_000
	with pytest.raises(site.ValidationError):
		doc.delete()
	world.check_invariants(patient)


def test_allocations_by_hand_are_checked(world, site):
	patient = world.patient()
	shift = world.open_shift()
	got = world.receive(patient, world.visit_service)["reception"]
	for allocations in (
		[{"reception": got, "amount": 500_001}],
		[{"reception": got, "amount": -1}],
		[{"reception": got, "amount": 10}, {"reception": got, "amount": 10}],
	):
		doc = site.get_doc(
			{
				"doctype": "Clinic Payment",
				"patient": patient,
				"shift": shift,
				"lines": [{"method": "CASH", "amount": 600_000}],
				"allocations": allocations,
			}
		)
		with pytest.raises(site.ValidationError):
			doc.submit()
	assert world.balance(patient).owes == 500_000


def test_nobody_writes_the_ledger_seals_or_deposits_by_hand(world, site, till):
	patient = world.patient()
	world.open_shift()
	paid = till.take_deposit(patient, world.cash(10))
	for values in (
		{"doctype": "Clinic Ledger Entry", "account": "Cash", "amount": 5, "legal_entity": "MAIN"},
		{"doctype": "Clinic Ledger Seal", "legal_entity": "MAIN", "sequence": 1},
		{"doctype": "Clinic Deposit", "patient": patient, "amount": 5, "payment": paid["payment"]},
	):
		with pytest.raises(site.ValidationError):
			site.get_doc(values).insert(ignore_permissions=True, ignore_mandatory=True, ignore_links=True)
	entry = site.get_all("Clinic Ledger Entry", {"voucher_no": paid["payment"]}, pluck="name")[0]
	doc = site.get_doc("Clinic Ledger Entry", entry)
	doc.amount = 1
	with pytest.raises(site.ValidationError):
		doc.save()
	with pytest.raises(site.ValidationError):
		site.delete_doc("Clinic Ledger Entry", entry, force=True)
	deposit = site.get_doc("Clinic Deposit", paid["deposit"])
	deposit.available = 5
	with pytest.raises(site.ValidationError):
		deposit.save()


def test_the_receipt_reprints_identically(world, till, site):
	patient = world.patient()
	world.open_shift()
	got = world.receive(patient, world.visit_service)["reception"]
	paid = till.take_payment(patient, world.cash(2_500_000), got)
	first = till.receipt(paid["payment"])["html"]
	assert "two million, five hundred thousand" in first and paid["receipt_no"] in first
	site.db.set_value("Clinic Patient", patient, "full_name", "Somebody Else")
	site.db.set_value("Clinic Payment Method", "CASH", "title", "Coins")
	till.take_payment(patient, world.cash(5))
	assert till.receipt(paid["payment"])["html"] == first
	till.undo_payment(paid["payment"], "mistake")
	undone = till.receipt(paid["payment"])["html"]
	assert "Undone" in undone and "Somebody Else" not in undone


def test_a_persian_receipt_has_persian_digits_words_and_date(world, till, site):
	patient = world.patient()
	world.open_shift()
	site.local.lang = "fa"
	try:
		paid = till.take_payment(patient, world.cash(2_500_000))
		html = till.receipt(paid["payment"])["html"]
	finally:
		site.local.lang = "en"
	assert "۲٬۵۰۰٬۰۰۰" in html and 'dir="rtl"' in html
	assert "دو میلیون" in html
	assert "۱۴۰۵/" in html


@pytest.mark.parametrize(
	("role", "allowed"),
	[
		("Clinic Cashier", True),
		("Clinic Manager", True),
		("Clinic Receptionist", False),
		("Clinic Practitioner", False),
		("Clinic Accountant", False),
		("Clinic CRM Agent", False),
	],
)
def test_who_takes_money(world, till, site, role, allowed):
	patient = world.patient()
	site.set_user(world.user(role))
	if allowed:
		world.open_shift()
		assert till.take_payment(patient, world.cash(5))["payment"]
		assert till.payments_today()[0]["total"] == 5
	else:
		for call in (lambda: world.open_shift(), lambda: till.take_payment(patient, world.cash(5))):
			with pytest.raises(site.PermissionError):
				call()


def test_a_cashier_undoes_only_his_own_payments(world, till, site):
	patient = world.patient()
	cashier, other = world.user("Clinic Cashier"), world.user("Clinic Cashier")
	site.set_user(cashier)
	world.open_shift()
	paid = till.take_payment(patient, world.cash(5))
	site.set_user(other)
	with pytest.raises(site.PermissionError):
		till.undo_payment(paid["payment"], "x")
	site.set_user(world.user("Clinic Branch Supervisor"))
	assert till.undo_payment(paid["payment"], "x")["status"] == "Cancelled"


def test_cancelling_through_the_document_obeys_the_same_table(world, till, site):
	patient = world.patient()
	site.set_user(world.user("Clinic Cashier"))
	world.open_shift()
	paid = till.take_payment(patient, world.cash(5))
	site.set_user(world.user("Clinic Cashier"))
	with pytest.raises(site.PermissionError):
		site.get_doc("Clinic Payment", paid["payment"]).cancel()
	site.set_user(world.user("Clinic Receptionist"))
	with pytest.raises(site.PermissionError):
		site.get_doc("Clinic Payment", paid["payment"]).cancel()
	assert world.balance(patient).credit == 5


def test_the_print_format_prints_the_receipt(world, till, site):
	patient = world.patient()
	world.open_shift()
	paid = till.take_payment(patient, world.cash(5))
	html = site.get_print("Clinic Payment", paid["payment"], print_format="Clinic Receipt")
	assert paid["receipt_no"] in html and "clinic-receipt" in html


def test_money_is_shown_in_toman_where_the_clinic_says_so(world, till, site):
	from clinic_reception.cash_desk import receipts

	settings = site.get_doc("Clinic Settings")
	settings.set("money_units", [])
	settings.append("money_units", {"valid_from": "2020-01-01", "label": "Toman", "factor": 10})
	settings.type_in_display_unit = 1
	settings.save()
	assert receipts.shown_money(2_500_000, "en") == "250,000 Toman"
	assert receipts.in_words(2_500_000, "en").startswith("two hundred and fifty thousand")
	assert receipts.shown_money(2_500_005, "en") == "250,000.5 Toman"


def test_the_standard_report_is_there(site):
	report = site.get_doc("Report", "Clinic Receptions")
	assert report.report_type == "Report Builder" and report.ref_doctype == "Clinic Reception"
	_columns, rows = report.get_data(as_dict=True)
	assert isinstance(rows, list)


def test_the_receipts_of_one_desk(world, till, site):
	"""Those of its shifts of today, also of one that is closed already; none of a desk nobody opened."""
	patient = world.patient()
	site.set_user(world.user("Clinic Cashier"))
	shift = world.open_shift()
	till.take_payment(patient, world.cash(5))
	desk = site.db.get_value("Clinic Cash Shift", shift, "desk")
	assert [row["total"] for row in till.payments_today(desk=desk)] == [5]
	till.close_shift(shift=shift, counted={"CASH": 5})
	assert [row["total"] for row in till.payments_today(desk=desk)] == [5]
	site.db.set_value("Clinic Cash Shift", shift, "closed_at", "2020-01-01 12:00:00")
	assert till.payments_today(desk=desk) == []
