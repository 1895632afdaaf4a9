"""A known number with the same name is the same person; with another name it is the family."""

import pytest
from clinic_crm.pipeline.matching import same_name, same_person


@pytest.mark.parametrize(
	("known", "given"),
	[
		("علی رضایی", "علي رضايي"),
		("علی‌رضا کریمی", "علیرضا کریمی"),
		("Sara Ahmadi", "sara  ahmadi"),
		("", "Sara"),
		("Sara", None),
	],
)
def test_same_person(known, given):
	assert same_person(known, given)


def test_family_is_not_the_same_person():
	assert not same_person("Sara Ahmadi", "Reza Ahmadi")


def test_two_unnamed_have_no_same_name():
	assert not same_name("", "")
	assert same_name("مریم", "مريم")
