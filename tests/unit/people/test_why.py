"""Which part of what is shown fits what was typed."""

import pytest
from clinic_core.people.finding import why
from hypothesis import given
from hypothesis import strategies as st


def hits(parts):
	return [text for text, hit in parts if hit]


@pytest.mark.parametrize(
	("shown", "typed", "match", "marked"),
	[
		("علی‌رضا كريمی", "علیرضا", "name", ["علی‌رضا"]),
		("علی رضا کریمی", "عليرضا كر", "name", ["علی رضا کر"]),
		("زهرا محمدی‌نژاد", "نژاد زهرا", "name", ["زهرا", "نژاد"]),
		("Ayşe Işık", "isik", "name", ["Işık"]),
		("王小明", "小", "name", ["小"]),
		("王小明", "wxm", "initials", ["王小明"]),
		("رضا پورقاسمی", "pourghasemi", "similar_name", ["پورقاسمی"]),
		("سارا کریمی", "0012", "mobile", []),
	],
)
def test_names(shown, typed, match, marked):
	assert hits(why.in_name(shown, typed, match)) == marked


@pytest.mark.parametrize(
	("shown", "typed", "marked"),
	[
		("0912 123 0012", "0012", ["0012"]),
		("0912 123 0012", "۳۰۰۱۲", ["3 0012"]),
		("0912 123 0012", "0912", ["0912"]),
		("0912 123 0012", "00989121230012", ["912 123 0012"]),
		("ZX-00042", "42", ["42"]),
		("ZX-00042", "zx000", ["ZX-000"]),
		("••••0012", "0012", ["0012"]),
		("0912 123 0012", "777", []),
	],
)
def test_numbers(shown, typed, marked):
	assert hits(why.in_number(shown, typed, from_end=True)) == marked


@given(st.text(max_size=30), st.text(max_size=15), st.sampled_from(["name", "pinyin", "similar_name"]))
def test_parts_always_make_the_text(shown, typed, match):
	assert "".join(text for text, _hit in why.in_name(shown, typed, match)) == shown
	assert "".join(text for text, _hit in why.in_number(shown, typed)) == shown
