"""Addresses of public pages, in any script."""

import pytest
from clinic_core.service_catalog.definition.slugs import LONGEST, slug, unused
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
	("text", "expected"),
	[
		("Laser Full Body", "laser-full-body"),
		("لیزر فول‌بادی (خانم‌ها)", "لیزر-فول-بادی-خانم-ها"),
		("ليزر كامل", "لیزر-کامل"),
		("جلسه ۲ / ۳", "جلسه-2-3"),
		("  --a -- b--  ", "a-b"),
		("../../etc/passwd", "etcpasswd"),
		("<script>", "script"),
		("؟!", ""),
		(None, ""),
	],
)
def test_a_name_becomes_an_address(text, expected):
	assert slug(text) == expected


@given(st.text())
def test_an_address_has_nothing_that_means_something_in_one(text):
	made = slug(text)
	assert len(made) <= LONGEST
	assert not set(made) & set("/?#%&<>\"' .\\") and slug(made) == made


def test_a_taken_address_gets_a_number():
	assert unused("laser", set()) == "laser"
	assert unused("laser", {"laser"}) == "laser-2"
	assert unused("laser", {"laser", "laser-2", "laser-4"}) == "laser-3"
