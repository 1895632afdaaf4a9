"""Which debt is paid, which part a refund takes back."""

from decimal import Decimal

import pytest
from clinic_reception.cash_desk import allocation
from hypothesis import given
from hypothesis import strategies as st

AMOUNT = st.integers(0, 10**9).map(Decimal)


@given(AMOUNT, st.lists(AMOUNT, max_size=8))
def test_payments_never_pay_more_than_is_owed_and_lose_nothing(amount, debts):
	plan = allocation.pay_debts(amount, [(f"r{i}", d) for i, d in enumerate(debts)])
	paid = dict(plan.allocations)
	assert all(0 < paid[name] <= debts[int(name[1:])] for name in paid)
	assert sum(paid.values()) + plan.rest == amount
	assert plan.rest == max(Decimal(0), amount - sum(debts))


def test_the_oldest_debt_is_paid_first():
	plan = allocation.pay_debts(Decimal(150), [("old", Decimal(100)), ("new", Decimal(100))])
	assert plan.allocations == [("old", 100), ("new", 50)]


@given(AMOUNT, st.lists(AMOUNT, max_size=5), AMOUNT, AMOUNT)
def test_a_refund_takes_back_no_more_than_was_paid(amount, parts, kept, credit_now):
	paid = {f"r{i}": part for i, part in enumerate(parts)}
	plan = allocation.take_back(amount, paid, kept, credit_now)
	assert plan.rest <= min(kept, credit_now)
	assert all(part <= paid[name] for name, part in plan.allocations)
	assert sum(dict(plan.allocations).values()) + plan.rest == min(
		amount, sum(parts) + min(amount, kept, credit_now)
	)


def test_a_refund_uses_credit_first_and_reopens_the_last_debt():
	plan = allocation.take_back(
		Decimal(120), {"a": Decimal(100), "b": Decimal(100)}, Decimal(50), Decimal(30)
	)
	assert plan.rest == 30
	assert plan.allocations == [("b", 90)]


@pytest.mark.parametrize(
	("amount", "available", "refunded", "status"),
	[
		(100, 100, 0, "Received"),
		(100, 40, 0, "Partly Applied"),
		(100, 0, 0, "Applied"),
		(100, 0, 100, "Refunded"),
		(100, 0, 40, "Refunded"),
	],
)
def test_the_state_of_a_deposit(amount, available, refunded, status):
	assert allocation.deposit_status(Decimal(amount), Decimal(available), Decimal(refunded)) == status


def test_counting_the_till_names_what_was_forgotten():
	differences, missing = allocation.count_differences(
		{"CASH": Decimal(100), "CARD": Decimal(50)}, {"CASH": Decimal(90), "BOX": Decimal(5)}
	)
	assert differences == {"CASH": -10, "CARD": -50, "BOX": 5}
	assert missing == ["CARD"]
