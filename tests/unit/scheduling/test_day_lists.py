"""The list of a day on paper: its words, and whose day is due (G09)."""

import datetime

import pytest
from clinic_core.scheduling.day_lists import texts


@pytest.mark.parametrize(
	("lang", "text"),
	[("en", "Sunday, 29 November 2026"), ("fa", "یکشنبه ۸ آذر ۱۴۰۵")],
)
def test_a_day_in_the_calendar_of_its_reader(lang, text):
	assert texts.day_text(datetime.date(2026, 11, 29), lang) == text


def test_times_have_the_digits_of_the_language():
	nine = datetime.datetime(2026, 11, 29, 9, 5)
	assert (texts.clock(nine, "fa"), texts.clock(nine, "en")) == ("۰۹:۰۵", "09:05")


@pytest.mark.parametrize(
	("wish", "lang", "shown"),
	[
		(texts.MASKED, "en", "•••4567"),
		(texts.MASKED, "fa", "•••۴۵۶۷"),
		(None, "en", "•••4567"),
		(texts.FULL, "en", "0912 123 4567"),
		(texts.NONE, "en", ""),
	],
)
def test_a_phone_is_no_longer_than_the_clinic_wants(wish, lang, shown):
	assert texts.phone("0912 123 4567", wish, lang) == shown


def test_nobody_has_a_phone_of_dots():
	assert texts.phone(None, texts.MASKED, "en") == ""
