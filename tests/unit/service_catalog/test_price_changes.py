"""Bulk price updates: every method, rounding, what deserves a second look, and what a revert restores."""

import datetime
from decimal import Decimal

import pytest
from clinic_core.service_catalog.price_updates.price_changes import (
	AMOUNT,
	BECOMES_ZERO,
	BEHIND,
	DOWN,
	LARGE,
	NEAREST,
	NEW_PRICE,
	PERCENT,
	SCHEDULED,
	UP,
	WAS_ZERO,
	Change,
	DatedPrice,
	Rule,
	doubts,
	holding,
	moved_since,
	new_amount,
	restored,
	standing,
	totals,
)
from hypothesis import given
from hypothesis import strategies as st

D = Decimal


@pytest.mark.parametrize(
	("old", "rule", "new"),
	[
		(2_500_000, Rule(PERCENT, D(10)), 2_750_000),
		(2_500_000, Rule(PERCENT, D(-10)), 2_250_000),
		(2_500_000, Rule(PERCENT, D("12.5"), D(10_000)), 2_810_000),
		(2_500_000, Rule(PERCENT, D("12.5"), D(10_000), UP), 2_820_000),
		(2_500_000, Rule(PERCENT, D("12.5"), D(10_000), DOWN), 2_810_000),
		(2_500_000, Rule(PERCENT, D(0), D(1_000_000)), 3_000_000),
		(333, Rule(PERCENT, D(10)), 366),
		(335, Rule(PERCENT, D(10)), 369),
		(0, Rule(PERCENT, D(10), D(1000), UP), 0),
		(1_000, Rule(PERCENT, D(-100)), 0),
		(2_500_000, Rule(AMOUNT, D(300_000)), 2_800_000),
		(2_500_000, Rule(AMOUNT, D(-3_000_000)), 0),
		(2_504_999, Rule(AMOUNT, D(0), D(10_000)), 2_500_000),
		(2_505_000, Rule(AMOUNT, D(0), D(10_000)), 2_510_000),
		(2_500_001, Rule(AMOUNT, D(0), D(10_000), UP), 2_510_000),
		(2_509_999, Rule(AMOUNT, D(0), D(10_000), DOWN), 2_500_000),
		(2_509_999, Rule(NEW_PRICE, D(0), D(10_000), DOWN), 2_509_999),
	],
)
def test_the_new_price(old, rule, new):
	assert new_amount(D(old), rule) == new


@pytest.mark.parametrize("method", [PERCENT, AMOUNT, NEW_PRICE])
def test_what_was_typed_counts_as_it_stands(method):
	rule = Rule(method, D(10), D(10_000), UP)
	assert new_amount(D(100), rule, D(12_345)) == 12_345
	assert new_amount(D(100), rule, D(0)) == 0


AMOUNTS = st.integers(0, 10**12).map(D)
RULES = st.builds(
	Rule,
	st.sampled_from([PERCENT, AMOUNT]),
	st.decimals(-100, 1000, places=2),
	st.sampled_from([D(0), D(1), D(10), D(1000), D(50_000)]),
	st.sampled_from([NEAREST, UP, DOWN]),
)


@given(AMOUNTS, RULES)
def test_prices_are_whole_multiples_and_never_below_zero(old, rule):
	new = new_amount(old, rule)
	assert new >= 0
	assert new % (rule.step or 1) == 0


@given(AMOUNTS, RULES)
def test_rounding_moves_by_less_than_a_step_and_in_its_direction(old, rule):
	exact = old * (100 + rule.value) / 100 if rule.method == PERCENT else old + rule.value
	moved = new_amount(old, rule) - max(exact, 0)
	step = rule.step or 1
	assert abs(moved) <= (step / 2 if rule.direction == NEAREST else step)
	if exact > 0:
		assert moved >= 0 if rule.direction == UP else True
		assert moved <= 0 if rule.direction == DOWN else True


@given(AMOUNTS, AMOUNTS, RULES)
def test_what_was_dearer_stays_at_least_as_dear(one, other, rule):
	low, high = sorted((one, other))
	assert new_amount(low, rule) <= new_amount(high, rule)


def test_difference_and_percent():
	assert (Change(D(300), D(400)).difference, Change(D(300), D(400)).percent) == (100, D("33.33"))
	assert Change(D(0), D(400)).percent is None


@pytest.mark.parametrize(
	("old", "new", "asked", "codes"),
	[
		(100, 110, {}, ()),
		(100, 150, {}, ()),
		(100, 151, {}, (LARGE,)),
		(100, 49, {}, (LARGE,)),
		(100, 0, {}, (LARGE, BECOMES_ZERO)),
		(0, 100, {}, (WAS_ZERO,)),
		(0, 0, {}, (BECOMES_ZERO,)),
		(100, 110, {"is_scheduled": True, "is_behind": True}, (SCHEDULED, BEHIND)),
		(100, 100, {"is_scheduled": True, "is_behind": True}, ()),
	],
)
def test_what_deserves_a_second_look(old, new, asked, codes):
	assert doubts(Change(D(old), D(new)), **asked) == codes


def test_totals():
	figures = totals([Change(D(100), D(110)), Change(D(200), D(190)), Change(D(50), D(50))])
	assert (figures.count, figures.changed, figures.raised, figures.lowered) == (3, 2, 1, 1)
	assert (figures.old, figures.new, figures.percent) == (350, 350, 0)
	assert totals([]).percent is None


def test_what_moved_since_the_last_look():
	seen = {"a": D(1), "b": D(2), "c": D(3)}
	assert moved_since(seen, dict(seen)) == []
	assert moved_since(seen, {"a": D(1), "b": D(5), "d": D(4)}) == ["b", "c", "d"]


DAY = datetime.date(2026, 11, 22)


def day(offset):
	return DAY + datetime.timedelta(days=offset)


def entries(*rows):
	"""Rows (day, amount, update, is_revert) in the order in which they were entered."""
	return [DatedPrice(day(row[0]), number, D(row[1]), *row[2:]) for number, row in enumerate(rows)]


def test_the_price_that_holds():
	rows = entries((-9, 1), (0, 2), (0, 3), (5, 4))
	assert [holding(rows, day(n)) and holding(rows, day(n)).amount for n in (-10, -9, 0, 4, 5)] == [
		None,
		1,
		3,
		3,
		4,
	]


@pytest.mark.parametrize(
	("rows", "on", "back"),
	[
		# changed today, taken back today
		([(-9, 100), (0, 110, "U")], 0, 100),
		# no older entry: what the update noted
		([(0, 110, "U")], 0, 90),
		# prepared for day 5, taken back before
		([(-9, 100), (5, 110, "U")], 5, 100),
		# in force since day 0, taken back on day 3
		([(-9, 100), (0, 110, "U")], 3, 100),
		# somebody changed it since, the same day or later
		([(-9, 100), (0, 110, "U"), (0, 120)], 0, None),
		([(-9, 100), (0, 110, "U"), (2, 120)], 3, None),
		# a later price that has not begun does not matter
		([(-9, 100), (0, 110, "U"), (9, 120)], 3, 100),
		# prepared for day 5, and changed by hand for today: that stays
		([(-9, 100), (5, 110, "U"), (0, 105)], 5, 105),
		# another update since
		([(-9, 100), (0, 110, "U"), (1, 121, "V")], 1, None),
		# that one was taken back: as if it had never been made
		([(-9, 100), (0, 110, "U"), (1, 121, "V"), (1, 110, "V", True)], 1, 100),
		# this one was taken back before
		([(-9, 100), (0, 110, "U"), (0, 100, "U", True)], 0, None),
	],
)
def test_what_a_revert_restores(rows, on, back):
	assert restored(entries(*rows), "U", day(on), D(90)) == back


@pytest.mark.parametrize(
	("rows", "amounts"),
	[
		# taken back before its day: nothing of it is left, and what is decided later counts
		([(-9, 100), (5, 110, "U"), (5, 100, "U", True), (1, 105)], {0: 100, 1: 105, 5: 105}),
		# in force for days, then taken back: those days keep it
		([(-9, 100), (0, 110, "U"), (3, 100, "U", True)], {-1: 100, 0: 110, 2: 110, 3: 100}),
		# of two updates of one day only the one that was taken back goes
		([(-9, 100), (5, 110, "U"), (5, 120, "V"), (5, 110, "V", True)], {5: 110}),
	],
)
def test_what_was_taken_back_for_the_same_day_counts_as_never_made(rows, amounts):
	kept = standing(entries(*rows))
	assert {offset: holding(kept, day(offset)).amount for offset in amounts} == amounts


@given(st.lists(st.integers(1, 9).map(D), min_size=1, max_size=6))
def test_updates_are_undone_one_after_the_other(amounts):
	rows = entries((-9, 100))
	noted = [D(100), *amounts]
	for number, amount in enumerate(amounts):
		rows.append(DatedPrice(day(0), len(rows), amount, f"U{number}"))
	for number in reversed(range(len(amounts))):
		back = restored(rows, f"U{number}", day(0), noted[number])
		assert back == noted[number]
		rows.append(DatedPrice(day(0), len(rows), back, f"U{number}", True))
	assert holding(rows, day(0)).amount == 100
