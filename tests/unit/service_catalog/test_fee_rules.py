"""Several visits on one fee (F18)."""

import datetime
from decimal import Decimal

import pytest
from clinic_core.service_catalog import pricing
from clinic_core.service_catalog.quoting import price_parts as parts
from clinic_core.service_catalog.quoting.fee_rules import Covered, FeeVisit, covered
from clinic_core.service_catalog.quoting.price_parts import Terms

PAID = datetime.date(2026, 5, 1)


def day(number):
	return PAID + datetime.timedelta(days=number)


def visits(*rows):
	return [FeeVisit(day(n), is_covered, who) for n, is_covered, who in rows]


@pytest.mark.parametrize(
	("past", "on", "number"),
	[
		([], 0, None),
		([(0, False, "DR")], 14, 2),
		([(0, False, "DR")], 15, None),
		([(0, False, "DR")], -1, None),
		([(0, False, "DR"), (3, True, "DR")], 10, 3),
		([(0, False, "DR"), (3, True, "DR"), (5, True, "DR")], 10, None),
		# Who pays again begins anew.
		([(0, False, "DR"), (3, True, "DR"), (5, True, "DR"), (6, False, "DR")], 10, 2),
		# Each practitioner has his own fee.
		([(0, False, "OTHER")], 5, None),
		([(0, False, None)], 5, 2),
		([(0, False, "DR"), (2, False, "OTHER")], 5, 2),
	],
)
def test_the_last_paid_visit_covers_those_after_it(past, on, number):
	found = covered(visits(*past), 3, 14, day(on), "DR")
	assert (found and found.number) == number


def test_without_a_practitioner_any_visit_counts_and_without_a_rule_none():
	assert covered(visits((0, False, "DR")), 3, 14, day(5)).until == day(14)
	assert covered(visits((0, False, "DR")), 1, 14, day(5)) is None
	assert covered(visits((0, False, "DR")), 3, 0, day(5)) is None


def test_two_lines_at_once_do_not_both_take_the_last_visit():
	past = visits((0, False, "DR"), (3, True, "DR"))
	assert covered(past, 3, 14, day(5), "DR").number == 3
	assert covered(past, 3, 14, day(5), "DR", besides=1) is None


def test_what_is_covered_costs_nobody_anything_and_says_what_it_would_have():
	paid = Covered(PAID, 2, 3, day(14))
	quote = pricing.quote(Terms(Decimal(500), tax_percent=Decimal(9), covered=paid), discount_percent=10)
	assert quote.patient_share == quote.total == quote.tax == quote.discount == 0
	[line] = quote.lines
	assert line.code == parts.FEE_COVERED
	assert (line.params["unit_price"], line.params["number"], line.params["until"]) == (500, 2, day(14))
