"""Dates of sessions and what an absence costs (A79–A84); the transition tables (design §3)."""

import datetime
import itertools

import pytest
from clinic_core.foundation import roles
from clinic_core.scheduling import states
from clinic_core.scheduling.sessions import (
	absences_left,
	default_tolerance,
	due_dates,
	first_date,
	judge_absence,
	last_possible,
	next_due,
	plan_is_over,
)
from hypothesis import given
from hypothesis import strategies as st

DAY = datetime.date(2026, 11, 21)


@given(st.integers(0, 60), st.integers(0, 30), st.integers(-1, 90))
def test_sessions_are_evenly_apart(count, gap, interval):
	dates = due_dates(first_date(DAY, gap), count, interval)
	assert len(dates) == count
	assert dates == sorted(set(dates))
	assert not dates or dates[0] == DAY + datetime.timedelta(days=gap)
	steps = {(b - a).days for a, b in itertools.pairwise(dates)}
	assert steps <= {max(interval, 1)}


@given(st.integers(1, 12), st.integers(1, 40), st.sets(st.integers(0, 120)), st.integers(0, 9))
def test_a_closed_day_moves_to_the_next_open_one_within_reach(count, interval, closed, later):
	off = {DAY + datetime.timedelta(days=number) for number in closed}
	dates = due_dates(DAY, count, interval, off, later)
	assert dates == sorted(set(dates)) and len(dates) == count
	assert all(day <= last_possible(DAY, count, interval) for day in due_dates(DAY, count, interval, off))
	wished = DAY
	for day in dates:
		waited = (day - wished).days
		assert 0 <= waited <= later
		assert all(wished + datetime.timedelta(days=n) in off for n in range(waited)), "no longer than needed"
		if day in off:
			assert day == wished and all(day + datetime.timedelta(days=n) in off for n in range(later + 1))
		wished = day + datetime.timedelta(days=interval)


@pytest.mark.parametrize(
	("interval", "earlier", "later"), [(0, 0, 3), (1, 0, 3), (7, 1, 3), (14, 3, 4), (30, 3, 10)]
)
def test_longer_intervals_bear_more(interval, earlier, later):
	assert default_tolerance(interval) == (earlier, later)


def test_the_next_one_keeps_its_distance_to_the_last_treatment():
	day = lambda number: DAY + datetime.timedelta(days=number)  # noqa: E731
	assert next_due(day(0), 30, day(99), day(10)) == day(30)
	assert next_due(day(0), 30, day(99), day(45)) == day(45), "overdue: the first possible day"
	assert next_due(None, 30, day(20), day(10)) == day(20), "nothing was treated yet: as planned"
	assert next_due(None, 30, day(5), day(10)) == day(10)


@given(st.integers(0, 10), st.integers(0, 20))
def test_absences_that_are_left_are_excused(allowed, missed):
	assert (judge_absence(missed, allowed) == "Absent") == (absences_left(allowed, missed) > 0)


@given(st.integers(0, 10), st.integers(0, 20))
def test_absences_up_to_the_allowed_number_are_excused(allowed, absences):
	outcomes = [judge_absence(before, allowed) for before in range(absences)]
	assert outcomes.count("Absent") == min(allowed, absences)
	assert outcomes == sorted(outcomes)


def test_plan_is_over_when_nothing_is_to_come():
	assert plan_is_over(["Attended", "Burnt", "Cancelled"])
	assert not plan_is_over(["Attended", "Absent"])


# The moves of design §3, written down once more: what is not here does not exist.
MOVES = {
	"Held": {"Booked", "Cancelled"},
	"Booked": {"Confirmed", "Arrived", "Admitted", "Cancelled", "No Show"},
	"Confirmed": {"Booked", "Arrived", "Admitted", "Cancelled", "No Show"},
	"Arrived": {"Booked", "Admitted", "Cancelled"},
	"Admitted": {"Arrived", "Completed"},
	"Completed": {"Admitted"},
	"Cancelled": set(),
	"No Show": {"Arrived"},
}


def test_appointment_moves():
	for old in MOVES:
		assert set(states.APPOINTMENT.next_states(old)) == MOVES[old]


@pytest.mark.parametrize("state", ["Admitted", "Completed"])
def test_only_a_visit_admits_and_completes(state):
	for (old, new), who in states.APPOINTMENT.moves.items():
		if new == state:
			assert not who, f"{old} → {new} must not be made by hand"


def test_actions_follow_the_roles():
	assert states.actions("Booked", [roles.RECEPTIONIST]) == [
		"confirm",
		"arrive",
		"cancel",
		"no_show",
		"reschedule",
	]
	assert states.actions("Booked", [roles.CRM_AGENT]) == ["confirm", "cancel", "reschedule"]
	assert states.actions("Booked", [roles.ACCOUNTANT]) == []
	assert states.actions("Admitted", [roles.MANAGER]) == []
	assert states.actions("Arrived", [roles.RECEPTIONIST]) == ["cancel", "undo"]
	assert states.actions("Cancelled", [roles.MANAGER]) == []
