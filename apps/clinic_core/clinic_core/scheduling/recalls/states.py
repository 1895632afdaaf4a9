"""Which moves a recall knows, and who may make them (A30, A90, F50). Pure."""

from clinic_core.foundation.transitions import SYSTEM, Transitions
from clinic_core.scheduling.states import BOOKERS, FRONT_DESK

DUE, CONTACTED, NOT_REACHED = "Due", "Contacted", "Not Reached"
BOOKED, DECLINED, DONE = "Booked", "Declined", "Done"
TO_FOLLOW = (DUE, CONTACTED, NOT_REACHED)
"""States in which somebody may still have to call."""

REACHED, CAME, NOT_NEEDED = "Reached", "Came", "Not Needed"
NOT_TO_BE_CONTACTED = "Not to Be Contacted"
OUTCOMES = {REACHED: CONTACTED, NOT_REACHED: NOT_REACHED, DECLINED: DECLINED, NOT_NEEDED: DONE}
"""What a call may come to → the state after it."""

_FOLLOWING = {(old, new): BOOKERS for old in TO_FOLLOW for new in (*TO_FOLLOW[1:], DECLINED, DONE)}

RECALL = Transitions(
	initial=frozenset({DUE}),
	moves={
		**_FOLLOWING,
		**{(old, BOOKED): SYSTEM for old in TO_FOLLOW},
		(BOOKED, DUE): SYSTEM,  # the appointment fell through
		(BOOKED, DONE): SYSTEM,
		(DECLINED, BOOKED): SYSTEM,  # he booked after all
		# A mis-click is undone.
		(DECLINED, CONTACTED): BOOKERS,
		(DONE, CONTACTED): FRONT_DESK,
	},
)
