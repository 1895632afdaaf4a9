"""The lead's way (`design.md` §3): what exists, and who may do it by hand."""

import pytest
from clinic_core.foundation import roles
from clinic_crm.pipeline.states import (
	ACTIVITY,
	CLOSED,
	DONE,
	IN_PROGRESS,
	LEAD,
	NEW,
	NOT_DONE,
	OPEN_STATES,
	OPPORTUNITY,
	STAGNANT,
)


@pytest.mark.parametrize("state", OPEN_STATES)
def test_any_open_lead_may_be_given_up_by_an_agent(state):
	assert LEAD.allows_role(state, STAGNANT, [roles.CRM_AGENT])


def test_a_stagnant_lead_goes_on_in_progress():
	assert LEAD.allows_role(STAGNANT, IN_PROGRESS, [roles.CRM_AGENT])
	assert not LEAD.allows(STAGNANT, NEW)


@pytest.mark.parametrize("start", [NEW, IN_PROGRESS, OPPORTUNITY])
def test_no_agent_closes_a_lead_by_hand(start):
	assert LEAD.allows(start, CLOSED)
	assert not LEAD.allows_role(start, CLOSED, [roles.CRM_AGENT, roles.CONSULTANT, roles.RECEPTIONIST])


def test_a_booking_may_jump_but_no_role_may():
	assert LEAD.allows(NEW, OPPORTUNITY)
	assert not LEAD.allows_role(NEW, OPPORTUNITY, roles.STAFF)


@pytest.mark.parametrize("back", [OPPORTUNITY, IN_PROGRESS, NEW])
def test_only_events_reopen_a_closed_lead(back):
	assert LEAD.allows(CLOSED, back)
	assert not LEAD.allows_role(CLOSED, back, roles.STAFF)


def test_every_move_is_between_known_states():
	known = {NEW, IN_PROGRESS, OPPORTUNITY, CLOSED, STAGNANT}
	assert {state for move in LEAD.moves for state in move} == known


def test_what_is_done_stays_done():
	assert ACTIVITY.allows_role(NOT_DONE, DONE, [roles.CALL_AGENT])
	assert not ACTIVITY.allows(DONE, NOT_DONE)
	assert not ACTIVITY.allows_role(NOT_DONE, DONE, [roles.RECEPTIONIST])
