"""What performed work earns its people: the parts add up to the Rial (A15–A18, A65–A68, F33)."""

from dataclasses import replace
from decimal import Decimal
from itertools import product

import pytest
from clinic_core.service_catalog import performance
from clinic_core.service_catalog.performance import (
	PARTS,
	ROLES,
	PerformanceError,
	Person,
	Share,
	Work,
	perform,
)
from hypothesis import given
from hypothesis import strategies as st

MONEY = st.integers(0, 10**11).map(Decimal)


def hundredths(most):
	"""Percents with two decimals, 0 to `most`."""
	return st.integers(0, int(most * 100)).map(lambda number: Decimal(number) / 100)


PERCENT = hundredths(100)


def percent(value):
	return Share(percent=Decimal(str(value)))


def per_unit(value):
	return Share(amount=Decimal(value))


def people(*shares):
	return {role: Person(role.lower(), share) for role, share in zip(ROLES, shares, strict=False) if share}


def parts(work):
	found = perform(work)
	return tuple(int(found[code]) for code in PARTS)


def work(basis, *shares, **rest):
	return Work(Decimal(basis), people=people(*shares), **rest)


@pytest.mark.parametrize(
	("given", "expected"),
	[
		# deduction, marketer, referrer, practitioner, technician, assistant, centre
		(work(1_000_000), (0, 0, 0, 0, 0, 0, 1_000_000)),
		(work(1_000_000, percent(40)), (0, 0, 0, 400_000, 0, 0, 600_000)),
		(work(1_000_000, percent(40), deduction=Decimal(100_000)), (100_000, 0, 0, 360_000, 0, 0, 540_000)),
		(work(1_000_000, percent(50), percent(30), percent(20)), (0, 0, 0, 500_000, 300_000, 200_000, 0)),
		(work(1_000_000, per_unit(70_000), quantity=Decimal(3)), (0, 0, 0, 210_000, 0, 0, 790_000)),
		(work(1_000, per_unit(700), per_unit(700)), (0, 0, 0, 500, 500, 0, 0)),
		(work(1_000, per_unit(900), percent(50)), (0, 0, 0, 643, 357, 0, 0)),
		(work(100, percent(40), deduction=Decimal(500)), (100, 0, 0, 0, 0, 0, 0)),
		(work(1, percent("33.34"), percent("33.33"), percent("33.33")), (0, 0, 0, 1, 0, 0, 0)),
		(work(10, percent("33.3")), (0, 0, 0, 3, 0, 0, 7)),
		(work(0, percent(50)), (0, 0, 0, 0, 0, 0, 0)),
		(work(500_000, percent(50), counts=False), (0, 0, 0, 0, 0, 0, 500_000)),
	],
)
def test_the_parts_of_a_line(given, expected):
	assert parts(given) == expected


@pytest.mark.parametrize(("marketer", "referrer"), list(product((False, True), repeat=2)))
def test_marketer_and_referrer_take_only_when_there_is_one(marketer, referrer):
	given = work(
		1_000_000,
		percent(50),
		deduction=Decimal(200_000),
		marketer_percent=Decimal(10),
		referrer_percent=Decimal(5),
		marketer=marketer,
		referrer=referrer,
	)
	first, second = 80_000 * marketer, 40_000 * referrer
	half = (800_000 - first - second) // 2
	assert parts(given) == (200_000, first, second, half, 0, 0, half)


def test_deductions_come_before_the_shares():
	"""A18: the percent is of what is left, not of the whole."""
	taken = work(1_000_000, percent(40), deduction=Decimal(500_000))
	assert perform(taken)["practitioner"] == 200_000


WRONG = [
	(work(-1), performance.AMOUNT_NEGATIVE),
	(work(1, deduction=Decimal(-1)), performance.AMOUNT_NEGATIVE),
	(work(1, quantity=Decimal(0)), performance.QUANTITY_NOT_POSITIVE),
	(work(1, quantity=Decimal("NaN")), performance.QUANTITY_NOT_POSITIVE),
	(work(1, marketer_percent=Decimal(101)), performance.PERCENT_OUT_OF_RANGE),
	(work(1, referrer_percent=Decimal("-0.01")), performance.PERCENT_OUT_OF_RANGE),
	(work(1, marketer_percent=Decimal(60), referrer_percent=Decimal(41)), performance.PARTS_EXCEED_WHOLE),
	(work(1, percent(101)), performance.PERCENT_OUT_OF_RANGE),
	(work(1, percent(-1)), performance.PERCENT_OUT_OF_RANGE),
	(work(1, per_unit(-1)), performance.AMOUNT_NEGATIVE),
	(work(1, Share()), performance.BOTH_OR_NEITHER),
	(work(1, Share(Decimal(1), Decimal(1))), performance.BOTH_OR_NEITHER),
	(work(1, percent(60), percent("40.01")), performance.PARTS_EXCEED_WHOLE),
	(work(1, percent(60), percent(20), percent(21)), performance.PARTS_EXCEED_WHOLE),
]


@pytest.mark.parametrize(("given", "code"), WRONG)
def test_what_cannot_be_shared_out_is_refused_by_its_code(given, code):
	with pytest.raises(PerformanceError) as refused:
		perform(given)
	assert refused.value.code == code


def test_each_part_says_why():
	given = work(1_000, percent(40), None, per_unit(100), marketer_percent=Decimal(10), marketer=True)
	given = replace(given, people={**given.people, "Technician": Person("T-1")})
	why = {line.code: line.params for line in perform(given).lines}
	assert why["practitioner"]["reason"] == performance.PERCENT_OF
	assert (why["practitioner"]["percent"], why["practitioner"]["of"]) == (40, 900)
	assert why["technician"] == {"person": "T-1", "reason": performance.NO_SHARE}
	assert (why["assistant"]["reason"], why["assistant"]["amount"]) == (performance.PER_UNIT, 100)
	assert why["marketer"] == {"reason": performance.PERCENT_OF, "percent": 10, "of": 1_000}
	assert why["referrer"] == {"reason": performance.NOBODY}
	assert [line.code for line in perform(given).lines] == ["basis", *PARTS]


def test_a_service_that_does_not_count_says_so_in_every_part():
	lines = perform(work(1_000, percent(50), counts=False)).lines
	assert {line.params["reason"] for line in lines[1:]} == {performance.NOT_COUNTED}


@st.composite
def works(draw):
	"""Any line: percents of the roles together at most 100, amounts of any size."""
	left, chosen = Decimal(100), {}
	for role in draw(st.permutations(ROLES)):
		kind = draw(st.sampled_from(["nobody", "no share", "percent", "amount"]))
		if kind == "percent":
			rate = draw(hundredths(left))
			left -= rate
			chosen[role] = Person(role, Share(percent=rate))
		elif kind == "amount":
			chosen[role] = Person(role, Share(amount=draw(MONEY)))
		elif kind == "no share":
			chosen[role] = Person(role)
	marketer = draw(PERCENT)
	return Work(
		basis=draw(MONEY),
		quantity=Decimal(draw(st.integers(1, 500))) / 10,
		deduction=draw(MONEY),
		marketer_percent=marketer,
		referrer_percent=draw(hundredths(100 - marketer)),
		marketer=draw(st.booleans()),
		referrer=draw(st.booleans()),
		counts=draw(st.booleans()),
		people=chosen,
	)


@given(works())
def test_the_parts_add_up_to_the_rial_and_none_is_negative(given):
	found = perform(given)
	assert sum(found.parts.values()) == given.basis
	assert all(amount >= 0 and amount == amount.to_integral_value() for amount in found.parts.values())
	assert {line.code: line.amount for line in found.lines[1:]} == found.parts


@given(works())
def test_the_same_work_earns_the_same(given):
	assert perform(given) == perform(given)


@given(works(), MONEY)
def test_who_took_no_part_earns_nothing_and_a_larger_deduction_never_earns_more(given, more):
	before = perform(given)
	after = perform(replace(given, deduction=given.deduction + more))
	for role in ROLES:
		if role not in given.people:
			assert before[role.lower()] == 0
	earned = [sum(found[role.lower()] for role in ROLES) for found in (before, after)]
	assert earned[1] <= earned[0] + len(ROLES)  # rounding moves single Rials between the parts


@given(MONEY, PERCENT)
def test_a_percent_alone_is_within_a_rial_of_itself(basis, rate):
	earned = perform(work(int(basis), Share(percent=rate)))["practitioner"]
	assert abs(earned - basis * rate / 100) < 1
