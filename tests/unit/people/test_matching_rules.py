"""Rules of likeness that hold for whoever is compared (N6, F66, G20)."""

import itertools

import pytest
from clinic_core.people import matching
from clinic_core.people.matching import Person
from hypothesis import given
from hypothesis import strategies as st

NAMES = st.one_of(
	st.sampled_from(
		["علی رضایی", "علي رضائي", "Ali Rezaei", "رضا علی‌پور", "زهرا", "محمد محمدی", "Mohammad Mohammadi", ""]
	),
	st.text(alphabet="ابپتجحخدرزسشعفقکگلمنوهی abcdef‌ ", max_size=20),
)
PHONES = st.frozensets(st.sampled_from(["+989121234567", "+989351112233", "+982188776655"]), max_size=3)
PEOPLE = st.builds(
	Person,
	full_name=NAMES,
	phones=PHONES,
	national_code=st.sampled_from(["", "0013542419", "0084575948"]),
	birth_date=st.sampled_from(["", "1990-03-21", "1991-03-21"]),
	gender=st.sampled_from(["", "Female", "Male"]),
	identity_kind=st.sampled_from(["", "National Code", "Passport"]),
)


@given(PEOPLE, PEOPLE)
def test_likeness_is_symmetric_and_from_0_to_100(one, other):
	there, back = matching.compare(one, other), matching.compare(other, one)
	assert there == back
	assert 0 <= there.score <= 100
	assert bool(there.why) == bool(there.score)


@given(PEOPLE, PEOPLE)
def test_two_numbers_of_one_kind_decide(one, other):
	kinds = {one.identity_kind, other.identity_kind} - {""}
	if one.national_code and other.national_code and len(kinds) < 2:
		expected = 100 if one.national_code == other.national_code else 0
		assert matching.compare(one, other).score == expected


@given(NAMES.filter(str.strip), PHONES, st.sampled_from(["1990-03-21", ""]))
def test_a_name_alone_is_never_suggested(name, phones, born):
	one = Person(name, phones, birth_date=born)
	assert matching.compare(one, Person(name)).score < matching.SUGGEST_FROM


FAMILY = (
	Person("زهرا کریمی", frozenset({"+989121234567"}), birth_date="1985-01-01", gender="Female"),
	Person("علی کریمی", frozenset({"+989121234567"}), birth_date="2015-05-05", gender="Male"),
	Person("نگار کریمی", frozenset({"+989121234567"}), birth_date="2015-05-05", gender="Female"),
	Person("سینا کریمی", frozenset({"+989121234567"}), birth_date="2015-05-05"),
)


@pytest.mark.parametrize(("one", "other"), itertools.combinations(FAMILY, 2))
def test_families_and_twins_with_one_phone_are_not_suggested(one, other):
	assert matching.compare(one, other).score < matching.SUGGEST_FROM


@pytest.mark.parametrize(
	("one", "other"),
	[
		(
			Person("علي كريمي", frozenset({"+989121234567"})),
			Person("علی کریمی", frozenset({"+989121234567"})),
		),
		(
			Person("Ali Karimi", frozenset({"+989121234567"})),
			Person("علی کریمی", frozenset({"+989121234567"})),
		),
		(Person("علی‌رضا کریمی", birth_date="1990-03-21"), Person("علیرضا کریمی", birth_date="1990-03-21")),
		(Person("کریمی علی", birth_date="1990-03-21"), Person("علی کریمی", birth_date="1990-03-21")),
		(
			Person("سارا محمدی", frozenset({"+989121234567", "+989351112233"})),
			Person("سارا محمدی", frozenset({"+989351112233"})),
		),
	],
)
def test_one_person_in_two_spellings_is_suggested(one, other):
	assert matching.compare(one, other).score >= matching.SUGGEST_FROM
