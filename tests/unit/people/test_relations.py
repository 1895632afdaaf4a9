"""What two people are to each other is told from both sides (Q3)."""

import pytest
from clinic_core.people.family.relations import RELATIONS, inverse, pair
from hypothesis import given
from hypothesis import strategies as st

GENDERS = st.sampled_from(["Female", "Male", "", None])


@pytest.mark.parametrize(
	("relation", "gender", "expected"),
	[
		("Mother", "Female", "Daughter"),
		("Mother", "Male", "Son"),
		("Son", "Female", "Mother"),
		("Wife", "Male", "Husband"),
		("Husband", "Female", "Wife"),
		("Sister", "Male", "Brother"),
		("Mother", None, "Relative"),
		("Guardian", None, "Ward"),
		("Cared For", "Male", "Carer"),
	],
)
def test_the_other_side(relation, gender, expected):
	assert inverse(relation, gender) == expected


@given(st.sampled_from(RELATIONS), GENDERS, GENDERS)
def test_seen_twice_it_is_of_the_same_kind_again(relation, mine, theirs):
	there = inverse(relation, mine)
	assert there in RELATIONS
	assert inverse(there, theirs) in RELATIONS


@given(st.text(), st.text())
def test_a_pair_has_one_key(one, other):
	assert pair(one, other) == pair(other, one)
