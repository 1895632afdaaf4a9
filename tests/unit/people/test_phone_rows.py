"""Which number is the main one."""

import pytest
from clinic_core.people.phone_rows import Row, TwoMainError, settle
from hypothesis import given
from hypothesis import strategies as st

NUMBER = st.sampled_from(["+981", "+982", "+983"])


def main(rows):
	return [row.phone for row in rows if row.is_main]


@pytest.mark.parametrize(
	("rows", "mobile", "old", "expected"),
	[
		([], "+981", None, [("+981", True)]),
		([], None, None, []),
		([("+981", False)], None, None, [("+981", True)]),
		([("+981", True)], "+982", "+981", [("+982", True)]),
		([("+981", True), ("+982", False)], "+982", "+981", [("+981", False), ("+982", True)]),
		([("+981", False), ("+982", True)], "+981", "+981", [("+981", False), ("+982", True)]),
		([("+981", True), ("+981", True)], "+981", "+981", [("+981", True)]),
		([("+981", True), ("+981", False)], "+981", "+981", [("+981", True)]),
		([("+982", False)], "+981", "+981", [("+982", True)]),
		([("+981", True)], None, "+981", [("+981", True)]),
		([("+983", True)], "+981", None, [("+981", True), ("+983", False)]),
	],
)
def test_cases(rows, mobile, old, expected):
	result = settle([Row(*r) for r in rows], mobile, old, mobile_was_typed=mobile != old)
	assert [tuple(r) for r in result] == expected


@pytest.mark.parametrize("mobile", ["+981", "+983", None])
def test_two_numbers_marked_as_main_are_refused(mobile):
	with pytest.raises(TwoMainError) as refused:
		settle([Row("+981", True), Row("+982", True)], mobile, "+981", mobile_was_typed=mobile == "+983")
	assert refused.value.args == ("+981", "+982")


@given(st.lists(st.builds(Row, NUMBER, st.booleans()), max_size=5), st.none() | NUMBER, st.none() | NUMBER)
def test_one_main_number_and_none_twice(rows, mobile, old):
	ticked = {row.phone for row in rows if row.is_main}
	if len(ticked) > 1:
		rows = [Row(row.phone, row.phone == min(ticked)) for row in rows]
	result = settle(rows, mobile, old, mobile_was_typed=mobile != old)
	numbers = [row.phone for row in result]
	assert len(numbers) == len(set(numbers))
	assert len(main(result)) == bool(numbers)
	assert {row.phone for row in rows} - {old} <= set(numbers)
