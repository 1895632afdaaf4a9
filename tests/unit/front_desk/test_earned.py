"""What each use of a purchase earns: the parts add up to the sale (A18)."""

from decimal import Decimal

import pytest
from clinic_reception.front_desk.performance.earned import Earning, Sale, basis_of, of_uses, sold, split
from hypothesis import given
from hypothesis import strategies as st

MONEY = st.integers(0, 10**10).map(Decimal)


def line(**values):
	plain = dict.fromkeys(("contract_adjustment", "discount", "tax", "tax_included", "deduction"), 0)
	return {**plain, "contract": None, **values}


@pytest.mark.parametrize(
	("values", "expected"),
	[
		({"list_total": 1000}, 1000),
		({"list_total": 1000, "contract_adjustment": -300}, 700),
		({"list_total": 1000, "contract_adjustment": 300, "discount": 100}, 1200),
		({"list_total": 1000, "tax": 90}, 1000),
		({"list_total": 1090, "tax": 90, "tax_included": 1}, 1000),
		({"list_total": 1000, "discount": 1000}, 0),
		({"list_total": 0}, 0),
	],
)
def test_the_basis_is_the_work_itself_without_tax(values, expected):
	assert basis_of(line(**values)) == expected


def test_a_line_sold_and_performed_in_one_earns_its_basis():
	assert sold(line(list_total=1000, deduction=100, contract="VIP")) == Earning(1000, 100, "VIP")


def test_each_session_earns_its_part_and_the_last_the_remainder():
	sale = Sale(value=Decimal(1000), basis=Decimal(800), deduction=Decimal(100), contract="VIP")
	uses = [("A", Decimal(333)), ("B", Decimal(334)), ("C", Decimal(333))]
	found = of_uses(sale, uses)
	assert [found[name].basis for name in "ABC"] == [266, 268, 266]
	assert {earning.contract for earning in found.values()} == {"VIP"}


def test_a_purchase_that_was_worth_nothing_earns_nothing():
	assert of_uses(Sale(Decimal(0), Decimal(0), Decimal(0)), [("A", Decimal(0))])["A"].basis == 0


@st.composite
def sales(draw):
	"""A purchase and uses that add up to its value."""
	parts = draw(st.lists(st.integers(0, 10**9), min_size=1, max_size=8))
	basis = draw(MONEY)
	deduction = min(draw(MONEY), basis)
	uses = [(str(index), Decimal(part)) for index, part in enumerate(parts)]
	return Sale(Decimal(sum(parts)), basis, deduction), uses


@given(sales())
def test_the_parts_add_up_to_the_sale(given):
	sale, uses = given
	found = of_uses(sale, uses).values()
	assert sum(earning.basis for earning in found) == (sale.basis if sale.value else 0)
	assert all(0 <= earning.deduction <= earning.basis for earning in found)
	assert all(earning.basis >= 0 for earning in found)


@given(MONEY, MONEY, st.lists(st.integers(1, 20).map(Decimal), min_size=1, max_size=5))
def test_lines_that_share_a_purchase_share_its_earning(basis, deduction, quantities):
	parts = split(Earning(basis, min(deduction, basis)), quantities)
	assert sum(part.basis for part in parts) == basis
	assert all(0 <= part.deduction <= part.basis for part in parts)
