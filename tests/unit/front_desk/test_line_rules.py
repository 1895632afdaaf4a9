"""What a line of a reception must satisfy before it is priced (A10, A11, G07)."""

import datetime
from dataclasses import replace
from decimal import Decimal

import pytest
from clinic_reception.front_desk import line_rules as rules
from clinic_reception.front_desk.line_rules import SoldService, Wish, problem_of
from clinic_reception.front_desk.states import PERFORM_NOW, SELL_FOR_LATER, USE_PURCHASED

PLAIN = SoldService("S1", "Peeling", "SKIN")
AREAS = {"LEGS": "Legs", "ARMS": "Arms"}
LASER = replace(PLAIN, areas=AREAS, area_sessions={"LEGS": 6, "ARMS": 0}, session_count=4, touch_up_days=14)
NOW = Wish(PERFORM_NOW)


def code_of(wish, service=PLAIN):
	problem = problem_of(wish, service)
	return problem.code if problem else None


def test_a_plain_line_is_fine_now_and_later():
	assert code_of(NOW) is None
	assert code_of(Wish(SELL_FOR_LATER, discount_percent=Decimal(100))) is None


@pytest.mark.parametrize(
	("wish", "service", "code"),
	[
		(NOW, None, rules.UNKNOWN_SERVICE),
		(Wish("Give Away"), PLAIN, rules.UNKNOWN_ACTION),
		(NOW, replace(PLAIN, is_active=False), rules.NOT_OFFERED),
		(replace(NOW, quantity=Decimal(0)), PLAIN, rules.QUANTITY_NOT_POSITIVE),
		(replace(NOW, quantity=Decimal("NaN")), PLAIN, rules.QUANTITY_NOT_POSITIVE),
		(replace(NOW, quantity=Decimal(2)), PLAIN, rules.NOT_COUNTABLE),
		(replace(NOW, quantity=Decimal("1.5")), PLAIN, rules.QUANTITY_NOT_WHOLE),
		(NOW, LASER, rules.AREA_MISSING),
		(replace(NOW, area="NOSE"), LASER, rules.AREA_UNKNOWN),
		(replace(NOW, area="LEGS"), PLAIN, rules.NO_AREAS),
		(replace(NOW, discount_percent=Decimal(101)), PLAIN, rules.PERCENT_OUT_OF_RANGE),
		(replace(NOW, discount_percent=Decimal(-1)), PLAIN, rules.PERCENT_OUT_OF_RANGE),
		(replace(NOW, discount_amount=Decimal(-1)), PLAIN, rules.DISCOUNT_NEGATIVE),
		(replace(NOW, discount_percent=Decimal(1), discount_amount=Decimal(1)), PLAIN, rules.TWO_DISCOUNTS),
		(replace(NOW, is_touch_up=True), PLAIN, rules.NO_TOUCH_UP),
		(Wish(SELL_FOR_LATER, area="LEGS", is_touch_up=True), LASER, rules.TOUCH_UP_LATER),
		(Wish(USE_PURCHASED, quantity=Decimal(0)), PLAIN, rules.QUANTITY_NOT_POSITIVE),
	],
)
def test_what_cannot_be_sold_is_refused(wish, service, code):
	assert code_of(wish, service) == code


@pytest.mark.parametrize("field", ["discount_percent", "discount_amount"])
def test_no_discount_on_a_fixed_amount(field):
	fixed = replace(PLAIN, is_fixed_amount=True)
	assert code_of(replace(NOW, **{field: Decimal(1)}), fixed) == rules.FIXED_AMOUNT
	assert code_of(NOW, fixed) is None


def test_countable_services_and_courses_are_sold_several_at_once():
	assert code_of(replace(NOW, quantity=Decimal("2.5")), replace(PLAIN, is_countable=True)) is None
	assert code_of(replace(NOW, quantity=Decimal(3)), replace(PLAIN, is_session_based=True)) is None


def test_using_a_purchase_asks_for_no_area_and_no_offer():
	assert code_of(Wish(USE_PURCHASED), replace(LASER, is_active=False)) is None


def test_a_touch_up_is_one_at_a_time():
	many = replace(NOW, area="LEGS", is_touch_up=True, quantity=Decimal(2))
	assert code_of(many, replace(LASER, is_countable=True)) == rules.TOUCH_UP_ONE
	assert code_of(replace(many, quantity=Decimal(1)), LASER) is None


def test_sessions_of_an_area_go_first():
	assert [LASER.sessions_of(area) for area in ("LEGS", "ARMS", None)] == [6, 4, 4]
	assert PLAIN.sessions_of(None) == 1


@pytest.mark.parametrize(("days", "code"), [(0, None), (14, None), (15, rules.TOUCH_UP_TOO_LATE)])
def test_a_touch_up_is_free_until_its_last_day(days, code):
	last = datetime.date(2026, 11, 1)
	problem = rules.problem_of_touch_up(LASER, last, last + datetime.timedelta(days=days))
	assert (problem.code if problem else None) == code


def test_no_touch_up_without_a_performance():
	problem = rules.problem_of_touch_up(LASER, None, datetime.date(2026, 11, 1))
	assert problem.code == rules.TOUCH_UP_NEVER_PERFORMED
