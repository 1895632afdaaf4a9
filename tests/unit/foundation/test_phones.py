"""Phone numbers in E.164 (`design.md` §4.9)."""

import contextlib

import phonenumbers
import pytest
from clinic_core.foundation.phones import may_receive_sms, to_e164, to_local
from hypothesis import example, given
from hypothesis import strategies as st


@pytest.mark.parametrize(
	"typed",
	[
		"09121234567",
		"۰۹۱۲۱۲۳۴۵۶۷",
		"٠٩١٢١٢٣٤٥٦٧",
		"0912 123 4567",
		"0912-123-45-67",
		"(0912) 1234567",
		"+98 912 123 4567",
		"00989121234567",
		"9121234567",
		"\u200f۰۹۱۲ ۱۲۳ ۴۵۶۷\u200e",
	],
)
def test_one_number_however_it_is_typed(typed):
	assert to_e164(typed, "IR") == "+989121234567"


@pytest.mark.parametrize(
	("typed", "region", "stored"),
	[
		("021 8877 6655", "IR", "+982188776655"),
		("0532 123 45 67", "TR", "+905321234567"),
		("138 0013 8000", "CN", "+8613800138000"),
		("+90 532 123 45 67", "IR", "+905321234567"),
	],
)
def test_other_lines_and_countries(typed, region, stored):
	assert to_e164(typed, region) == stored


@pytest.mark.parametrize("typed", ["", "0912", "091212345678", "phone", "+98", "12345", "0912123456"])
def test_what_is_no_number_is_refused(typed):
	with pytest.raises(ValueError):
		to_e164(typed, "IR")


@pytest.mark.parametrize(
	("e164", "shown"),
	[("+989121234567", "0912 123 4567"), ("+905321234567", "+90 532 123 45 67"), ("nonsense", "nonsense")],
)
def test_numbers_are_shown_as_they_are_dialled(e164, shown):
	assert to_local(e164, "IR") == shown


@given(st.integers(0, 9_999_999))
def test_the_local_form_reads_back(subscriber):
	stored = to_e164(f"0912{subscriber:07d}", "IR")
	assert to_e164(to_local(stored, "IR"), "IR") == stored


@given(st.text(max_size=30))
def test_any_text_is_a_number_or_a_value_error(text):
	with contextlib.suppress(ValueError):
		assert to_e164(text, "IR").startswith("+")


@given(digits=st.text("0123456789", min_size=8, max_size=11))
@example(digits="9121234567")
@example(digits="2122334455")
@example(digits="9999999999")
def test_mobiles_of_iran_are_known_without_parsing_and_never_differently(digits):
	kinds = phonenumbers.PhoneNumberType
	number = phonenumbers.parse(f"+98{digits}", None)
	expected = phonenumbers.number_type(number) in (kinds.MOBILE, kinds.FIXED_LINE_OR_MOBILE)
	# Read by the library a zero in front is none of the number; it is never stored so.
	assert digits.startswith("0") or may_receive_sms(f"+98{digits}") == expected
