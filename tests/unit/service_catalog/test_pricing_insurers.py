"""Contracts, insurers, discount, tax, deduction and touch-up by example (A12, A15, A62, A68, A87, G07, G14)."""

from decimal import Decimal

import pytest
from clinic_core.service_catalog.pricing import Agreement, PricingError, Share, Terms, quote
from clinic_core.service_catalog.quoting import price_parts as parts


def D(value):
	return None if value is None else Decimal(str(value))


def insured(amount=1_000_000, **terms):
	exact = {name: D(value) if not isinstance(value, bool) else value for name, value in terms.items()}
	return Terms(D(amount), **{"has_insurance": True, "is_countable": True, **exact})


def contract(price=None, percent=None, amount=None, ceiling=None, kind="Insurer", **fields):
	share = Share(D(percent), D(amount), D(ceiling)) if (percent, amount) != (None, None) else None
	values = {"contract": "CON-1", "title": "Tamin", "insurer": "INS-1", "method": parts.FIXED, **fields}
	return Agreement(kind=kind, unit_price=D(price), share=share, **values)


def also(percent=None, amount=None, ceiling=None, **fields):
	values = {"contract": "CON-2", "title": "Dana", "insurer": "INS-2", **fields}
	return contract(None, percent, amount, ceiling, **values)


def parts_of(result):
	return tuple(payer.amount for payer in result.insurer_shares), result.patient_share


def line(result, code):
	return next(line for line in result.lines if line.code == code)


@pytest.mark.parametrize(
	("base", "extra", "count", "expected"),
	[
		# what each insurer pays, what the patient pays; the list price is 1,000,000
		(contract(800_000), None, 1, ((), 800_000)),
		(contract(1_300_000), None, 1, ((), 1_300_000)),
		(contract(0), None, 1, ((), 0)),
		(contract(None, method=parts.LIST), None, 2, ((), 2_000_000)),
		(contract(800_000, percent=70), None, 1, ((560_000,), 240_000)),
		(contract(800_000, percent=100), None, 1, ((800_000,), 0)),
		(contract(800_000, percent=0), None, 1, ((), 800_000)),
		(contract(800_000, percent=70, ceiling=300_000), None, 1, ((300_000,), 500_000)),
		(contract(800_000, percent=70, ceiling=300_000), None, 3, ((900_000,), 1_500_000)),
		(contract(800_000, percent=70, ceiling=0), None, 1, ((), 800_000)),
		(contract(800_000, amount=500_000), None, 1, ((500_000,), 300_000)),
		(contract(800_000, amount=500_000), None, "1.5", ((750_000,), 450_000)),
		(contract(800_000, amount=900_000), None, 1, ((800_000,), 0)),
		(contract(800_000, amount=500_000, ceiling=400_000), None, 1, ((400_000,), 400_000)),
		# the supplementary insurer pays of what is left
		(contract(800_000, percent=70), also(percent=50), 1, ((560_000, 120_000), 120_000)),
		(contract(800_000, percent=70), also(percent=100), 1, ((560_000, 240_000), 0)),
		(contract(800_000, percent=70), also(amount=300_000), 1, ((560_000, 240_000), 0)),
		(
			contract(800_000, percent=70),
			also(percent=100, ceiling=100_000),
			2,
			((1_120_000, 200_000), 280_000),
		),
		(contract(800_000, percent=100), also(percent=100), 1, ((800_000,), 0)),
		# alone, it also makes the price
		(None, also(percent=60), 1, ((600_000,), 400_000)),
		(None, also(percent=60, ceiling=100_000), 1, ((100_000,), 900_000)),
	],
)
def test_who_pays_what(base, extra, count, expected):
	assert parts_of(quote(insured(), count, agreement=base, supplementary=extra)) == expected


def test_the_price_is_the_contracts_and_the_difference_has_a_line():
	result = quote(insured(), 2, agreement=contract(800_000, percent=50))
	assert (result.list_price, result.unit_price, result.list_total) == (1_000_000, 800_000, 2_000_000)
	assert result.contract_adjustment == -400_000
	assert result.contract_total == 1_600_000
	assert result.total == 1_600_000
	assert line(result, parts.CONTRACT_PRICE).amount == -400_000


def test_without_a_base_the_supplementary_contract_makes_the_price():
	extra = Agreement("CON-2", "Dana", "Insurer", "INS-2", D(700_000), parts.FIXED, share=Share(D(50)))
	result = quote(insured(), supplementary=extra)
	assert (result.unit_price, result.insurer_share, result.patient_share) == (700_000, 350_000, 350_000)


@pytest.mark.parametrize("kind", ["Insurer", "Corporate"])
def test_insurers_pay_for_services_with_insurance_only(kind):
	"""A12; a company pays whatever was agreed."""
	terms = Terms(D(1_000_000))
	result = quote(terms, agreement=contract(800_000, percent=70, kind=kind))
	assert result.patient_share == (800_000 if kind == "Insurer" else 240_000)
	assert [note.code for note in result.notes] == ([parts.NOT_INSURED] if kind == "Insurer" else [])


def test_a_company_may_be_supplemented():
	base = contract(800_000, percent=50, kind="Corporate")
	result = quote(Terms(D(1_000_000)), agreement=base, supplementary=also(percent=50))
	assert parts_of(result) == ((400_000, 200_000), 200_000)


def test_each_insurer_is_named_with_its_contract():
	result = quote(insured(), agreement=contract(800_000, percent=70), supplementary=also(percent=50))
	assert [(p.kind, p.contract, p.insurer) for p in result.insurer_shares] == [
		("base", "CON-1", "INS-1"),
		("supplementary", "CON-2", "INS-2"),
	]


@pytest.mark.parametrize(
	("percent", "amount", "base", "expected"),
	[
		# discount, patient's share of 1,000,000
		(10, 0, None, (100_000, 900_000)),
		(100, 0, None, (1_000_000, 0)),
		(0, 250_000, None, (250_000, 750_000)),
		(0, 1_000_000, None, (1_000_000, 0)),
		# of what the insurer leaves, never of its part
		(10, 0, contract(800_000, percent=70), (24_000, 216_000)),
		(100, 0, contract(800_000, percent=70), (240_000, 0)),
		(0, 240_000, contract(800_000, percent=70), (240_000, 0)),
		(50, 0, contract(800_000, percent=100), (0, 0)),
	],
)
def test_discounts(percent, amount, base, expected):
	result = quote(insured(), 1, percent, amount, agreement=base)
	assert (result.discount, result.patient_share) == expected


@pytest.mark.parametrize(
	("asked", "code"),
	[
		({"discount_amount": 240_001}, parts.DISCOUNT_TOO_LARGE),
		({"discount_amount": "240000.4"}, parts.DISCOUNT_TOO_LARGE),
		({"discount_amount": -1}, parts.DISCOUNT_NEGATIVE),
		({"discount_amount": "nan"}, parts.DISCOUNT_NEGATIVE),
		({"discount_amount": "inf"}, parts.DISCOUNT_NEGATIVE),
		({"discount_amount": 1, "discount_percent": 1}, parts.TWO_DISCOUNTS),
		({"discount_percent": "100.01"}, parts.PERCENT_OUT_OF_RANGE),
		({"quantity": 10**12}, parts.TOO_LARGE),
		({"quantity": "1e30"}, parts.TOO_LARGE),
		({"quantity": 2_000_000}, parts.TOO_LARGE),
	],
)
def test_what_has_no_price_is_refused_with_its_code(asked, code):
	with pytest.raises(PricingError) as error:
		quote(insured(), agreement=contract(800_000, percent=70), **asked)
	assert error.value.code == code


def test_a_discount_that_is_too_large_says_what_is_left():
	with pytest.raises(PricingError) as error:
		quote(insured(), discount_amount=500_000, agreement=contract(800_000, percent=70))
	assert error.value.params == {"amount": 500_000, "left": 240_000}


@pytest.mark.parametrize("asked", [{"discount_percent": 10}, {"discount_amount": 10**9}])
def test_a_fixed_amount_is_not_negotiable_and_says_so(asked):
	"""A11: the quote ignores the discount and explains it; reception refuses it."""
	result = quote(insured(is_fixed_amount=True), **asked)
	assert (result.discount, result.patient_share) == (0, 1_000_000)
	assert [note.code for note in result.notes] == [parts.FIXED_AMOUNT]
	assert not quote(insured(is_fixed_amount=True)).notes


def test_a_fixed_amount_still_has_a_contract_price_and_insurers():
	result = quote(insured(is_fixed_amount=True), 1, 50, agreement=contract(800_000, percent=70))
	assert parts_of(result) == ((560_000,), 240_000)


@pytest.mark.parametrize(
	("terms", "base", "discount", "expected"),
	[
		# tax, what the patient pays, the base of performance
		({"tax_percent": 10}, None, 0, (100_000, 1_100_000, 1_000_000)),
		({"tax_percent": 10}, None, 100, (0, 0, 0)),
		({"tax_percent": 10}, contract(800_000, percent=70), 0, (80_000, 320_000, 800_000)),
		({"tax_percent": 10}, contract(800_000, percent=70), 100, (56_000, 56_000, 560_000)),
		({"tax_percent": 10, "tax_included": True}, None, 0, (90_909, 1_000_000, 909_091)),
		({"tax_percent": 10, "tax_included": True}, None, 50, (45_455, 500_000, 454_545)),
		({"tax_percent": 0, "tax_included": True}, None, 0, (0, 1_000_000, 1_000_000)),
		({"tax_percent": 100, "tax_included": True}, None, 0, (500_000, 1_000_000, 500_000)),
		({"deduction_percent": 10}, None, 0, (0, 1_000_000, 900_000)),
		({"deduction_amount": 150_000}, None, 0, (0, 1_000_000, 850_000)),
		({"deduction_amount": 5_000_000}, None, 0, (0, 1_000_000, 0)),
		({"deduction_percent": 100}, None, 50, (0, 500_000, 0)),
		(
			{"deduction_percent": 10, "tax_percent": 10, "tax_included": True},
			None,
			0,
			(90_909, 1_000_000, 818_182),
		),
	],
)
def test_tax_and_deduction(terms, base, discount, expected):
	result = quote(insured(**terms), 1, discount, agreement=base)
	assert (result.tax, result.patient_share, result.performance_base) == expected
	assert result.tax_included == bool(terms.get("tax_included") and terms["tax_percent"])


def test_a_deduction_per_unit_counts_the_units():
	assert quote(insured(deduction_amount=100_000), 3).deduction == 300_000


@pytest.mark.parametrize(
	("amount", "step", "expected"),
	[
		(1_234_400, 1000, (-400, 1_234_000)),
		(1_234_500, 1000, (500, 1_235_000)),
		# A step larger than the amount: half of it or more is paid as one step, less is let go.
		(500, 1000, (500, 1000)),
		(499, 1000, (-499, 0)),
		(0, 1000, (0, 0)),
	],
)
def test_rounding_is_a_line_of_its_own(amount, step, expected):
	result = quote(insured(amount), rounding_step=step)
	assert (result.rounding, result.patient_share) == expected
	if result.rounding:
		assert line(result, parts.ROUNDING).params == {"step": step, "of": amount}


def test_what_an_insurer_pays_is_not_rounded_to_the_step():
	result = quote(insured(1_234_567), rounding_step=1000, agreement=contract(1_234_567, percent=70))
	assert result.insurer_share == 864_197
	assert result.patient_share == 370_000


def test_a_free_touch_up_costs_nobody_anything():
	"""G07: everything is nothing, and the line says what it would have cost."""
	base = contract(800_000, percent=70)
	result = quote(insured(is_touch_up=True, tax_percent=10, deduction_amount=10), 2, 50, agreement=base)
	figures = (result.list_total, result.unit_price, result.discount, result.tax, result.deduction)
	assert (*figures, result.total, result.performance_base) == (0,) * 7
	assert (result.insurer_shares, result.list_price) == ((), 1_000_000)
	[only] = result.lines
	assert (only.code, only.params) == (parts.TOUCH_UP, {"quantity": 2, "unit_price": 1_000_000})


@pytest.mark.parametrize(
	("wrong", "field"),
	[
		({"amount": -1}, "amount"),
		({"tax_percent": 101}, "tax_percent"),
		({"tax_percent": -1}, "tax_percent"),
		({"deduction_percent": 101}, "deduction_percent"),
		({"deduction_amount": -1}, "deduction_amount"),
		({"amount": "nan"}, "amount"),
		({"amount": 10**12}, "amount"),
	],
)
def test_terms_that_cannot_be_are_refused_by_field(wrong, field):
	with pytest.raises(PricingError) as error:
		quote(insured(**wrong))
	assert (error.value.code, error.value.params) == (parts.BAD_TERMS, {"field": field})


@pytest.mark.parametrize(
	("agreement", "field"),
	[
		(contract(-1), "unit_price"),
		(contract(1, percent=101), "insurer_percent"),
		(contract(1, percent=-1), "insurer_percent"),
		(contract(1, amount=-1), "insurer_amount"),
		(contract(1, percent=1, ceiling=-1), "insurer_ceiling"),
	],
)
@pytest.mark.parametrize("place", ["agreement", "supplementary"])
def test_agreements_that_cannot_be_are_refused_by_field(agreement, field, place):
	with pytest.raises(PricingError) as error:
		quote(insured(), **{place: agreement})
	assert (error.value.code, error.value.params) == (parts.BAD_TERMS, {"field": field})


def test_every_number_says_why():
	inputs = {"professional_units": D(2), "professional_k": D(300_000), "technical_units": D(1)}
	base = Agreement(
		"CON-1",
		"Tamin",
		"Insurer",
		"INS-1",
		D(800_000),
		parts.RELATIVE_VALUE,
		inputs,
		Share(D(70), None, D(500_000)),
	)
	terms = insured(tax_percent=10, deduction_percent=5, deduction_amount=1_000, is_outpatient_procedure=True)
	result = quote(terms, 2, 10, 0, 1000, base, also(amount=100_000))
	lines = {line.code: line for line in result.lines}
	assert list(lines) == [
		"list_price", "contract_price", "insurer_share", "supplementary_share", "discount", "tax",
		"deduction", "performance_base",
	]  # fmt: skip
	assert lines["contract_price"].params.items() >= {"method": parts.RELATIVE_VALUE, **inputs}.items()
	assert lines["insurer_share"].params == {
		"title": "Tamin", "percent": 70, "quantity": 2, "of": 1_600_000, "ceiling": 1_000_000,
		"limited_by": "ceiling", "is_outpatient_procedure": True,
	}  # fmt: skip
	assert lines["supplementary_share"].params["of"] == 600_000
	assert lines["discount"].params == {"percent": 10, "of": 400_000}
	assert lines["tax"].params == {"percent": 10, "of": 1_560_000}
	assert lines["deduction"].params["of"] == 1_560_000
	assert [line.code for line in result.lines if line.is_information] == ["deduction", "performance_base"]


def test_an_insurer_that_would_pay_more_than_is_left_says_so():
	result = quote(insured(), agreement=contract(800_000, amount=900_000))
	assert line(result, parts.INSURER_SHARE).params["limited_by"] == "whole"
	assert (
		"limited_by" not in line(quote(insured(), agreement=contract(8, percent=5)), "contract_price").params
	)
