"""Transition tables of visit, reception and triage (`design.md` §3): which move, by whom. Pure."""

from clinic_core.foundation.roles import (
	CASHIER,
	CONSULTANT,
	MANAGER,
	OPERATOR,
	PRACTITIONER,
	RECEPTIONIST,
	SUPERVISOR,
)
from clinic_core.foundation.transitions import SYSTEM, Transitions

_CHIEFS = frozenset({MANAGER, SUPERVISOR})
_DESK = _CHIEFS | {RECEPTIONIST}
_CARE = frozenset({PRACTITIONER, OPERATOR, CONSULTANT})

WAITING, TRIAGED, IN_SERVICE = "Waiting", "Triaged", "In Service"
DONE, CLOSED, CANCELLED = "Done", "Closed", "Cancelled"

IN_HOUSE = frozenset({WAITING, TRIAGED, IN_SERVICE})
"""The patient is here and not finished."""

VISIT = Transitions(
	initial=frozenset({WAITING}),
	moves={
		# A triage moves the visit; nobody sets Triaged by hand.
		(WAITING, TRIAGED): SYSTEM,
		(TRIAGED, WAITING): SYSTEM,
		(IN_SERVICE, WAITING): SYSTEM,
		(DONE, TRIAGED): SYSTEM,
		(WAITING, IN_SERVICE): _DESK | _CARE,
		(TRIAGED, IN_SERVICE): _DESK | _CARE,
		(IN_SERVICE, TRIAGED): _DESK | _CARE,
		(WAITING, DONE): _DESK,
		(TRIAGED, DONE): _DESK | _CARE,
		(IN_SERVICE, DONE): _DESK | _CARE,
		(DONE, IN_SERVICE): _DESK | _CARE,
		(DONE, CLOSED): _DESK | {CASHIER},
		(CLOSED, DONE): _DESK | {CASHIER},
		(WAITING, CANCELLED): _DESK,
		(TRIAGED, CANCELLED): _DESK,
	},
)

ACTIVE, VOID = "Active", "Void"

TRIAGE = Transitions(
	initial=frozenset({ACTIVE}),
	moves={
		(ACTIVE, DONE): _DESK | _CARE,
		(ACTIVE, VOID): _DESK | {CONSULTANT, PRACTITIONER},
		(DONE, ACTIVE): SYSTEM,
	},
)

CONSULTATION, TREATMENT = "Consultation", "Treatment"
KINDS = (CONSULTATION, TREATMENT)

VISIT_TYPES = ("Consultation", "Review", "Treatment", "Other")

PERFORM_NOW, SELL_FOR_LATER, USE_PURCHASED = "Perform Now", "Sell for Later", "Use Purchased"
ACTIONS = (PERFORM_NOW, SELL_FOR_LATER, USE_PURCHASED)
