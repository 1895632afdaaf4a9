"""Requests for one's data: their kinds and states, and who may move them (E012). Data only."""

from clinic_core.foundation.roles import MANAGER, SUPERVISOR
from clinic_core.foundation.transitions import Transitions

ACCESS, CORRECTION, ERASURE, BLOCKING, OBJECTION = (
	"Access",
	"Correction",
	"Erasure",
	"Blocking",
	"Objection",
)

RECEIVED, VERIFIED, IN_PROGRESS, DONE, REFUSED = "Received", "Verified", "In Progress", "Done", "Refused"
OPEN = frozenset({RECEIVED, VERIFIED, IN_PROGRESS})

_HEADS = frozenset({MANAGER, SUPERVISOR})
APPROVERS = frozenset({MANAGER, "System Manager"})
"""The second person who lets an erasure happen."""

REQUEST = Transitions(
	initial=frozenset({RECEIVED}),
	moves={
		(RECEIVED, VERIFIED): _HEADS,
		(RECEIVED, REFUSED): _HEADS,
		(VERIFIED, IN_PROGRESS): _HEADS,
		(VERIFIED, REFUSED): _HEADS,
		(IN_PROGRESS, DONE): _HEADS,
		(IN_PROGRESS, REFUSED): _HEADS,
		(VERIFIED, DONE): _HEADS,
	},
)

DAYS = 30
SOON_DAYS = 5
"""Whoever handles a request is reminded this long before it is due."""


def is_overdue(status: str, days_left: int) -> bool:
	"""Whether an answer is late: still open after its last day."""
	return status in OPEN and days_left < 0
