"""Number and address are counted, and an address alone never blocks with a low limit."""

import pytest
from clinic_crm.pipeline import limits
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
	("number", "address", "expected"),
	[(0, 0, None), (4, 59, None), (5, 0, limits.NUMBER), (0, 60, limits.ADDRESS), (5, 60, limits.NUMBER)],
)
def test_limits_of_the_settings(number, address, expected):
	assert limits.flood(number, address, number_limit=5, address_limit=60) == expected


@given(st.integers(0, limits.ADDRESS_FLOOR - 1), st.integers(1, 5))
def test_a_low_setting_does_not_shut_out_a_mobile_operator(count, address_limit):
	assert limits.flood(0, count, number_limit=5, address_limit=address_limit) is None


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_zero_is_no_limit(number, address):
	assert limits.flood(number, address, number_limit=0, address_limit=0) is None
