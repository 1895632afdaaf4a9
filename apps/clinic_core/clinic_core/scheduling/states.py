"""Which moves appointments, sessions and plans know, and who may make them (`design.md` §3). Pure."""

from collections.abc import Iterable

from clinic_core.foundation import roles
from clinic_core.foundation.transitions import SYSTEM, Transitions

HELD, BOOKED, CONFIRMED, ARRIVED = "Held", "Booked", "Confirmed", "Arrived"
ADMITTED, COMPLETED, CANCELLED, NO_SHOW = "Admitted", "Completed", "Cancelled", "No Show"

OCCUPYING = frozenset({HELD, BOOKED, CONFIRMED, ARRIVED, ADMITTED, COMPLETED})
"""States that hold their time."""
MOVABLE = frozenset({HELD, BOOKED, CONFIRMED})
"""States in which the time may still be changed."""
EXPECTED = frozenset({BOOKED, CONFIRMED})
"""The patient is still to come."""

FRONT_DESK = frozenset({roles.MANAGER, roles.SUPERVISOR, roles.RECEPTIONIST})
BOOKERS = FRONT_DESK | {roles.CONSULTANT, roles.CRM_AGENT, roles.CRM_MANAGER, roles.CALL_AGENT}
BACK_DATERS = frozenset({roles.MANAGER, roles.SUPERVISOR, "System Manager"})
"""May enter an appointment whose time has passed (G09)."""
SQUEEZERS = FRONT_DESK
"""May squeeze somebody in between (G02)."""
CALLERS = FRONT_DESK | {roles.PRACTITIONER, roles.OPERATOR}
"""May call the next of a queue (G03)."""
OVERRIDERS = frozenset({roles.MANAGER, roles.SUPERVISOR})
"""May book against a rule of the clinic, with a reason (F07, F10, F11)."""

# Admitted and Completed follow the visit; by hand they would be a reception without a bill.
APPOINTMENT = Transitions(
	initial=frozenset({HELD, BOOKED}),
	moves={
		(HELD, BOOKED): BOOKERS | {roles.PORTAL_USER},
		(HELD, CANCELLED): BOOKERS | {roles.PORTAL_USER},
		(BOOKED, CONFIRMED): BOOKERS,
		(BOOKED, ARRIVED): FRONT_DESK,
		(BOOKED, ADMITTED): SYSTEM,
		(BOOKED, CANCELLED): BOOKERS | {roles.PORTAL_USER},
		(BOOKED, NO_SHOW): FRONT_DESK,
		(CONFIRMED, BOOKED): BOOKERS,
		(CONFIRMED, ARRIVED): FRONT_DESK,
		(CONFIRMED, ADMITTED): SYSTEM,
		(CONFIRMED, CANCELLED): BOOKERS | {roles.PORTAL_USER},
		(CONFIRMED, NO_SHOW): FRONT_DESK,
		(ARRIVED, BOOKED): FRONT_DESK,
		(ARRIVED, ADMITTED): SYSTEM,
		(ARRIVED, CANCELLED): FRONT_DESK,
		(ADMITTED, ARRIVED): SYSTEM,
		(ADMITTED, COMPLETED): SYSTEM,
		(COMPLETED, ADMITTED): SYSTEM,
		(NO_SHOW, ARRIVED): FRONT_DESK,
	},
)

UNDO = {CONFIRMED: BOOKED, ARRIVED: BOOKED, ADMITTED: ARRIVED, COMPLETED: ADMITTED}
"""One step back of a mis-click; of Admitted and Completed only when the visit goes back."""

ACTIONS = {
	"confirm": {BOOKED: CONFIRMED, HELD: BOOKED},
	"arrive": {BOOKED: ARRIVED, CONFIRMED: ARRIVED, NO_SHOW: ARRIVED},
	"cancel": {state: CANCELLED for state in (HELD, BOOKED, CONFIRMED, ARRIVED)},
	"undo": UNDO,
	"no_show": {BOOKED: NO_SHOW, CONFIRMED: NO_SHOW},
}

PLANNED, ATTENDED, ABSENT, BURNT = "Planned", "Attended", "Absent", "Burnt"

SESSION = Transitions(
	initial=frozenset({PLANNED}),
	moves={
		(PLANNED, BOOKED): SYSTEM,
		(PLANNED, ATTENDED): SYSTEM,
		(PLANNED, CANCELLED): FRONT_DESK,
		(BOOKED, PLANNED): SYSTEM,
		(BOOKED, ATTENDED): SYSTEM,
		(BOOKED, ABSENT): SYSTEM,
		(BOOKED, BURNT): SYSTEM,
		(BOOKED, CANCELLED): SYSTEM,
		(ABSENT, BOOKED): SYSTEM,
		(ABSENT, ATTENDED): SYSTEM,
		(ABSENT, CANCELLED): FRONT_DESK,
		(BURNT, BOOKED): SYSTEM,
		(BURNT, ATTENDED): SYSTEM,
		(ATTENDED, BOOKED): SYSTEM,
		(ATTENDED, PLANNED): SYSTEM,
	},
)
SESSION_OPEN = frozenset({PLANNED, BOOKED, ABSENT})

ACTIVE = "Active"

PLAN = Transitions(
	initial=frozenset({ACTIVE}),
	moves={
		(ACTIVE, COMPLETED): SYSTEM,
		(ACTIVE, CANCELLED): FRONT_DESK,
		(COMPLETED, ACTIVE): SYSTEM,
		(COMPLETED, CANCELLED): SYSTEM,
	},
)


def actions(status: str, user_roles: Iterable[str], *, everything: bool = False) -> list[str]:
	"""What somebody with these roles may do with an appointment of this status, for buttons.

	`everything`: the roles are not asked (Administrator).
	"""
	held = frozenset(user_roles)
	may = [
		action
		for action, steps in ACTIONS.items()
		if status in steps
		and (APPOINTMENT.allows_role(status, steps[status], held) or everything)
		and not (action == "undo" and status in (ADMITTED, COMPLETED))
	]
	if status in MOVABLE and (everything or held & BOOKERS):
		may.append("reschedule")
	return may
