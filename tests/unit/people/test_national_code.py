"""The Iranian national code."""

import pytest
from clinic_core.people.national_code import is_valid, normalise
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize("code", ["0013542419", "0499370899"])
def test_right_codes(code):
	assert is_valid(code)


@pytest.mark.parametrize("code", ["", "1111111111", "001354241", "00135424190", "001354241a", "٠٠١٣٥٤٢٤١٩"])
def test_wrong_codes(code):
	assert not is_valid(code)


@given(st.text(alphabet="0123456789", min_size=9, max_size=9).filter(lambda start: len(set(start)) > 1))
def test_nine_digits_have_exactly_one_check_digit(start):
	assert sum(is_valid(start + digit) for digit in "0123456789") == 1


@given(st.integers(0, 9), st.integers(0, 8))
def test_one_wrong_digit_is_noticed(digit, place):
	code = "0013542419"
	if code[place] != str(digit):
		assert not is_valid(code[:place] + str(digit) + code[place + 1 :])


def test_typed_forms():
	assert normalise(" ۰۰۱۳-۵۴۲۴۱۹ ") == "0013542419"
	assert normalise(None) == ""
