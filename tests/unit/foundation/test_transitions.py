"""State machines as data."""

import itertools

import pytest
from clinic_core.foundation.transitions import SYSTEM, Transitions

TABLE = Transitions(
	initial=frozenset({"New"}),
	moves={
		("New", "Open"): frozenset({"Agent", "Head"}),
		("Open", "Closed"): SYSTEM,
		("Closed", "Open"): frozenset({"Head"}),
	},
)
STATES = ("New", "Open", "Closed")


@pytest.mark.parametrize(("old", "new"), list(itertools.product(STATES, STATES)))
def test_only_the_moves_of_the_table_exist(old, new):
	assert TABLE.allows(old, new) == (old == new or (old, new) in TABLE.moves)


@pytest.mark.parametrize(
	("old", "new", "roles", "allowed"),
	[
		("New", "Open", ["Agent"], True),
		("New", "Open", ["Other", "Head"], True),
		("New", "Open", ["Other"], False),
		("New", "Open", [], False),
		("Open", "Closed", ["Agent", "Head"], False),
		("Closed", "Open", ["Agent"], False),
		("New", "Closed", ["Head"], False),
		("Open", "Open", [], True),
	],
)
def test_moves_by_hand_are_for_their_roles(old, new, roles, allowed):
	assert TABLE.allows_role(old, new, roles) == allowed


def test_what_can_follow():
	assert TABLE.next_states("New") == ["Open"]
	assert TABLE.next_states("Nowhere") == []
