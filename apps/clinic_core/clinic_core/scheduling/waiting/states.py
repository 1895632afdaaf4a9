"""Which moves a wish on the waiting list and an offer know, and who may make them (F08, F09). Pure."""

from clinic_core.foundation import roles
from clinic_core.foundation.transitions import SYSTEM, Transitions
from clinic_core.scheduling.states import BOOKERS

WAITING, OFFERED, BOOKED, EXPIRED, WITHDRAWN = "Waiting", "Offered", "Booked", "Expired", "Withdrawn"
ON_THE_LIST = (WAITING, OFFERED)

_TAKES_OFF = BOOKERS | {roles.PORTAL_USER}

ENTRY = Transitions(
	initial=frozenset({WAITING}),
	moves={
		(WAITING, OFFERED): SYSTEM,
		(WAITING, BOOKED): SYSTEM,
		(WAITING, EXPIRED): SYSTEM,
		(WAITING, WITHDRAWN): _TAKES_OFF,
		(OFFERED, WAITING): SYSTEM,
		(OFFERED, BOOKED): SYSTEM,
		(OFFERED, EXPIRED): SYSTEM,
		(OFFERED, WITHDRAWN): _TAKES_OFF,
		# He wants to wait after all, or once more; a passed range asks for a new one.
		(WITHDRAWN, WAITING): BOOKERS,
		(EXPIRED, WAITING): BOOKERS,
	},
)

OPEN, ACCEPTED, DECLINED = "Open", "Accepted", "Declined"

OFFER = Transitions(
	initial=frozenset({OPEN}),
	moves={
		(OPEN, ACCEPTED): SYSTEM,
		(OPEN, DECLINED): SYSTEM,
		(OPEN, EXPIRED): SYSTEM,
		(OPEN, WITHDRAWN): SYSTEM,
	},
)
