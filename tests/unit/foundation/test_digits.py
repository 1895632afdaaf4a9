"""Numbers as people type them (`design.md` §4.7)."""

import contextlib
from decimal import Decimal

import pytest
from clinic_core.foundation.digits import in_language, parse_number, to_latin
from hypothesis import given
from hypothesis import strategies as st

PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


@pytest.mark.parametrize(
	("typed", "value"),
	[
		("۲٬۵۰۰٬۰۰۰", "2500000"),
		("۲،۵۰۰،۰۰۰", "2500000"),
		("2,500,000", "2500000"),
		("2'500'000", "2500000"),
		("2 500 000", "2500000"),
		("۲\u00a0۵۰۰", "2500"),
		("٢٫٥", "2.5"),
		("۱۲٫۵", "12.5"),
		(".5", "0.5"),
		("5.", "5"),
		("−۷", "-7"),
		("–7", "-7"),
		("+۷", "7"),
		("\u200f۱۲۳\u200e", "123"),
		("\u2066123\u2069", "123"),
		("۰۰۷", "7"),
	],
)
def test_what_is_typed_is_read(typed, value):
	assert parse_number(typed) == Decimal(value)


@pytest.mark.parametrize(
	"typed", ["", " ", "abc", "۱۲ت", "1.2.3", "--1", "1e5", "nan", "inf", "1-2", "٫", "+", "0x10", "½", "²"]
)
def test_what_is_no_number_is_refused_and_never_0(typed):
	with pytest.raises(ValueError):
		parse_number(typed)


@given(st.integers(-(10**15), 10**15), st.sampled_from([PERSIAN, ARABIC, {}]), st.sampled_from("٬,، '"))
def test_grouped_numbers_of_any_script_come_back(value, script, separator):
	typed = f"{value:,}".replace(",", separator).translate(script)
	assert parse_number(typed) == value


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**9), max_value=10**9))
def test_decimals_come_back(value):
	assert parse_number(f"{value:f}".replace(".", "٫").translate(PERSIAN)) == value


@given(st.text())
def test_any_text_is_a_number_or_a_value_error(text):
	with contextlib.suppress(ValueError):
		assert parse_number(text).is_finite()


@given(st.text())
def test_only_digits_are_changed(text):
	assert len(to_latin(text)) == len(text)
	assert to_latin(to_latin(text)) == to_latin(text)


@given(st.decimals(-(10**10), 10**10, places=2))
def test_what_is_written_in_a_language_is_read_again(number):
	assert parse_number(in_language(f"{number:,.2f}", "fa")) == number


def test_digits_follow_the_language():
	assert in_language("2,500.75", "fa") == "۲٬۵۰۰٫۷۵"
	assert in_language("2,500.75", "en") == "2,500.75"
