"""Rounding, sharing, and the unit money is shown in (`design.md` §4.6)."""

import datetime
import itertools
from decimal import Decimal

import pytest
from clinic_core.foundation.money import DisplayUnit, round_to, share_out, shorten, to_decimal, unit_on
from hypothesis import given
from hypothesis import strategies as st

WHOLE = st.integers(-(10**13), 10**13)
EXACT = st.decimals(-(10**10), 10**10, places=2)
WEIGHTS = st.lists(st.integers(0, 10**6) | st.decimals(0, 1000, places=2), min_size=1, max_size=12)
STEP = st.sampled_from([1, 10, 1000, Decimal("0.01")])


@pytest.mark.parametrize(
	("amount", "step", "expected"),
	[
		(1499, 1000, 1000),
		(1500, 1000, 2000),
		(-1500, 1000, -2000),
		("2.5", 1, 3),
		("-2.5", 1, -3),
		("0.125", "0.01", "0.13"),
		(0.1 + 0.2, "0.1", "0.3"),
		(None, 1, 0),
	],
)
def test_half_is_rounded_away_from_zero(amount, step, expected):
	assert round_to(amount, step) == Decimal(str(expected))


@pytest.mark.parametrize("step", [0, -1])
def test_a_step_is_positive(step):
	with pytest.raises(ValueError):
		round_to(1, step)


@given(EXACT, STEP)
def test_rounding_is_near_and_on_the_grid(amount, step):
	rounded = round_to(amount, step)
	assert rounded % to_decimal(step) == 0
	assert abs(rounded - amount) * 2 <= to_decimal(step)
	assert round_to(rounded, step) == rounded


@given(EXACT, EXACT, STEP)
def test_rounding_keeps_the_order(one, other, step):
	low, high = sorted([one, other])
	assert round_to(low, step) <= round_to(high, step)


@given(WHOLE | EXACT, WEIGHTS, STEP)
def test_the_parts_add_up_to_the_whole(total, weights, step):
	parts = share_out(total, weights, step)
	assert len(parts) == len(weights)
	assert sum(parts) == total


@given(st.integers(0, 10**13), WEIGHTS, st.sampled_from([1, 10, 1000]))
def test_no_part_is_negative_and_each_is_near_its_share(total, weights, step):
	parts = share_out(total, weights, step)
	assert all(part >= 0 for part in parts)
	if sum(weights):
		for part, weight in zip(parts, weights, strict=True):
			assert abs(part - Decimal(total) * weight / sum(weights)) < 2 * step


@given(st.integers(0, 10**13), WEIGHTS)
def test_a_larger_weight_never_gets_less(total, weights):
	pairs = sorted(zip(weights, share_out(total, weights), strict=True))
	for (small, less), (large, more) in itertools.pairwise(pairs):
		if small < large:
			assert less <= more


@pytest.mark.parametrize(
	("total", "weights", "parts"),
	[
		(100, [1, 1, 1], [34, 33, 33]),
		(-100, [1, 1, 1], [-34, -33, -33]),
		(10, [0, 0], [10, 0]),
		(10, [0, 5], [0, 10]),
		(10, [], []),
		(0, [1, 2], [0, 0]),
	],
)
def test_cases(total, weights, parts):
	assert share_out(total, weights) == parts


def test_negative_weights_are_refused():
	with pytest.raises(ValueError):
		share_out(10, [1, -1])


RIAL = DisplayUnit(datetime.date(1979, 1, 1), "Rial", Decimal(1))
TOMAN = DisplayUnit(datetime.date(2026, 3, 21), "Toman", Decimal(10))
NEW = DisplayUnit(datetime.date(2028, 3, 20), "New Toman", Decimal(10000), 2)


@pytest.mark.parametrize(
	("day", "unit"),
	[
		(datetime.date(1900, 1, 1), None),
		(datetime.date(2026, 3, 20), RIAL),
		(datetime.date(2026, 3, 21), TOMAN),
		(datetime.date(2028, 3, 19), TOMAN),
		(datetime.date(2030, 1, 1), NEW),
	],
)
def test_the_unit_in_force_is_the_latest_that_has_begun(day, unit):
	assert unit_on([NEW, RIAL, TOMAN], day) == unit


@given(WHOLE, st.sampled_from([RIAL, TOMAN, NEW]))
def test_what_is_shown_can_be_typed_back(stored, unit):
	assert unit.to_stored(unit.to_shown(stored)) == stored


@pytest.mark.parametrize(
	("amount", "expected"),
	[
		(0, (Decimal(0), 0)),
		(999_000, (Decimal(999_000), 0)),
		(999_999, (Decimal(999_999), 0)),
		(55_000_000, (Decimal(55), 6)),
		(7_673_240_000, (Decimal("7.67"), 9)),
		(-2_500_000_000_000, (Decimal("-2.5"), 12)),
	],
)
def test_an_amount_is_shortened_for_a_glance(amount, expected):
	assert shorten(amount) == expected


@given(WHOLE)
def test_a_shortened_amount_is_never_far_off(amount):
	figure, power = shorten(amount)
	assert abs(figure * Decimal(10) ** power - amount) <= abs(Decimal(amount)) * Decimal("0.005")
