"""Who may be the same person."""

import pytest
from clinic_core.people import matching
from clinic_core.people.matching import Person, compare, rank
from hypothesis import given
from hypothesis import strategies as st

PHONE = frozenset({"+989121234567"})
PERSON = st.builds(
	Person,
	full_name=st.sampled_from(["علی کریمی", "Ali Karimi", "سارا راد", "", "علي كريمي"]),
	phones=st.sampled_from([frozenset(), PHONE]),
	national_code=st.sampled_from(["", "0013542419", "0499370899"]),
	birth_date=st.sampled_from(["", "1990-01-01", "1991-02-02"]),
	gender=st.sampled_from(["", "Female", "Male"]),
)


@pytest.mark.parametrize(
	("one", "other", "score", "why"),
	[
		(Person("علی", national_code="1"), Person("سارا", national_code="1"), 100, ("same_national_code",)),
		(
			Person("علی راد", PHONE, national_code="1"),
			Person("علی راد", PHONE, national_code="2"),
			0,
			(),
		),
		(Person("علی راد", PHONE), Person("علي راد", PHONE), 99, ("same_name", "same_phone")),
		(Person("علی راد"), Person("راد علی"), 60, ("same_name",)),
		(Person("علی راد", PHONE), Person("سارا مینایی", PHONE), 40, ("same_phone",)),
		(
			Person("علی راد", PHONE, birth_date="1990-01-01"),
			Person("مینا", PHONE, birth_date="1995-01-01"),
			20,
			("same_phone",),
		),
		(Person("علی راد", birth_date="1990-01-01"), Person("مینا سعیدی", birth_date="1990-01-01"), 0, ()),
		(
			Person("علی راد", birth_date="1990-01-01"),
			Person("علی راد", birth_date="1990-01-01"),
			90,
			("same_name", "same_birth_date"),
		),
		(Person("علی راد", gender="Male"), Person("علی راد", gender="Female"), 30, ("same_name",)),
		(Person(""), Person(""), 0, ()),
	],
)
def test_scores(one, other, score, why):
	assert compare(one, other) == matching.Likeness(score, why)


def test_scripts_are_bridged():
	assert matching.name_likeness("محمد کریمی", "Mohammad Karimi") == 0.9


@given(PERSON, PERSON)
def test_likeness_is_mutual_and_within_bounds(one, other):
	assert compare(one, other) == compare(other, one)
	assert 0 <= compare(one, other).score <= 100


@given(PERSON, st.lists(PERSON, max_size=6))
def test_ranking_is_by_score_above_the_threshold(person, others):
	ranked = rank(person, ((str(i), other) for i, other in enumerate(others)))
	scores = [likeness.score for _, likeness in ranked]
	assert scores == sorted(scores, reverse=True)
	assert all(score >= matching.REPORT_FROM for score in scores)


def test_a_family_name_in_common_is_not_a_likeness():
	sara = Person("Sara Ahmadi", frozenset({"+989121234567"}))
	assert rank(sara, [("other", Person("Shayan Ahmadi"))]) == []
	assert rank(sara, [("typo", Person("Sarah Ahmadi"))])
