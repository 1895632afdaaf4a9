"""Whatever colour a clinic chooses, text in it and on it can be read."""

import pytest
from clinic_core.service_catalog.public_page.colours import DEFAULT, READABLE, readable
from hypothesis import given
from hypothesis import strategies as st


def contrast(colour):
	def linear(value):
		share = value / 255
		return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

	red, green, blue = (linear(int(colour[at : at + 2], 16)) for at in (1, 3, 5))
	return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


@given(st.from_regex(r"\A#[0-9a-f]{6}\Z"))
def test_every_colour_becomes_readable_on_white(colour):
	assert contrast(readable(colour)) >= READABLE


def test_a_colour_that_is_readable_stays_as_it_is():
	assert readable("#0e7c86") == "#0e7c86"
	assert readable("#039") == "#003399"


@pytest.mark.parametrize("nonsense", [None, "", "red", "#12", "#12345g", "url(x)"])
def test_what_is_no_colour_is_the_default_one(nonsense):
	assert readable(nonsense) == DEFAULT
