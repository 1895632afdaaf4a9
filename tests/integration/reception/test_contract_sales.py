"""Receptions by contract, body area, touch-up and proforma: what is billed, refused and posted."""

import datetime
import json
from decimal import Decimal

import pytest
from clinic_core.foundation.errors import InvalidInputError
from clinic_core.people import entitlements
from clinic_core.service_catalog.proforma import proformas
from clinic_reception.cash_desk import api as cash
from clinic_reception.cash_desk import backup_checks
from clinic_reception.front_desk import api, performed, receptions
from clinic_reception.statement import api as statements

PRICE = 1_000_000


@pytest.fixture
def insured(site, world):
	"""A patient with a base and a supplementary insurer; both pay a part of one service."""
	insurers = [
		world._master("Clinic Insurer", title=f"{kind} {world.tag}", kind=kind)
		for kind in ("Basic Insurer", "Supplementary Insurer")
	]
	today = site.utils.today()
	service = world.service("Insured", PRICE, has_insurance=1, is_countable=1, tax_percent=10)
	items = [
		{"applies_to": "Service", "service": service, "pricing_method": "Fixed Price", "amount": 900_000}
	]
	base = world._master(
		"Clinic Service Contract",
		title=f"Base {world.tag}",
		kind="Insurer",
		insurer=insurers[0],
		valid_from=today,
		insurer_percent=70,
		items=items,
	)
	second = world._master(
		"Clinic Service Contract",
		title=f"Second {world.tag}",
		kind="Insurer",
		insurer=insurers[1],
		is_supplementary=1,
		valid_from=today,
		insurer_percent=50,
		items=[{**items[0], "pricing_method": "List Price", "amount": 0}],
	)
	patient = site.get_doc("Clinic Patient", world.patient())
	patient.append("coverages", {"kind": "Insurer", "insurer": insurers[0]})
	patient.append("coverages", {"kind": "Insurer", "insurer": insurers[1], "is_supplementary": 1})
	patient.save()
	return patient.name, service, (base, second), insurers


@pytest.fixture
def laser(world):
	"""A course with two areas of their own price and length, touched up for free within two weeks."""
	rows = [("LEGS", "Legs", 3_000_000, 5), ("ARMS", "Arms", 2_000_000, 0)]
	return world.service(
		"Laser",
		PRICE,
		is_session_based=1,
		session_count=3,
		session_interval_days=30,
		touch_up_days=14,
		areas=[
			{"code": code, "title": title, "amount": amount, "session_count": count, "is_active": 1}
			for code, title, amount, count in rows
		],
	)


def bill(site, made):
	return site.get_doc("Clinic Reception", made["reception"])


def insurers_of(world, voucher):
	rows = world.frappe.get_all(
		"Clinic Ledger Entry",
		filters={"voucher_no": voucher, "account": "Insurer"},
		fields=["payee", "amount"],
		order_by="name asc",
	)
	sums = {}
	for row in rows:
		sums[row.payee] = sums.get(row.payee, 0) + row.amount
	return sums


def test_patient_and_two_insurers_pay_one_bill(site, world, insured):
	patient, service, contracts, insurers = insured
	made = world.receive(patient, {"service": service, "discount_percent": 20})
	doc = bill(site, made)
	line = doc.lines[0]
	# 900,000; 630,000 base; 135,000 of the rest; 20 % off 135,000; 10 % tax on 873,000.
	assert (line.contract, line.supplementary_contract) == contracts
	assert (line.list_total, line.contract_adjustment, line.discount) == (PRICE, -100_000, 27_000)
	assert (line.insurer_share, line.tax, line.patient_share) == (765_000, 87_300, 195_300)
	assert [share["amount"] for share in json.loads(line.insurer_shares)] == [630_000, 135_000]
	assert doc.contract_adjustment == -100_000
	assert made["patient_share"] == doc.outstanding == 195_300
	assert insurers_of(world, doc.name) == {insurers[0]: 630_000, insurers[1]: 135_000}
	assert world.accounts(doc.name) == {
		"Receivable": Decimal(195_300),
		"Insurer": Decimal(765_000),
		"Discount": Decimal(27_000),
		"Tax": Decimal(-87_300),
		"Revenue": Decimal(-900_000),
	}
	assert world.balance(patient).owes == 195_300
	world.check_invariants(patient)


def test_he_pays_his_share_and_the_statement_says_who_pays_the_rest(site, world, insured):
	patient, service, _contracts, _insurers = insured
	world.open_shift()
	made = world.receive(patient, service)
	cash.take_payment(patient, world.cash(made["patient_share"]), reception=made["reception"])
	assert world.balance(patient).owes == 0
	row = statements.get_statement(patient, "receptions")["rows"][0]
	assert (row["insurer_share"], row["outstanding"]) == (765_000, 0)
	assert row["total"] == row["insurer_share"] + row["patient_share"]
	moved = statements.get_statement(patient, "transactions")["rows"]
	assert [r["insurer_share"] for r in moved if r["kind"] == "reception"] == [765_000]
	assert statements.get_statement(patient)["header"]["balance"] == 0
	world.check_invariants(patient)


def test_cancelling_takes_back_what_the_insurers_owe(site, world, insured):
	patient, service, _contracts, insurers = insured
	made = world.receive(patient, service)
	api.cancel_reception(made["reception"], "not today")
	assert not world.accounts(made["reception"])
	assert insurers_of(world, made["reception"]) == dict.fromkeys(insurers, 0)
	world.check_invariants(patient)


def test_somebody_chooses_another_contract_or_none(site, world, insured):
	patient, service, contracts, _insurers = insured
	half = {"applies_to": "Service", "service": service, "pricing_method": "Percent of List"}
	vip = world._master(
		"Clinic Service Contract",
		title=f"VIP {world.tag}",
		kind="VIP",
		valid_from=site.utils.today(),
		items=[{**half, "percent_of_list": 50}],
	)
	at_list = {"service": service, "contract_choice": "List Price"}
	doc = bill(site, world.receive(patient, {"service": service, "contract": vip}, at_list, submit=False))
	assert [row.contract_choice for row in doc.lines] == ["Chosen", "List Price"]
	assert [row.contract_adjustment for row in doc.lines] == [-500_000, 0]
	assert (doc.lines[1].contract, doc.lines[1].insurer_share) == (None, 0)
	# A draft that followed the order goes on following it; what was chosen stays chosen.
	doc.append("lines", {"service": service, "action": "Perform Now", "quantity": 1})
	doc.save()
	assert (doc.lines[2].contract, doc.lines[2].contract_choice) == (contracts[0], "Automatic")
	patient_doc = site.get_doc("Clinic Patient", patient)
	patient_doc.set("coverages", [])
	patient_doc.save()
	doc.reload()
	doc.save()
	assert [row.contract for row in doc.lines] == [vip, None, None]


@pytest.mark.parametrize(
	("change", "line", "says"),
	[
		({"is_fixed_amount": 1}, {"discount_percent": 5}, "fixed"),
		({"is_fixed_amount": 1}, {"discount_amount": 5}, "fixed"),
		({}, {"discount_amount": PRICE + 1}, "iscount"),
		({}, {"discount_percent": 5, "discount_amount": 5}, "not both"),
		({"is_countable": 0}, {"quantity": 2}, "not countable"),
		({}, {"area": "NOSE"}, "no body areas"),
		({}, {"is_touch_up": 1}, "no free touch-up"),
		({}, {"contract": "NONE-SUCH"}, "NONE-SUCH"),
		({}, {"technician": "NONE-SUCH"}, "NONE-SUCH"),
	],
)
def test_refusals_name_the_line_and_leave_nothing(site, world, change, line, says):
	fine, patient = world.visit_service, world.patient()
	service = world.service("Plain", PRICE, **{"is_countable": 1, **change})
	with pytest.raises(InvalidInputError, match=says) as refused:
		world.receive(patient, fine, {"service": service, **line})
	if "technician" not in line:
		assert "Line 2" in str(refused.value)
	assert not site.get_all("Clinic Reception", filters={"patient": patient})


def test_the_form_and_rest_obey_too(site, world):
	fixed = world.service("Fixed", PRICE, is_fixed_amount=1)
	made = world.receive(world.patient(), world.visit_service)
	doc = site.get_doc({"doctype": "Clinic Reception", "visit": made["visit"]})
	doc.append(
		"lines", {"service": fixed, "action": "Perform Now", "discount_percent": 10, "discount": 100_000}
	)
	with pytest.raises(InvalidInputError, match="Line 1"):
		doc.insert()


def test_a_contract_that_is_over_is_refused(site, world, insured):
	patient, service, contracts, _insurers = insured
	site.db.set_value("Clinic Service Contract", contracts[0], "valid_to", "2020-01-01")
	with pytest.raises(InvalidInputError, match="Line 1"):
		world.receive(patient, {"service": service, "contract": contracts[0]})


def test_two_areas_are_two_lines_with_their_own_price_and_sessions(site, world, laser):
	patient = world.patient()
	made = world.receive(
		patient,
		{"service": laser, "area": "LEGS", "action": "Sell for Later"},
		{"service": laser, "area": "ARMS", "action": "Sell for Later"},
	)
	doc = bill(site, made)
	assert [(row.area_title, row.list_total) for row in doc.lines] == [
		("Legs", 3_000_000),
		("Arms", 2_000_000),
	]
	bought = {row["area"]: row for row in entitlements.open_for(patient)}
	assert {area: row["left"] for area, row in bought.items()} == {"LEGS": 5, "ARMS": 3}
	plans = site.get_all(
		"Clinic Session Plan", filters={"origin_name": doc.name}, fields=["area", "session_count"]
	)
	assert {(plan.area, plan.session_count) for plan in plans} == {("LEGS", 5), ("ARMS", 3)}
	used = world.receive(
		patient, {"service": laser, "area": "ARMS", "action": "Use Purchased", "quantity": 1}
	)
	assert bill(site, used).lines[0].entitlement == bought["ARMS"]["name"]


@pytest.mark.parametrize(
	("area", "says"), [(None, "Choose the body area: Legs, Arms"), ("X", "no body area X")]
)
def test_an_area_is_needed_where_there_are_areas(world, laser, area, says):
	with pytest.raises(InvalidInputError, match=says):
		world.receive(world.patient(), {"service": laser, "area": area})


def test_a_touch_up_is_free_within_the_days_and_no_performance_itself(site, world, laser):
	patient = world.patient()
	touch_up = {"service": laser, "area": "LEGS", "is_touch_up": 1}
	with pytest.raises(InvalidInputError, match="not performed"):
		world.receive(patient, touch_up)
	first = world.receive(patient, {"service": laser, "area": "LEGS"})["reception"]
	with pytest.raises(InvalidInputError, match="not performed"):
		world.receive(patient, {**touch_up, "area": "ARMS"})
	today = site.utils.getdate()
	days_ago = today - datetime.timedelta(days=10)
	site.db.set_value("Clinic Reception", first, "posted_at", f"{days_ago} 10:00:00")
	left = entitlements.open_for(patient)[0]["left"]
	made = world.receive(patient, touch_up)
	line = bill(site, made).lines[0]
	assert (line.is_touch_up, line.patient_share, line.total) == (1, 0, 0)
	assert not world.entries(made["reception"])
	assert entitlements.open_for(patient)[0]["left"] == left
	assert performed.last_performed(patient, [laser]) == {(laser, "LEGS"): days_ago}
	site.db.set_value(
		"Clinic Reception", first, "posted_at", f"{today - datetime.timedelta(days=15)} 10:00:00"
	)
	with pytest.raises(InvalidInputError, match="until"):
		world.receive(patient, touch_up)


def test_what_a_proforma_promised_is_billed_once(site, world, insured):
	patient, service, _contracts, _insurers = insured
	promised = proformas.create([{"service": service, "quantity": 1}], world.branch, patient)
	site.db.set_value("Clinic Service", service, "amount", 5 * PRICE)
	lines = proformas.lines_for(promised.name, patient, site.utils.getdate())
	wanted = [{field: line[field] for field in ("service", "proforma", "proforma_line")} for line in lines]
	with pytest.raises(InvalidInputError, match="twice"):
		world.receive(patient, wanted[0], wanted[0])
	made = world.receive(patient, *wanted)
	assert made["patient_share"] == lines[0]["quote"]["patient_share"]
	assert site.db.get_value("Clinic Proforma", promised.name, ["status", "used_by"]) == (
		"Used",
		made["reception"],
	)
	with pytest.raises(InvalidInputError, match="already used"):
		world.receive(patient, *wanted)
	receptions.cancel(made["reception"], "mistake")
	assert site.db.get_value("Clinic Proforma", promised.name, "status") == "Issued"


def test_who_helped_is_kept_on_the_line(site, world):
	helper = world._master(
		"Clinic Practitioner", practitioner_name="Helper", kind="Operator", department=world.department
	)
	made = world.receive(
		world.patient(), {"service": world.visit_service, "technician": helper, "assistant": helper}
	)
	line = bill(site, made).lines[0]
	assert (line.technician, line.assistant) == (helper, helper)


def test_many_lines_cost_no_more_queries(site, world, insured, count_queries):
	patient, service, _contracts, _insurers = insured

	def spent(count):
		with count_queries() as queries:
			world.receive(patient, *[service] * count, submit=False)
		return sum("select" in query[:20].lower() for query in queries)

	spent(1)
	assert spent(12) == spent(2)


def test_what_a_backup_is_checked_for_holds(site, world, insured):
	patient, service, _contracts, _insurers = insured
	made = world.receive(patient, service)
	restored = Restored(site)
	checks = {check.code: check for check in backup_checks.run(restored)}
	assert not [f for f in checks["insurer_figures"].findings if made["reception_no"] in map(str, f.params)]
	site.db.set_value("Clinic Reception", made["reception"], "insurer_share", 1)
	checks = {check.code: check for check in backup_checks.run(restored)}
	assert [f for f in checks["insurer_figures"].findings if made["reception_no"] in map(str, f.params)]


class Restored:
	"""This site, as a backup is read."""

	def __init__(self, frappe):
		self.frappe = frappe

	def rows(self, query):
		return query.run(as_dict=True)

	stream = rows

	def has(self, doctype):
		return True

	def count(self, doctype):
		return self.frappe.db.count(doctype)
