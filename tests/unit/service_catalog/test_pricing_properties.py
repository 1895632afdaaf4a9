"""What holds of every price, whatever the service, the contracts and the discount (`design.md` §4.4)."""

from dataclasses import fields, replace
from decimal import Decimal

import pytest
from clinic_core.service_catalog.pricing import Agreement, PricingError, Share, Terms, quote
from clinic_core.service_catalog.quoting import price_parts as parts
from hypothesis import assume, given
from hypothesis import strategies as st

AMOUNT = st.decimals(0, 10**9, places=0) | st.decimals(0, 10**6, places=2)
PERCENT = st.decimals(0, 100, places=2) | st.sampled_from([Decimal(0), Decimal(100)])
STEP = st.sampled_from([1, 10, 500, 1000, 10000, 10**7])
COUNT = st.integers(1, 50).map(Decimal) | st.decimals("0.1", 20, places=1)

SHARES = st.builds(
	lambda percent, amount, ceiling, by_amount: Share(
		None if by_amount else percent, amount if by_amount else None, ceiling
	),
	PERCENT,
	AMOUNT,
	st.none() | AMOUNT,
	st.booleans(),
)
KINDS = st.sampled_from(["Normal", "VIP", "Insurer", "Corporate"])


def agreements(name):
	return st.none() | st.builds(
		Agreement,
		contract=st.just(name),
		title=st.just(name),
		kind=KINDS,
		insurer=st.just(f"insurer of {name}"),
		unit_price=st.none() | AMOUNT,
		method=st.just(parts.FIXED),
		share=st.none() | SHARES,
	)


TERMS = st.builds(
	Terms,
	amount=AMOUNT,
	tax_percent=PERCENT,
	is_countable=st.just(True),
	is_fixed_amount=st.booleans(),
	tax_included=st.booleans(),
	has_insurance=st.booleans(),
	is_outpatient_procedure=st.booleans(),
	deduction_percent=PERCENT,
	deduction_amount=AMOUNT,
	is_touch_up=st.booleans(),
)


def left_to_patient(result):
	return result.contract_total - result.insurer_share


@st.composite
def requests(draw, terms=TERMS, step=STEP):
	"""Keyword arguments of a quote; a discount is a percent or an amount that fits."""
	asked = {
		"terms": draw(terms),
		"quantity": draw(COUNT),
		"rounding_step": draw(step),
		"agreement": draw(agreements("base")),
		"supplementary": draw(agreements("extra")),
	}
	if draw(st.booleans()):
		return {**asked, "discount_percent": draw(PERCENT)}
	left = left_to_patient(quote(**asked))
	return {**asked, "discount_amount": round(left * draw(st.decimals(0, 1, places=4)))}


@given(requests())
def test_the_parts_add_up_to_the_rial(asked):
	result = quote(**asked)
	added = 0 if result.tax_included else result.tax
	paid = result.list_total + result.contract_adjustment - result.discount + added + result.rounding
	assert paid == result.total == result.insurer_share + result.patient_share
	assert sum(line.amount for line in result.lines if not line.is_information) == result.patient_share
	assert result.deduction + result.performance_base == (
		result.contract_total - result.discount - (result.tax if result.tax_included else 0)
	)


@given(requests())
def test_nothing_is_negative_and_everything_is_whole(asked):
	result = quote(**asked)
	for field in fields(result):
		value = getattr(result, field.name)
		if not isinstance(value, Decimal) or field.name in ("list_price", "unit_price", "quantity"):
			continue
		assert value == value.to_integral_value(), field.name
		assert value >= 0 or field.name in ("rounding", "contract_adjustment"), field.name
	assert result.contract_total >= 0
	assert all(payer.amount > 0 for payer in result.insurer_shares)


@given(requests(), PERCENT, PERCENT)
def test_more_percent_of_discount_never_costs_more(asked, one, other):
	asked.pop("discount_amount", None)
	low, high = sorted([one, other])
	cheap, dear = (quote(**{**asked, "discount_percent": percent}) for percent in (high, low))
	assert cheap.total <= dear.total
	assert cheap.patient_share <= dear.patient_share
	assert cheap.insurer_share == dear.insurer_share


@given(requests(), st.decimals(0, 1, places=4), st.decimals(0, 1, places=4))
def test_a_larger_amount_of_discount_never_costs_more(asked, one, other):
	asked.pop("discount_percent", None)
	left = left_to_patient(quote(**{**asked, "discount_amount": 0}))
	low, high = sorted([round(left * one), round(left * other)])
	cheap, dear = (quote(**{**asked, "discount_amount": amount}) for amount in (high, low))
	assert cheap.total <= dear.total


@given(requests(), st.integers(1, 10**6))
def test_no_discount_is_larger_than_what_is_left(asked, more):
	asked.pop("discount_percent", None)
	left = left_to_patient(quote(**{**asked, "discount_amount": 0}))
	assume(not asked["terms"].is_fixed_amount and not asked["terms"].is_touch_up)
	with pytest.raises(PricingError) as error:
		quote(**{**asked, "discount_amount": left + more})
	assert error.value.code == parts.DISCOUNT_TOO_LARGE


@given(requests())
def test_the_same_question_has_the_same_answer(asked):
	assert quote(**asked) == quote(**asked)


@given(requests())
def test_insurers_never_pay_more_than_the_service_is_sold_for(asked):
	result = quote(**asked)
	assert result.insurer_share <= result.contract_total
	for payer, agreement in zip(
		("base", "supplementary"), (asked["agreement"], asked["supplementary"]), strict=True
	):
		paid = sum(found.amount for found in result.insurer_shares if found.kind == payer)
		share = agreement.share if agreement else None
		if not share:
			assert paid == 0
		elif share.ceiling is not None:
			assert paid <= round_up(share.ceiling * asked["quantity"])


@given(requests())
def test_included_tax_changes_nothing_that_is_paid(asked):
	included = quote(**{**asked, "terms": replace(asked["terms"], tax_included=True)})
	without = quote(**{**asked, "terms": replace(asked["terms"], tax_percent=Decimal(0))})
	assert included.patient_share == without.patient_share
	assert included.total == without.total
	assert included.tax <= included.contract_total


@given(requests(), st.integers(2, 9))
def test_quantity_scales(asked, times):
	"""Whole prices and units: the totals are so many times those of one unit."""
	asked.pop("discount_amount", None)
	asked["terms"] = replace(asked["terms"], amount=round_up(asked["terms"].amount))
	for place in ("agreement", "supplementary"):
		agreement = asked[place]
		if agreement and agreement.unit_price is not None:
			asked[place] = replace(agreement, unit_price=round_up(agreement.unit_price))
	one, many = quote(**{**asked, "quantity": 1}), quote(**{**asked, "quantity": times})
	assert many.list_total == times * one.list_total
	assert many.contract_adjustment == times * one.contract_adjustment
	assert many.unit_price == one.unit_price


@given(requests(), st.integers(1, 50))
def test_more_of_a_service_never_costs_less(asked, count):
	asked.pop("discount_amount", None)
	fewer, more = (quote(**{**asked, "quantity": n}) for n in (count, count + 1))
	assert more.total >= fewer.total
	assert more.insurer_share >= fewer.insurer_share


@given(requests())
def test_rounding_stays_within_half_a_step(asked):
	result = quote(**asked)
	assert result.patient_share % asked["rounding_step"] == 0
	assert abs(result.rounding) * 2 <= asked["rounding_step"]


ORDER = [
	parts.LIST_PRICE, parts.CONTRACT_PRICE, parts.TOUCH_UP, parts.INSURER_SHARE, parts.SUPPLEMENTARY_SHARE,
	parts.DISCOUNT, parts.TAX, parts.ROUNDING, parts.INCLUDED_TAX, parts.DEDUCTION, parts.PERFORMANCE_BASE,
]  # fmt: skip


@given(requests())
def test_the_lines_keep_their_order_and_none_comes_twice(asked):
	codes = [line.code for line in quote(**asked).lines]
	assert codes == sorted(codes, key=ORDER.index)
	assert len(codes) == len(set(codes))


@given(requests(terms=TERMS.map(lambda terms: replace(terms, is_fixed_amount=True, is_touch_up=False))))
def test_a_fixed_amount_has_no_discount(asked):
	result = quote(**asked)
	assert result.discount == 0
	is_asked = bool(asked.get("discount_percent") or asked.get("discount_amount"))
	assert (parts.FIXED_AMOUNT in [note.code for note in result.notes]) == is_asked


@given(st.floats(0, 10**6), st.floats(0, 100), st.floats(0.5, 20))
def test_floats_are_read_as_they_are_written(amount, percent, count):
	"""Figures of the database and of JSON are floats: they count as the decimals they show."""
	terms = Terms(Decimal(str(amount)), is_countable=True)
	assert quote(terms, count, percent) == quote(terms, Decimal(str(count)), Decimal(str(percent)))


def round_up(value):
	return value.to_integral_value(rounding="ROUND_CEILING")
