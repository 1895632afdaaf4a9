"""Which file's value is kept, field by field (D44)."""

import pytest
from clinic_core.people.merging import choices
from clinic_core.people.merging.choices import Choosable
from hypothesis import given
from hypothesis import strategies as st

FIELDS = [Choosable("city"), Choosable("email"), Choosable("note", is_text=True)]
VALUES = st.fixed_dictionaries(
	{field.field: st.sampled_from([None, "", "a", "b", "a\nb"]) for field in FIELDS}
)
CHOSEN = st.fixed_dictionaries({}, optional={field.field: st.sampled_from(field.options) for field in FIELDS})


def test_without_a_choice_gaps_are_filled_and_dangers_joined():
	mine = {"city": "Tehran", "email": None, "note": "penicillin"}
	other = {"city": "Karaj", "email": "x@clinic.example", "note": "latex"}
	assert choices.settle(FIELDS, mine, other, {}) == {
		"email": "x@clinic.example",
		"note": "penicillin\nlatex",
	}


@given(VALUES, VALUES, CHOSEN)
def test_every_value_comes_from_one_of_the_files_and_no_line_is_lost(mine, other, chosen):
	new = {**mine, **choices.settle(FIELDS, mine, other, chosen)}
	assert new["city"] in (mine["city"], other["city"])
	if not chosen:
		lines = {line for text in (mine["note"], other["note"]) for line in (text or "").splitlines()}
		assert lines == set((new["note"] or "").splitlines())


@given(VALUES, CHOSEN)
def test_merging_with_a_copy_changes_nothing(mine, chosen):
	assert not choices.settle([field for field in FIELDS if not field.is_text], mine, mine, {})
	assert choices.differing(FIELDS, mine, dict(mine)) == []


@pytest.mark.parametrize("given_", [{"city": "both"}, {"city": "x"}, {"age": "keep"}])
def test_other_choices_are_refused_by_name(given_):
	with pytest.raises(choices.UnknownChoice) as error:
		choices.settle(FIELDS, {}, {}, given_)
	assert error.value.field in given_
