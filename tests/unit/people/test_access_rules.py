"""What the log of views keeps of an action, and when two views are one."""

import datetime

import pytest
from clinic_core.people.access_log import rules
from hypothesis import given
from hypothesis import strategies as st


def test_each_patient_has_a_row_and_none_has_two():
	found = rules.entries(["a", "b", "a"], "View", "Form", doctype="Clinic Appointment", document="x")
	assert [(entry.patient, entry.count) for entry in found] == [("a", 1), ("b", 1)]


def test_many_patients_are_one_row_with_their_number():
	names = [f"p{i}" for i in range(rules.NAMED + 1)]
	assert [(e.patient, e.count) for e in rules.entries(names, "Export", "List")] == [(None, rules.NAMED + 1)]
	assert len(rules.entries(names[:-1], "Export", "List")) == rules.NAMED
	assert [(e.patient, e.count) for e in rules.entries([], "Export", "Report", count=7)] == [(None, 7)]


def test_nobody_seen_is_no_row():
	assert rules.entries([], "View", "Form") == []


def test_the_same_look_counts_once_but_searches_without_a_patient_all_count():
	form, card = rules.Entry("a", "View", "Form"), rules.Entry("a", "View", "Card")
	printed, search = rules.Entry("a", "Print", "PDF"), rules.Entry(None, "Search", "Find")
	assert rules.unlike([form, card, printed, search, search]) == [form, printed, search, search]


@given(st.integers(0, 10**9), st.integers(0, 299))
def test_a_slot_is_five_minutes(since_2000, seconds):
	start = datetime.datetime(2000, 1, 1) + datetime.timedelta(seconds=since_2000)
	first = rules.slot(start)
	assert rules.slot(start + datetime.timedelta(seconds=seconds)) - first in (0, 1)
	assert rules.slot(start + datetime.timedelta(seconds=300)) == first + 1


@pytest.mark.parametrize(
	("typed", "kept"),
	[
		("0013542419", "••••••2419"),
		("علی 09121230012", "علی •••••••0012"),
		("  سارا   محمدی ", "سارا محمدی"),
		("0012", "0012"),
	],
)
def test_long_numbers_are_kept_by_their_end(typed, kept):
	assert rules.told_text(typed) == kept


def test_persian_digits_are_hidden_too():
	assert rules.told_text("۰۰۱۳۵۴۲۴۱۹") == "••••••۲۴۱۹"


def test_a_manager_who_treats_is_known_as_a_manager():
	assert rules.main_role(["Clinic Practitioner", "Clinic Manager", "All"]) == "Clinic Manager"
	assert rules.main_role(["All"]) is None
