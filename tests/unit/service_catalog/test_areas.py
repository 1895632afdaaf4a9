"""Codes of body areas: given once, kept through forms, REST and imports (G07)."""

import itertools

import pytest
from clinic_core.service_catalog.definition import areas
from hypothesis import given
from hypothesis import strategies as st

BEFORE = [
	{"name": "row1", "title": "صورت", "code": "aaa"},
	{"name": "row2", "title": "Full body", "code": "bbb"},
]


def coded(rows, before=BEFORE):
	serial = itertools.count(1)
	return areas.codes(rows, before, lambda: f"new{next(serial)}")


def test_new_areas_get_codes():
	assert coded([{"title": "A"}, {"title": "B"}], []) == ["new1", "new2"]


def test_a_form_sends_names_and_keeps_codes_whatever_else_it_sends():
	rows = [{"name": "row2", "title": "Body", "code": "forged"}, {"name": "row1", "title": "Face"}]
	assert coded(rows) == ["bbb", "aaa"]


def test_rows_replaced_by_rest_are_known_by_code_then_by_title():
	rows = [{"title": "anything", "code": " bbb "}, {"title": "صورت"}, {"title": "Neck"}]
	assert coded(rows) == ["bbb", "aaa", "new1"]


def test_a_title_is_compared_as_people_read_it():
	assert coded([{"title": "FULL  BODY"}, {"title": "صورت "}]) == ["bbb", "aaa"]


def test_a_code_is_not_given_twice():
	assert coded([{"title": "x", "code": "aaa"}, {"title": "صورت"}]) == ["aaa", "new1"]
	rows = [{"title": "صورت"}, {"title": "y", "code": "new1"}, {"title": "z"}]
	assert coded(rows) == ["aaa", "new1", "new2"]


def test_a_typed_code_has_latin_digits():
	assert coded([{"title": "x", "code": "۱۲"}], []) == ["12"]


@given(st.lists(st.sampled_from(["Face", "Neck", "Arm", "Leg"]), unique=True), st.randoms())
def test_any_order_of_the_same_titles_keeps_every_code(titles, random):
	first = [
		{"title": title, "code": code}
		for title, code in zip(titles, coded([{"title": t} for t in titles], []), strict=True)
	]
	shuffled = random.sample(first, len(first))
	again = coded([{"title": row["title"]} for row in shuffled], first)
	assert again == [row["code"] for row in shuffled]


@pytest.mark.parametrize(
	("row", "field", "code"),
	[
		({"title": " "}, "title", "no_title"),
		({"title": "A", "amount": -1}, "amount", "not_negative"),
		({"title": "A", "duration_minutes": 7}, "duration_minutes", "on_grid"),
		({"title": "A", "duration_minutes": -5}, "duration_minutes", "not_negative"),
		({"title": "A", "session_count": -1}, "session_count", "not_negative"),
	],
)
def test_what_is_wrong_with_a_row_is_named(row, field, code):
	assert areas.problems([{"title": "first", "code": "1"}, row]) == [areas.AreaProblem(2, field, code)]


def test_titles_and_codes_are_unique():
	rows = [{"title": "Face", "code": "A"}, {"title": " FACE", "code": "b"}, {"title": "Neck", "code": "a"}]
	assert [(p.row, p.code) for p in areas.problems(rows)] == [(2, "title_twice"), (3, "code_twice")]


def test_good_areas_have_no_problems():
	rows = [
		{"title": "Face", "code": "a", "amount": 0, "duration_minutes": 15},
		{"title": "Neck", "code": "b"},
	]
	assert areas.problems(rows) == []
