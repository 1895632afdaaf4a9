"""Answers are read by the kind of their question (E211)."""

import pytest
from clinic_core.people.patient_file.answers import WrongAnswerError, read


@pytest.mark.parametrize(
	("kind", "text", "stored"),
	[
		("Text", " dry skin ", "dry skin"),
		("Choice", "Red", "Red"),
		("Yes or No", "بله", "Yes"),
		("Yes or No", "no", "No"),
		("Number", "۲٬۵۰۰", "2500"),
		("Number", "1.50", "1.50"),
		("Date", "۱۳۶۵/۰۷/۱۲", "1986-10-04"),
		("Date", "1986-10-04", "1986-10-04"),
		("Choice", "  ", ""),
	],
)
def test_what_is_stored(kind, text, stored):
	assert read(kind, ["Red", "Blue"], text) == stored


@pytest.mark.parametrize(
	("kind", "text", "code"),
	[
		("Text", "x" * 141, "too_long"),
		("Choice", "Green", "choice"),
		("Yes or No", "perhaps", "yes_or_no"),
		("Number", "many", "number"),
		("Date", "1403/12/31", "date"),
	],
)
def test_what_does_not_fit(kind, text, code):
	with pytest.raises(WrongAnswerError) as refused:
		read(kind, ["Red", "Blue"], text)
	assert refused.value.code == code
