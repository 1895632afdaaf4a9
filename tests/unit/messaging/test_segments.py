"""Parts of a text message: GSM-7 and UCS-2 (N9)."""

from decimal import Decimal

import pytest
from clinic_core.messaging import segments
from hypothesis import given
from hypothesis import strategies as st

LATIN = st.text(alphabet="abcXYZ 0123,.!?@", max_size=700)
PERSIAN = st.text(alphabet="ابپتثجچ ۰۱۲‌", min_size=1, max_size=300)


@pytest.mark.parametrize(
	("text", "encoding", "length", "parts"),
	[
		("", "GSM-7", 0, 0),
		("a" * 160, "GSM-7", 160, 1),
		("a" * 161, "GSM-7", 161, 2),
		("a" * 306, "GSM-7", 306, 2),
		("a" * 307, "GSM-7", 307, 3),
		("€" * 80, "GSM-7", 160, 1),
		("€" * 81, "GSM-7", 162, 2),
		("س" * 70, "UCS-2", 70, 1),
		("س" * 71, "UCS-2", 71, 2),
		("س" * 134, "UCS-2", 134, 2),
		("س" * 135, "UCS-2", 135, 3),
		("a" * 69 + "س", "UCS-2", 70, 1),
		("😀" * 35, "UCS-2", 70, 1),
		("çok", "UCS-2", 3, 1),
	],
)
def test_the_parts_of_a_text(text, encoding, length, parts):
	size = segments.measure(text)
	assert (size.encoding, size.length, size.parts) == (encoding, length, parts)


def test_a_letter_of_two_places_is_never_broken():
	# 152 places are taken in the first part: the euro, which takes two, begins the second.
	assert segments.measure("a" * 152 + "€" + "a" * 151).parts == 2
	assert segments.measure("a" * 152 + "€" + "a" * 152).parts == 3
	assert segments.measure("س" * 66 + "😀" + "س" * 66).parts == 3


@given(LATIN)
def test_latin_parts_are_as_few_as_they_can_be(text):
	size = segments.measure(text)
	assert size.encoding == "GSM-7" and size.length == len(text)
	assert size.parts == (0 if not text else 1 if len(text) <= 160 else -(-len(text) // 153))


@given(PERSIAN)
def test_persian_parts_are_as_few_as_they_can_be(text):
	size = segments.measure(text)
	if all(sign in " " for sign in text):
		return
	assert size.encoding == "UCS-2"
	assert size.parts == (1 if len(text) <= 70 else -(-len(text) // 67))


@given(st.text(max_size=400), st.text(max_size=50))
def test_more_text_never_takes_fewer_parts_and_what_is_left_still_fits(text, more):
	size = segments.measure(text)
	assert segments.measure(text + more).parts >= size.parts
	if size.parts:
		assert segments.measure(text + "a" * size.left).parts <= size.parts + (size.parts > 1)


@pytest.mark.parametrize(
	("text", "too_long"), [("س" * 268, False), ("س" * 269, True), ("a" * 612, False), ("a" * 613, True)]
)
def test_four_parts_are_the_most(text, too_long):
	assert segments.measure(text).is_too_long is too_long


def test_what_it_costs():
	assert segments.cost(3, Decimal("1450.5")) == Decimal("4351.5")
