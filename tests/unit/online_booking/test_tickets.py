"""Signed tickets: read by their holder, changed by nobody."""

import pytest
from clinic_core.online_booking import code_rules
from clinic_core.online_booking.my import tickets
from hypothesis import given
from hypothesis import strategies as st

KEY, NOW = "site key", 1_800_000_000


@given(st.dictionaries(st.sampled_from("abcdm"), st.text(max_size=12), max_size=3))
def test_what_is_signed_is_read_back(content):
	ticket = tickets.make(KEY, "page", content, NOW + 10)
	assert tickets.read(KEY, "page", ticket, NOW) == {**content, "x": NOW + 10}


def test_over_foreign_or_of_another_purpose_it_opens_nothing():
	ticket = tickets.make(KEY, "page", {"p": "x"}, NOW + 10)
	assert tickets.read(KEY, "page", ticket, NOW + 10) is None
	assert tickets.read("other", "page", ticket, NOW) is None
	assert tickets.read(KEY, "choice", ticket, NOW) is None


@given(st.integers(0, 200), st.characters(codec="ascii"))
def test_a_changed_ticket_opens_nothing(place, letter):
	ticket = tickets.make(KEY, "page", {"p": "somebody"}, NOW + 10)
	place %= len(ticket)
	changed = ticket[:place] + letter + ticket[place + 1 :]
	if changed != ticket:
		assert tickets.read(KEY, "page", changed, NOW) is None


@pytest.mark.parametrize("text", [None, "", ".", "a.b", "é.é", "x" * 5000])
def test_nonsense_opens_nothing(text):
	assert tickets.read(KEY, "page", text, NOW) is None


def test_codes_are_five_digits_and_their_hash_needs_the_key():
	code = code_rules.new()
	assert len(code) == 5 and code.isdigit()
	kept = code_rules.digest(KEY, "my", "+989121112233", code)
	assert code_rules.is_right(kept, code_rules.digest(KEY, "my", "+989121112233", code))
	for other in (
		code_rules.digest("other", "my", "+989121112233", code),
		code_rules.digest(KEY, "booking", "+989121112233", code),
		code_rules.digest(KEY, "my", "+989121112234", code),
	):
		assert not code_rules.is_right(kept, other)
