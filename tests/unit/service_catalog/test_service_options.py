"""Options of a service that mean something for each other: online payment, shares, practical work."""

import pytest
from clinic_core.service_catalog.definition.checks import Problem, online_payment, practical_work, problems

GOOD = {"amount": 1000, "duration_minutes": 30}


@pytest.mark.parametrize(
	("change", "field", "code"),
	[
		({"pay_online": 1}, "pay_online", "needs_online_booking"),
		({"marketer_percent": 40, "referrer_percent": 40, "deduction_percent": 21}, "marketer_percent", "shares_above_whole"),
		({"deduction_percent": 60, "marketer_percent": 41}, "deduction_percent", "shares_above_whole"),
		({"deduction_amount": 1001}, "deduction_amount", "deduction_above_amount"),
		({"deduction_amount": -1}, "deduction_amount", "not_negative"),
		({"reminder_days": -1}, "reminder_days", "not_negative"),
		({"touch_up_days": -1}, "touch_up_days", "not_negative"),
		({"professional_units": -0.5}, "professional_units", "not_negative"),
	],
)  # fmt: skip
def test_what_is_wrong_is_named(change, field, code):
	assert problems(GOOD | change) == [Problem(field, code)]


@pytest.mark.parametrize(
	("deposit", "areas", "expected"),
	[
		(1000, [], []),
		(1001, [], ["deposit_above_amount"]),
		(0, [], ["positive"]),
		(None, [], ["positive"]),
		(1500, [{"amount": 2000}], []),
		(2001, [{"amount": 2000}, {"amount": None}], ["deposit_above_amount"]),
	],
)
def test_a_deposit_is_part_of_the_dearest_price(deposit, areas, expected):
	online = {"bookable_online": 1, "pay_online": 1, "online_payment_mode": "Deposit"}
	found = problems(GOOD | online | {"online_deposit": deposit, "areas": areas})
	assert [problem.code for problem in found] == expected


def test_shares_may_take_the_whole_but_no_more():
	assert problems(GOOD | {"marketer_percent": 50, "referrer_percent": 30, "deduction_percent": 20}) == []


@pytest.mark.parametrize(
	("service", "mode", "deposit"),
	[
		({"pay_online": 1}, "Full Amount", 0),
		({"pay_online": 1, "online_payment_mode": "At the Clinic", "online_deposit": 5}, "At the Clinic", 0),
		({"pay_online": 1, "online_payment_mode": "Deposit", "online_deposit": 5}, "Deposit", 5),
		({"pay_online": 0, "online_payment_mode": "Deposit", "online_deposit": 5}, "", 0),
	],
)
def test_online_payment_is_brought_in_line(service, mode, deposit):
	assert online_payment(service) == {"online_payment_mode": mode, "online_deposit": deposit}


@pytest.mark.parametrize(
	("outpatient", "practical", "was_outpatient", "was_practical", "expected"),
	[
		(1, 0, None, None, True),
		(0, 1, None, None, True),
		(0, 0, None, None, False),
		(1, 0, 0, 0, True),
		(0, 1, 0, 0, True),
		(0, 1, 1, 1, False),
		(1, 0, 1, 1, False),
		(1, 1, 1, 1, True),
		(0, 0, 1, 1, False),
		(1, 0, 1, 0, True),  # as an import of before left it
	],
)
def test_the_one_that_was_changed_wins(outpatient, practical, was_outpatient, was_practical, expected):
	now = {"is_outpatient_procedure": outpatient, "is_practical_work": practical}
	before = {"is_outpatient_procedure": was_outpatient, "is_practical_work": was_practical}
	assert practical_work(now, before if was_outpatient is not None else None) is expected
