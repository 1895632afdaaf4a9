"""The price function: what it costs adds up, whatever is asked (A10, A11, `design.md` §4.4)."""

from decimal import Decimal

import pytest
from clinic_core.service_catalog.pricing import PricingError, Terms, quote
from clinic_core.service_catalog.quoting import price_parts as parts
from hypothesis import given
from hypothesis import strategies as st

AMOUNT = st.decimals(0, 10**9, places=0) | st.decimals(0, 10**6, places=2)
PERCENT = st.decimals(0, 100, places=2)
STEP = st.sampled_from([1, 10, 500, 1000, 10000])
COUNT = st.integers(1, 50) | st.decimals("0.1", 20, places=1)


def countable(amount, tax=0):
	return Terms(Decimal(amount), Decimal(tax), is_countable=True)


@pytest.mark.parametrize(
	("amount", "tax", "count", "discount", "step", "expected"),
	[
		# list total, discount, tax, rounding, patient
		(1_000_000, 0, 1, 0, 1, (1_000_000, 0, 0, 0, 1_000_000)),
		(1_000_000, 10, 1, 0, 1, (1_000_000, 0, 100_000, 0, 1_100_000)),
		(1_000_000, 10, 2, 50, 1, (2_000_000, 1_000_000, 100_000, 0, 1_100_000)),
		(1_234_567, 9, 1, 0, 1000, (1_234_567, 0, 111_111, 322, 1_346_000)),
		(1_234_400, 0, 1, 0, 1000, (1_234_400, 0, 0, -400, 1_234_000)),
		(500, 0, 1, 0, 1000, (500, 0, 0, 500, 1000)),
		(499, 0, 1, 0, 1000, (499, 0, 0, -499, 0)),
		(1_000_000, 10, 1, 100, 1000, (1_000_000, 1_000_000, 0, 0, 0)),
		(0, 10, 1, 0, 1, (0, 0, 0, 0, 0)),
		(333, 0, "1.5", "33.33", 1, (500, 167, 0, 0, 333)),
	],
)
def test_cases(amount, tax, count, discount, step, expected):
	result = quote(countable(amount, tax), count, discount, rounding_step=step)
	assert (
		result.list_total,
		result.discount,
		result.tax,
		result.rounding,
		result.patient_share,
	) == expected


@given(AMOUNT, PERCENT, COUNT, PERCENT, STEP)
def test_the_parts_add_up_and_nothing_is_negative(amount, tax, count, discount, step):
	result = quote(countable(amount, tax), count, discount, rounding_step=step)
	assert result.list_total - result.discount + result.tax + result.rounding == result.total
	assert result.insurer_share + result.patient_share == result.total
	assert sum(line.amount for line in result.lines) == result.total
	for part in (result.list_total, result.discount, result.tax, result.patient_share):
		assert part >= 0
		assert part == part.to_integral_value()
	assert result.patient_share % step == 0
	assert abs(result.rounding) * 2 <= step


@given(AMOUNT, PERCENT, COUNT, PERCENT, PERCENT, STEP)
def test_more_discount_never_costs_more(amount, tax, count, one, other, step):
	low, high = sorted([one, other])
	terms = countable(amount, tax)
	assert (
		quote(terms, count, high, rounding_step=step).total
		<= quote(terms, count, low, rounding_step=step).total
	)


@given(AMOUNT, PERCENT, st.integers(1, 50), PERCENT, STEP)
def test_more_of_a_service_never_costs_less(amount, tax, count, discount, step):
	terms = countable(amount, tax)
	assert (
		quote(terms, count + 1, discount, rounding_step=step).total
		>= quote(terms, count, discount, rounding_step=step).total
	)


@pytest.mark.parametrize("is_countable", [True, False])
@pytest.mark.parametrize("is_session_based", [True, False])
@pytest.mark.parametrize("is_fixed_amount", [True, False])
@pytest.mark.parametrize("count", ["-1", "0", "0.5", "1", "1.5", "2", "nan", "inf"])
@pytest.mark.parametrize("discount", ["-1", "0", "10", "100", "100.01", "nan"])
def test_what_may_be_asked(is_countable, is_session_based, is_fixed_amount, count, discount):
	terms = Terms(Decimal(1000), Decimal(0), is_countable, is_fixed_amount, is_session_based)
	expected = _refusal(terms, Decimal(count), Decimal(discount))
	if expected is None:
		assert quote(terms, count, discount).total >= 0
		return
	with pytest.raises(PricingError) as error:
		quote(terms, count, discount)
	assert error.value.code == expected


def _refusal(terms, count, discount):
	"""The rules again, in the words of the requirement."""
	if count.is_nan() or count.is_infinite() or count <= 0:
		return parts.QUANTITY_NOT_POSITIVE
	if not terms.is_countable and count % 1:
		return parts.QUANTITY_NOT_WHOLE
	if count > 1 and not (terms.is_countable or terms.is_session_based):
		return parts.QUANTITY_NOT_COUNTABLE
	if discount.is_nan() or discount < 0 or discount > 100:
		return parts.PERCENT_OUT_OF_RANGE
	return None


def test_every_number_says_why():
	lines = {line.code: line for line in quote(countable(1_234_567, 9), 2, 10, rounding_step=1000).lines}
	assert list(lines) == ["list_price", "discount", "tax", "rounding"]
	assert lines["discount"].params == {"percent": 10, "of": 2_469_134}
	assert lines["tax"].params == {"percent": 9, "of": 2_222_221}


def test_what_is_nothing_has_no_line():
	assert [line.code for line in quote(countable(0), 1).lines] == ["list_price"]
