"""What a contract and a patient's coverages must satisfy."""

import datetime

import pytest
from clinic_core.service_catalog.price_levels import contract_checks as checks
from clinic_core.service_catalog.price_levels.contract_checks import Problem, ServiceFacts

DAY = datetime.date(2026, 11, 22)
BEFORE = datetime.date(2026, 11, 21)
SERVICES = {"laser": ServiceFacts(False, {"face": "Face"}), "visit": ServiceFacts(True)}


def item(**fields):
	return {"applies_to": "Service", "service": "laser", "pricing_method": "List Price", **fields}


def found(*items, k=(), **head):
	contract = {"kind": "Normal", "valid_from": DAY, "items": list(items), "k_values": list(k), **head}
	return checks.problems(contract, SERVICES)


def test_a_contract_without_a_flaw():
	everything = {"applies_to": "All Services", "pricing_method": "Percent of List", "percent_of_list": 80}
	assert found(item(), item(area="face"), everything) == []


@pytest.mark.parametrize(
	("head", "problem"),
	[
		({"valid_to": BEFORE}, Problem("valid_to", checks.BEFORE_START)),
		({"kind": "Insurer"}, Problem("insurer", checks.REQUIRED)),
		({"kind": "Corporate"}, Problem("insurer", checks.REQUIRED)),
		({"insurer_percent": 101}, Problem("insurer_percent", checks.PERCENT)),
		({"insurer_percent": -1}, Problem("insurer_percent", checks.PERCENT)),
		({"outpatient_insurer_percent": 100.5}, Problem("outpatient_insurer_percent", checks.PERCENT)),
		({"insurer_ceiling": -1}, Problem("insurer_ceiling", checks.NOT_NEGATIVE)),
	],
)
def test_what_is_wrong_with_the_contract(head, problem):
	assert found(item(), **head) == [problem]


@pytest.mark.parametrize(
	("row", "field", "code"),
	[
		(item(service=""), "service", checks.REQUIRED),
		(item(area="arm"), "area", checks.UNKNOWN_AREA),
		({"applies_to": "Department"}, "department", checks.REQUIRED),
		({"applies_to": "Code", "code_prefix": " "}, "code_prefix", checks.REQUIRED),
		(item(amount=-1, pricing_method="Fixed Price"), "amount", checks.NOT_NEGATIVE),
		(item(insurer_ceiling=-1), "insurer_ceiling", checks.NOT_NEGATIVE),
		(item(pricing_method="Percent of List"), "percent_of_list", checks.REQUIRED),
		(item(insurer_percent=150), "insurer_percent", checks.PERCENT),
		(item(share_method="Amount"), "insurer_amount", checks.REQUIRED),
		(item(pricing_method="Relative Value"), "professional_units", checks.NO_UNITS),
		(
			item(pricing_method="Fixed Price", amount=5, share_method="Amount", insurer_amount=6),
			"insurer_amount",
			checks.MORE_THAN_PRICE,
		),
		(
			{"applies_to": "All Services", "pricing_method": "Fixed Price", "amount": 5},
			"pricing_method",
			checks.ONLY_FOR_SERVICE,
		),
	],
)
def test_what_is_wrong_with_a_line(row, field, code):
	k = [{"valid_from": DAY, "professional_k": 1}]
	assert found(item(service="visit"), row, k=k) == [Problem(field, code, "items", 2)]


def test_a_target_stands_once():
	assert found(item(), item(pricing_method="Percent of List", percent_of_list=5)) == [
		Problem("service", checks.TWICE, "items", 2)
	]
	everything = {"applies_to": "All Services"}
	assert found(everything, everything) == [Problem("applies_to", checks.TWICE, "items", 2)]


def test_relative_value_needs_units_and_k():
	row = item(service="visit", pricing_method="Relative Value")
	assert found(row) == [Problem("pricing_method", checks.NO_K, "items", 1)]
	k = [{"valid_from": DAY, "professional_k": 1}]
	assert found(row, k=k) == []
	assert found(item(pricing_method="Relative Value", technical_units=2), k=k) == []
	assert found({"applies_to": "All Services", "pricing_method": "Relative Value"}, k=k) == []


def test_what_is_wrong_with_k():
	rows = [
		{"valid_from": DAY, "professional_k": 1},
		{"valid_from": DAY, "technical_k": 1},
		{"valid_from": BEFORE, "professional_k": 2, "technical_k": -1},
		{"valid_from": None, "professional_k": 2},
		{"valid_from": BEFORE - datetime.timedelta(days=9)},
	]
	assert found(k=rows) == [
		Problem("valid_from", checks.TWICE, "k_values", 2),
		Problem("technical_k", checks.NOT_NEGATIVE, "k_values", 3),
		Problem("valid_from", checks.REQUIRED, "k_values", 4),
		Problem("professional_k", checks.REQUIRED, "k_values", 5),
	]


KINDS = {"tamin": "Basic Insurer", "dana": "Supplementary Insurer", "oil": "Company"}


def coverage(kind="Insurer", insurer="tamin", **fields):
	return {"kind": kind, "insurer": insurer, **fields}


@pytest.mark.parametrize(
	("row", "field", "code"),
	[
		(coverage(insurer=None), "insurer", checks.REQUIRED),
		(coverage(insurer="oil"), "insurer", checks.NO_INSURER),
		(coverage("Corporate", "tamin"), "insurer", checks.NO_COMPANY),
		(coverage(is_supplementary=1), "insurer", checks.NOT_SUPPLEMENTARY),
		(coverage("VIP", None, is_supplementary=1), "is_supplementary", checks.ONLY_FOR_INSURER),
		(coverage(valid_from=DAY, valid_to=BEFORE), "valid_to", checks.BEFORE_START),
	],
)
def test_what_is_wrong_with_a_coverage(row, field, code):
	assert checks.coverage_problems([row], KINDS) == [Problem(field, code, "coverages", 1)]


def test_a_coverage_is_given_once_at_a_time():
	earlier = coverage(valid_to=BEFORE)
	assert checks.coverage_problems([earlier, coverage(valid_from=DAY)], KINDS) == []
	assert checks.coverage_problems([coverage(), earlier], KINDS) == [
		Problem("insurer", checks.TWICE, "coverages", 2)
	]
	both = [coverage(), coverage(insurer="dana", is_supplementary=1), coverage("VIP", None)]
	assert checks.coverage_problems(both, KINDS) == []
