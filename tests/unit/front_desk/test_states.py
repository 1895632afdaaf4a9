"""Every move of visits, triages and shifts, and nobody else's moves."""

import itertools

import pytest
from clinic_core.foundation import roles
from clinic_reception.cash_desk.states import DEPOSIT, SHIFT
from clinic_reception.front_desk import states
from clinic_reception.front_desk.states import TRIAGE, VISIT

ALL = ("Waiting", "Triaged", "In Service", "Done", "Closed", "Cancelled")
FORWARD = ("Waiting", "Triaged", "In Service", "Done", "Closed")


def test_a_visit_goes_forward_one_step_at_a_time_and_back():
	for old, new in itertools.pairwise(FORWARD):
		assert VISIT.allows(old, new)
		assert VISIT.allows(new, old)


@pytest.mark.parametrize(
	("old", "new"),
	[
		("Waiting", "Closed"),
		("Triaged", "Closed"),
		("In Service", "Closed"),
		("In Service", "Cancelled"),
		("Done", "Cancelled"),
		("Closed", "Cancelled"),
		("Cancelled", "Waiting"),
	],
)
def test_moves_that_do_not_exist(old, new):
	assert not VISIT.allows(old, new)


def test_a_cancelled_visit_is_the_end():
	assert VISIT.next_states("Cancelled") == []
	assert VISIT.initial == {"Waiting"}


def test_only_a_triage_makes_a_waiting_visit_triaged():
	assert not VISIT.allows_role("Waiting", "Triaged", roles.STAFF)


@pytest.mark.parametrize("role", [roles.CASHIER, roles.ACCOUNTANT, roles.CALL_AGENT, roles.PRACTITIONER])
def test_who_may_not_take_a_visit_back(role):
	assert not VISIT.allows_role("Waiting", "Cancelled", [role])
	assert VISIT.allows_role("Waiting", "Cancelled", [roles.RECEPTIONIST])


def test_the_cashier_closes_and_reopens_and_does_nothing_else():
	moves = {m for m in VISIT.moves if VISIT.allows_role(*m, [roles.CASHIER])}
	assert moves == {("Done", "Closed"), ("Closed", "Done")}


def test_a_void_triage_stays_void():
	assert TRIAGE.next_states(states.VOID) == []
	assert not TRIAGE.allows_role("Active", "Void", [roles.CASHIER, roles.OPERATOR])


def test_every_state_is_known():
	for table, known in ((VISIT, set(ALL)), (TRIAGE, {"Active", "Done", "Void"})):
		assert {s for move in table.moves for s in move} == known


def test_shifts_and_deposits_are_never_moved_by_hand():
	for table in (SHIFT, DEPOSIT):
		assert not any(table.allows_role(*move, roles.EVERYONE) for move in table.moves)
