"""Days in sentences are those of the reader's calendar, at every door (`design.md` §4.10)."""

import datetime

import pytest
from clinic_core.foundation.errors import InvalidInputError, SlotTakenError
from clinic_core.foundation.shown_days import shown_day, shown_moment
from clinic_core.scheduling import booking
from frappe.utils import format_date

from tests.integration.scheduling.conftest import build_world

MORNING = datetime.datetime(2026, 11, 28, 9, 5)


@pytest.fixture
def in_persian(site):
	site.local.lang = "fa"
	yield
	site.local.lang = "en"


def test_in_english_a_day_is_written_as_the_system_says(site):
	assert shown_day(MORNING) == shown_day("2026-11-28") == format_date("2026-11-28")
	assert shown_moment(MORNING) == f"{format_date(MORNING)} 09:05"


def test_in_persian_it_is_of_the_jalali_calendar(in_persian):
	assert shown_day("2026-11-28") == "۱۴۰۵/۰۹/۰۷"
	assert shown_moment(MORNING) == "۱۴۰۵/۰۹/۰۷ ۰۹:۰۵"


def test_a_refused_time_names_days_of_the_persian_calendar(site, in_persian):
	world = build_world(site)
	booking.book(world.patient, world.visit, world.doctor, world.at("09:00"))
	with pytest.raises(SlotTakenError) as taken:
		booking.book(world.second, world.visit, world.doctor, world.at("09:00"))
	assert f"{shown_day(world.day)} ۰۹:۳۰" in str(taken.value)
	with pytest.raises(InvalidInputError) as refused:
		booking.book(world.second, world.visit, world.doctor, world.at("13:00"))
	assert shown_day(world.day) in str(refused.value) and "۰۸:۰۰–۱۲:۰۰" in str(refused.value)
