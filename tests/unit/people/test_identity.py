"""Identity numbers: kinds, check digits, the mask (B16, G14, F80)."""

import pytest
from clinic_core.people.identity import kinds, mask, national_code, tc_number
from clinic_core.people.identity.kinds import Identity, plain, problem
from hypothesis import given
from hypothesis import strategies as st

DIGITS = "0123456789"


@pytest.mark.parametrize("code", ["0013542419", "0499370899"])
def test_right_national_codes(code):
	assert national_code.is_valid(code)


@pytest.mark.parametrize("code", ["", "1111111111", "001354241", "00135424190", "001354241a", "٠٠١٣٥٤٢٤١٩"])
def test_wrong_national_codes(code):
	assert not national_code.is_valid(code)


@given(st.text(alphabet=DIGITS, min_size=9, max_size=9).filter(lambda start: len(set(start)) > 1))
def test_nine_digits_have_exactly_one_check_digit(start):
	assert sum(national_code.is_valid(start + digit) for digit in DIGITS) == 1


@given(st.integers(0, 9), st.integers(0, 8))
def test_one_wrong_digit_of_a_national_code_is_noticed(digit, place):
	code = "0013542419"
	if code[place] != str(digit):
		assert not national_code.is_valid(code[:place] + str(digit) + code[place + 1 :])


# 10000000146 is the number that Turkish offices print in their samples.
@pytest.mark.parametrize("number", ["10000000146", "12345678950"])
def test_right_tc_numbers(number):
	assert tc_number.is_valid(number)


@pytest.mark.parametrize(
	"number", ["", "00000000000", "1000000014", "100000001460", "10000000147", "1000000014a"]
)
def test_wrong_tc_numbers(number):
	assert not tc_number.is_valid(number)


_TC_STARTS = st.integers(10**8, 10**9 - 1).map(str)


@given(_TC_STARTS)
def test_nine_digits_have_exactly_one_pair_of_check_digits(nine):
	right = [f"{end:02d}" for end in range(100) if tc_number.is_valid(f"{nine}{end:02d}")]
	assert right == [tc_number.check_digits(nine)]


@given(_TC_STARTS, st.integers(1, 10), st.integers(1, 9))
def test_one_wrong_digit_of_a_tc_number_is_noticed(nine, place, by):
	number = nine + tc_number.check_digits(nine)
	wrong = number[:place] + str((int(number[place]) + by) % 10) + number[place + 1 :]
	assert not tc_number.is_valid(wrong)


@pytest.mark.parametrize(
	("typed", "kept"),
	[
		(" ۰۰۱۳-۵۴۲۴۱۹ ", "0013542419"),
		("p 1234-5678", "P12345678"),
		("\u200e٠٠١٣٥٤٢٤١٩\u200c", "0013542419"),
		(None, ""),
	],
)
def test_typed_forms(typed, kept):
	assert plain(typed) == kept


@given(st.text(max_size=30))
def test_the_plain_form_is_plain_already(text):
	assert plain(plain(text)) == plain(text)


@pytest.mark.parametrize(
	("identity", "code"),
	[
		(Identity(kinds.NATIONAL_CODE, "0013542419"), None),
		(Identity(kinds.NATIONAL_CODE, "0013542418"), kinds.NOT_A_NATIONAL_CODE),
		(Identity(kinds.NATIONAL_CODE), kinds.NUMBER_MISSING),
		(Identity(kinds.TC_NUMBER, "10000000146"), None),
		(Identity(kinds.TC_NUMBER, "0013542419"), kinds.NOT_A_TC_NUMBER),
		(Identity(kinds.FOREIGNER_ID, "123456789012"), None),
		(Identity(kinds.FOREIGNER_ID, "1234567"), kinds.NOT_A_FOREIGNER_ID),
		(Identity(kinds.FOREIGNER_ID, "000000000000"), kinds.NOT_A_FOREIGNER_ID),
		(Identity(kinds.PASSPORT, "P12345678", "Iraq"), None),
		(Identity(kinds.PASSPORT, "P12345678"), kinds.COUNTRY_MISSING),
		(Identity(kinds.PASSPORT, "ABCDEFG", "Iraq"), kinds.NOT_A_PASSPORT),
		(Identity(kinds.PASSPORT, "پ۱۲۳۴۵۶", "Iraq"), kinds.NOT_A_PASSPORT),
		(Identity(kinds.OTHER, "12"), kinds.NOT_A_NUMBER),
		(Identity(kinds.NO_CODE, no_code_reason="Newborn"), None),
		(Identity(kinds.NO_CODE), kinds.REASON_MISSING),
		(Identity(kinds.NO_CODE, no_code_reason="Because"), kinds.UNKNOWN_REASON),
		(Identity(kinds.NO_CODE, "0013542419", no_code_reason="Newborn"), kinds.NUMBER_WITHOUT_KIND),
		(Identity("Horoscope", "1"), kinds.UNKNOWN_KIND),
	],
)
def test_what_is_wrong_with_an_identity(identity, code):
	assert problem(identity) == code


def test_the_same_passport_number_of_two_countries_is_two_people():
	keys = {Identity(kinds.PASSPORT, "P12345678", country).key for country in ("Iraq", "Turkey")}
	assert len(keys) == 2
	assert Identity(kinds.NO_CODE, no_code_reason="Newborn").key is None


def test_a_number_alone_means_what_the_country_has():
	assert [kinds.default_kind(region) for region in ("IR", "TR", "CN")] == [
		kinds.NATIONAL_CODE, kinds.TC_NUMBER, kinds.OTHER,
	]  # fmt: skip


@given(st.text(alphabet=DIGITS + "ABC", min_size=1, max_size=30))
def test_a_mask_keeps_the_length_and_at_most_three_signs(number):
	hidden = mask.mask(number)
	assert len(hidden) == len(number)
	assert hidden.count(mask.HIDDEN) >= min(len(number), 5)
	assert mask.is_masked(hidden) and not mask.is_masked(number)
	assert mask.mask("0013542419") == "•••••••419"
