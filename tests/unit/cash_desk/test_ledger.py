"""Vouchers: they balance, mirrors cancel, rounded parts add up."""

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal

import pytest
from clinic_reception.cash_desk import ledger
from clinic_reception.cash_desk.ledger import Entry, MoneyLine, SaleLine, about
from hypothesis import given
from hypothesis import strategies as st

MONEY = st.integers(min_value=0, max_value=10**12).map(Decimal)
POSITIVE = st.integers(min_value=1, max_value=10**12).map(Decimal)
ABOUT = about(patient="p1", reception="r1", legal_entity="MAIN")


def by_account(entries: list[Entry]) -> dict[str, Decimal]:
	sums = defaultdict(Decimal)
	for e in entries:
		sums[e.account] += e.amount
	return dict(sums)


@st.composite
def sale_lines(draw):
	"""Any line the price function can make: its identity holds, whatever the parts are."""
	contract_total = draw(MONEY)
	included = draw(st.booleans())
	discount = draw(st.integers(0, int(contract_total)).map(Decimal))
	net = contract_total - discount
	tax = draw(st.integers(0, int(net) if included else 10**9).map(Decimal))
	total = net + (0 if included else tax)
	base = draw(st.integers(0, int(total)).map(Decimal))
	supplementary = draw(st.integers(0, int(total - base)).map(Decimal))
	rounded = draw(st.integers(-999, 999).map(Decimal))
	patient = max(Decimal(0), total - base - supplementary + rounded)
	insurers = draw(st.sampled_from([(), (("TAMIN", base),), (("TAMIN", base), ("DANA", supplementary))]))
	line = SaleLine(ABOUT, contract_total, patient, insurers, discount, tax, 0, included)
	return replace(line, performed=draw(st.integers(0, int(line.value)).map(Decimal)))


@given(st.lists(sale_lines(), max_size=6))
def test_a_sale_sums_to_zero_whatever_is_rounded(lines):
	entries = ledger.sale(lines)
	assert sum(e.amount for e in entries) == 0
	sums = by_account(entries)
	assert sums.get("Receivable", 0) == sum(line.patient_share for line in lines)
	assert sums.get("Insurer", 0) == sum(amount for line in lines for _payee, amount in line.insurer_shares)
	assert -sums.get("Unearned", 0) - sums.get("Revenue", 0) == sum(line.value for line in lines)
	assert -sums.get("Tax", 0) == sum(line.tax for line in lines)


def test_each_insurer_owes_its_own_share():
	line = SaleLine(ABOUT, 1000, 100, (("TAMIN", 700), ("DANA", 150)), discount=50, performed=1000)
	entries = ledger.sale([line])
	owed = {e.payee: e.amount for e in entries if e.account == "Insurer"}
	assert owed == {"TAMIN": 700, "DANA": 150}
	assert not any(e.payee for e in entries if e.account != "Insurer")
	assert by_account(entries)["Receivable"] == 100


def test_the_tax_inside_a_price_is_no_revenue():
	line = SaleLine(ABOUT, 1100, 1100, tax=100, tax_included=True)
	sums = by_account(ledger.sale([replace(line, performed=line.value)]))
	assert sums == {"Receivable": 1100, "Unearned": 0, "Tax": -100, "Revenue": -1000}


def test_a_sale_performed_now_leaves_nothing_unearned():
	line = SaleLine(ABOUT, 1000, 950, discount=100, tax=50, performed=1000)
	sums = by_account(ledger.sale([line]))
	assert sums == {"Receivable": 950, "Discount": 100, "Unearned": 0, "Tax": -50, "Revenue": -1000}


def test_what_rounding_costs_is_written_down():
	sums = by_account(ledger.sale([SaleLine(ABOUT, 1234, 1000)]))
	assert sums == {"Receivable": 1000, "Unearned": -1234, "Rounding": 234}


@given(
	st.lists(st.tuples(st.sampled_from(sorted(ledger.ACCOUNT_OF_KIND)), POSITIVE), min_size=1, max_size=5),
	st.data(),
	st.booleans(),
	st.booleans(),
)
def test_a_payment_and_its_refund_sum_to_zero(lines, data, to_deposit, refund):
	money = [MoneyLine(kind, amount) for kind, amount in lines]
	total = sum(amount for _kind, amount in lines)
	part = data.draw(st.integers(0, int(total)).map(Decimal))
	entries = ledger.payment(ABOUT, money, [("r1", part)], "d1" if to_deposit else None, refund=refund)
	assert sum(e.amount for e in entries) == 0
	assert by_account(entries).get("Receivable", 0) == (part if refund else -part)


@given(st.lists(sale_lines(), max_size=4))
def test_a_mirror_cancels_every_account(lines):
	entries = ledger.sale(lines)
	mirrored = ledger.mirror([(f"e{i}", e) for i, e in enumerate(entries)], "mistake")
	assert not any(by_account(entries + mirrored).values())
	assert [m.reverses for m in mirrored] == [f"e{i}" for i in range(len(entries))]
	assert all(m.reason == "mistake" for m in mirrored)


def test_an_unbalanced_voucher_is_refused():
	with pytest.raises(ledger.UnbalancedError):
		ledger.balanced([Entry("Cash", Decimal(1))])
	with pytest.raises(ledger.UnbalancedError):
		ledger.balanced([Entry("Pocket", Decimal(1)), Entry("Cash", Decimal(-1))])
	with pytest.raises(ledger.UnbalancedError):
		ledger.payment(ABOUT, [MoneyLine("Cash", 10)], [("r1", 11)])


@given(MONEY, st.integers(1, 40), st.sampled_from([1, 10, 1000]))
def test_earned_shares_add_up_to_the_value(value, units, step):
	earned = Decimal(0)
	for used in range(1, units + 1):
		part = ledger.earned_share(value, units, used, earned, step)
		earned += part
		if used < units:
			assert earned % step == 0
			assert abs(earned - value * used / units) <= Decimal(step) / 2
	assert earned == value


def test_the_last_session_takes_the_remainder():
	parts, earned = [], Decimal(0)
	for used in (1, 2, 3):
		parts.append(ledger.earned_share(1000, 3, used, earned))
		earned += parts[-1]
	assert parts == [333, 334, 333]
	assert sum(parts) == 1000
