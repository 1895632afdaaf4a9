"""Tag rules: judged the same whatever the order, unknown values fit nothing, a hand's tag stays (D46)."""

from decimal import Decimal

import pytest
from clinic_core.people.tags.rules import (
	ALL,
	ANY,
	CHOICE,
	FLAG,
	MONEY,
	NUMBER,
	Column,
	Condition,
	ConditionError,
	changes,
	fits,
	read_value,
)
from hypothesis import given
from hypothesis import strategies as st

SPEND, VISITS, GENDER, DEBT = Column("spend"), Column("visits", days=90), Column("gender"), Column("debt")
NUMBERS = st.one_of(st.none(), st.integers(-5, 5), st.decimals(-5, 5, places=1))
VALUES = st.fixed_dictionaries(
	{
		SPEND: NUMBERS,
		VISITS: NUMBERS,
		GENDER: st.sampled_from([None, "Female", "Male"]),
		DEBT: st.sampled_from([None, 0, 5]),
	}
)
CONDITION = st.one_of(
	st.builds(
		Condition,
		st.sampled_from([SPEND, VISITS]),
		st.sampled_from(["=", "!=", ">", ">=", "<", "<="]),
		st.integers(-5, 5).map(Decimal),
	),
	st.builds(
		Condition, st.just(GENDER), st.sampled_from(["Is", "Is Not"]), st.sampled_from(["Female", "Male"])
	),
	st.builds(Condition, st.just(DEBT), st.sampled_from(["Yes", "No"])),
)
OPPOSITE = {
	"=": "!=",
	"!=": "=",
	">": "<=",
	"<=": ">",
	"<": ">=",
	">=": "<",
	"Is": "Is Not",
	"Is Not": "Is",
	"Yes": "No",
	"No": "Yes",
}


@given(st.lists(CONDITION, max_size=5), VALUES)
def test_all_is_every_one_and_any_is_at_least_one(conditions, values):
	alone = [fits([one], ALL, values) for one in conditions]
	assert fits(conditions, ALL, values) == (bool(alone) and all(alone))
	assert fits(conditions, ANY, values) == any(alone)
	assert fits(list(reversed(conditions)), ALL, values) == fits(conditions, ALL, values)


@given(CONDITION, VALUES)
def test_a_known_value_fits_a_condition_or_its_opposite(condition, values):
	other = Condition(condition.column, OPPOSITE[condition.operator], condition.value)
	one, opposite = fits([condition], ALL, values), fits([other], ALL, values)
	if values[condition.column] is None and condition.operator in (">", ">=", "<", "<="):
		assert not one and not opposite
	else:
		assert one != opposite


@given(st.lists(CONDITION, min_size=1, max_size=4), CONDITION, VALUES)
def test_one_more_condition_narrows_all_and_widens_any(conditions, more, values):
	assert fits([*conditions, more], ALL, values) <= fits(conditions, ALL, values)
	assert fits([*conditions, more], ANY, values) >= fits(conditions, ANY, values)


NAMES = st.sets(st.sampled_from("abcdef"))


@given(NAMES, NAMES, NAMES, NAMES)
def test_a_tag_of_a_hand_is_neither_doubled_nor_taken_and_twice_is_once(fitting, by_rule, by_hand, looked_at):
	gains, loses = changes(fitting, by_rule, by_hand, looked_at)
	assert not gains & by_hand
	assert loses <= by_rule
	assert not (gains | loses) - looked_at
	after = (by_rule | gains) - loses
	assert changes(fitting, after, by_hand, looked_at) == (set(), set())
	assert {one for one in looked_at if one in after | by_hand} >= fitting & looked_at


@pytest.mark.parametrize(
	("kind", "operator", "typed", "value"),
	[
		(MONEY, ">=", "۲٬۵۰۰٬۰۰۰", Decimal(2500000)),
		(NUMBER, "<", " 3 ", Decimal(3)),
		(CHOICE, "Is", "Female", "Female"),
		(FLAG, "Yes", "whatever", None),
	],
)
def test_values_are_read_as_they_are_typed(kind, operator, typed, value):
	assert read_value(kind, operator, typed) == value


@pytest.mark.parametrize(
	("kind", "operator", "typed", "code"),
	[
		(NUMBER, "Is", "3", "unknown_operator"),
		(CHOICE, ">", "Female", "unknown_operator"),
		(NUMBER, ">", "", "no_value"),
		(CHOICE, "Is", None, "no_value"),
		(MONEY, ">", "much", "not_a_number"),
	],
)
def test_what_cannot_be_judged_is_refused_by_a_code(kind, operator, typed, code):
	with pytest.raises(ConditionError) as refused:
		read_value(kind, operator, typed)
	assert refused.value.code == code


def test_no_condition_fits_nobody():
	assert not fits([], ALL, {})
	assert not fits([], ANY, {})
