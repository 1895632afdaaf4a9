"""States of people: who may move them. Data only (`design.md` §3)."""

from clinic_core.foundation.roles import MANAGER, SUPERVISOR
from clinic_core.foundation.transitions import SYSTEM, Transitions

ACTIVE = "Active"
BLOCKED = "Blocked"
MERGED = "Merged"
ERASED = "Erased"

_HEADS = frozenset({MANAGER, SUPERVISOR})

PATIENT = Transitions(
	initial=frozenset({ACTIVE}),
	moves={
		(ACTIVE, BLOCKED): _HEADS,  # E010: the person asked, or must not be booked
		(BLOCKED, ACTIVE): _HEADS,
		(ACTIVE, MERGED): SYSTEM,
		(BLOCKED, MERGED): SYSTEM,
		(MERGED, ACTIVE): SYSTEM,
		(MERGED, BLOCKED): SYSTEM,
		# E012: the person asked to be forgotten; there is no way back.
		(ACTIVE, ERASED): SYSTEM,
		(BLOCKED, ERASED): SYSTEM,
		(MERGED, ERASED): SYSTEM,
	},
)
