"""When patients are called again (A30, A90, F50)."""

import datetime

import pytest
from clinic_core.scheduling.recall_rules import AFTER_COURSE_END, AFTER_LAST_VISIT, CALENDAR
from clinic_core.scheduling.recalls import states
from clinic_core.scheduling.recalls.due import AGAIN_DAYS, AHEAD_DAYS, Rule, bases, cycle, due_on, next_call
from hypothesis import given
from hypothesis import strategies as st

TODAY = datetime.date(2026, 11, 28)
days = st.dates(datetime.date(2020, 1, 1), datetime.date(2030, 12, 31))


def rule(trigger=AFTER_LAST_VISIT, **values):
	return Rule("BOTOX", trigger, **values)


def test_so_many_days_after_what_it_counts_from():
	assert due_on(rule(after_days=90), TODAY) == datetime.date(2027, 2, 26)
	assert due_on(rule(CALENDAR, first_on=TODAY), datetime.date(2020, 1, 1)) == TODAY


@given(days, days, st.integers(1, 3650), st.sampled_from([AFTER_LAST_VISIT, AFTER_COURSE_END]))
def test_the_days_asked_for_are_exactly_those_whose_recall_belongs_on_the_list(today, base, after, trigger):
	one = rule(trigger, after_days=after)
	first, last = bases(one, today)
	wait = (due_on(one, base) - today).days
	belongs = base <= today and -365 <= wait <= AHEAD_DAYS
	assert (first <= base <= last) is belongs


@given(days, days)
def test_a_day_of_the_calendar_is_on_the_list_from_two_weeks_before_on(today, first_on):
	found = bases(rule(CALENDAR, first_on=first_on), today)
	assert bool(found) is (-365 <= (first_on - today).days <= AHEAD_DAYS)
	if found:
		assert found[1] <= today


def test_a_cycle_is_one_of_its_rule_patient_and_beginning():
	one, other = rule(name="R1"), rule(name="R2")
	assert cycle(one, "P", TODAY) == cycle(one, "P", TODAY)
	keys = {cycle(one, "P", TODAY), cycle(other, "P", TODAY), cycle(one, "Q", TODAY)}
	keys |= {cycle(one, "P", TODAY + datetime.timedelta(days=1)), cycle(rule(), "P", TODAY)}
	assert len(keys) == 5


def test_a_day_of_the_calendar_is_one_cycle_whenever_somebody_was_here():
	one = rule(CALENDAR, first_on=TODAY, name="R")
	assert cycle(one, "P", datetime.date(2026, 1, 1)) == cycle(one, "P", datetime.date(2026, 5, 1))


@pytest.mark.parametrize(
	("attempts", "most", "again", "wished", "expected"),
	[
		(1, 3, 10, None, TODAY + datetime.timedelta(days=10)),
		(3, 3, 10, None, None),
		(1, 1, 0, None, None),
		(1, 2, 0, None, TODAY + datetime.timedelta(days=AGAIN_DAYS)),
		(3, 3, 10, TODAY, TODAY),
	],
)
def test_what_follows_a_call_that_came_to_nothing(attempts, most, again, wished, expected):
	assert next_call(attempts, most, again, TODAY, wished) == expected


@given(st.integers(1, 24), st.integers(1, 3650))
def test_calls_come_to_an_end(most, again):
	day, calls = TODAY, 0
	while day is not None:
		calls += 1
		assert calls <= most
		day = next_call(calls, most, again, day)
	assert calls == most


def test_every_outcome_leads_to_a_state_the_table_allows():
	for old in states.TO_FOLLOW:
		for new in states.OUTCOMES.values():
			assert states.RECALL.allows(old, new)
