"""What an appointment or a walk-in means for the lead behind it."""

import datetime

import pytest
from clinic_crm.pipeline import follow
from clinic_crm.pipeline.states import CLOSED, IN_PROGRESS, LEAD, NEW, OPPORTUNITY, STAGNANT
from hypothesis import given
from hypothesis import strategies as st

STATES = [NEW, IN_PROGRESS, OPPORTUNITY, CLOSED, STAGNANT]
APPOINTMENT = ["Held", "Booked", "Confirmed", "Arrived", "Admitted", "Completed", "Cancelled", "No Show"]


@pytest.mark.parametrize(
	("lead", "appointment", "linked", "expected"),
	[
		(NEW, "Booked", False, OPPORTUNITY),
		(IN_PROGRESS, "Booked", False, OPPORTUNITY),
		(STAGNANT, "Booked", False, OPPORTUNITY),
		(OPPORTUNITY, "Confirmed", True, None),
		(NEW, "Held", False, None),
		(OPPORTUNITY, "Admitted", True, CLOSED),
		(NEW, "Admitted", False, CLOSED),
		(CLOSED, "Completed", True, None),
		(CLOSED, "Arrived", True, OPPORTUNITY),
		(CLOSED, "Booked", False, None),
		(OPPORTUNITY, "No Show", True, IN_PROGRESS),
		(OPPORTUNITY, "Cancelled", True, IN_PROGRESS),
		(OPPORTUNITY, "Cancelled", False, None),
		(IN_PROGRESS, "Arrived", True, OPPORTUNITY),
		(STAGNANT, "Cancelled", True, None),
	],
)
def test_after_appointment(lead, appointment, linked, expected):
	assert follow.after_appointment(lead, appointment, is_linked=linked) == expected


@given(st.sampled_from(STATES), st.sampled_from(APPOINTMENT), st.booleans())
def test_the_table_knows_every_move_that_events_make(lead, appointment, linked):
	new = follow.after_appointment(lead, appointment, is_linked=linked)
	assert new is None or (new != lead and LEAD.allows(lead, new))


@given(st.sampled_from(STATES), st.sampled_from(APPOINTMENT), st.booleans())
def test_the_same_event_twice_is_one(lead, appointment, linked):
	new = follow.after_appointment(lead, appointment, is_linked=linked)
	if new:
		assert follow.after_appointment(new, appointment, is_linked=True) is None


@pytest.mark.parametrize(
	("wished", "received", "expected"),
	[([], ["A"], True), ([], [], True), (["A"], ["A", "B"], True), (["A"], ["B"], False), (["A"], [], False)],
)
def test_fulfils(wished, received, expected):
	assert follow.fulfils(wished, received) is expected


def test_follow_up_day():
	day = datetime.date
	today = day(2026, 11, 21)
	# Judged by the night after: the day of the no-show plus one, which is today.
	assert follow.follow_up_day(day(2026, 11, 20), today, is_no_show=True) == today
	assert follow.follow_up_day(today, today, is_no_show=True) == day(2026, 11, 22)
	# A night that was missed for a week does not plan into the past.
	assert follow.follow_up_day(day(2026, 11, 10), today, is_no_show=True) == today
	assert follow.follow_up_day(day(2026, 12, 24), today, is_no_show=False) == day(2026, 11, 22)
