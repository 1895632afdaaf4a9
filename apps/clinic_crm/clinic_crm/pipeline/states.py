"""Who may move a lead or an activity from which state to which (`design.md` §3). Pure."""

from clinic_core.foundation.roles import CALL_AGENT, CONSULTANT, CRM_AGENT, CRM_MANAGER, MANAGER
from clinic_core.foundation.transitions import SYSTEM, Transitions

NEW = "New Lead"
IN_PROGRESS = "In Progress"
OPPORTUNITY = "New Opportunity"
CLOSED = "Closed Opportunity"
STAGNANT = "Stagnant"

OPEN_STATES = (NEW, IN_PROGRESS, OPPORTUNITY)

NOT_DONE = "Not Done"
DONE = "Done"

LEADERS = frozenset({MANAGER, CRM_MANAGER})
HANDLERS = LEADERS | {CRM_AGENT, CONSULTANT, CALL_AGENT}

LEAD = Transitions(
	initial=frozenset({NEW}),
	moves={
		# The first activity, or by hand (C012, C092).
		(NEW, IN_PROGRESS): HANDLERS,
		# An appointment is booked (C013, C087). By hand only for who answers for the pipeline.
		(NEW, OPPORTUNITY): SYSTEM,
		(IN_PROGRESS, OPPORTUNITY): LEADERS,
		(STAGNANT, OPPORTUNITY): SYSTEM,
		# The patient is received (C014, C088); a walk-in's lead jumps.
		(NEW, CLOSED): SYSTEM,
		(IN_PROGRESS, CLOSED): SYSTEM,
		(OPPORTUNITY, CLOSED): LEADERS,
		(STAGNANT, CLOSED): SYSTEM,
		# The person gave up, with a reason (C015), or came back.
		(NEW, STAGNANT): HANDLERS,
		(IN_PROGRESS, STAGNANT): HANDLERS,
		(OPPORTUNITY, STAGNANT): HANDLERS,
		(STAGNANT, IN_PROGRESS): HANDLERS,
		# No-show or cancellation (C008).
		(OPPORTUNITY, IN_PROGRESS): LEADERS,
		# A visit or admission was undone: back to what it was.
		(CLOSED, OPPORTUNITY): SYSTEM,
		(CLOSED, IN_PROGRESS): SYSTEM,
		(CLOSED, NEW): SYSTEM,
		(CLOSED, STAGNANT): SYSTEM,
	},
)

ACTIVITY = Transitions(
	initial=frozenset({NOT_DONE, DONE}),
	moves={(NOT_DONE, DONE): HANDLERS},
)
