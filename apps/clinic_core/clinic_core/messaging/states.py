"""Which moves a message knows, and who may make them (`design.md` §3, N9). Pure."""

from clinic_core.foundation.transitions import SYSTEM, Transitions
from clinic_core.scheduling.states import BOOKERS

QUEUED, SENDING, SENT, DELIVERED = "Queued", "Sending", "Sent", "Delivered"
FAILED, UNKNOWN, NOT_SENT = "Failed", "Unknown", "Not Sent"
"""Not Sent: a gate stood against it, or it came too late; nothing went out and nothing will."""

SMS, EMAIL = "SMS", "Email"
"""Channels, as the gate and Do Not Contact call them."""

SERVICE, REMINDER, ADVERTISING, CODE = "Service", "Reminder", "Advertising", "Code"
"""Purposes of a template: what the person needs, a reminder, advertising, a one-time code."""
PRIORITY = {CODE: 1, SERVICE: 3, REMINDER: 5, ADVERTISING: 9}
"""A code is waited for; advertising can wait behind everything else."""

OUTCOMES = frozenset({SENT, DELIVERED, FAILED})
"""What a gateway can say of a message that it knows."""

MESSAGE = Transitions(
	initial=frozenset({QUEUED, NOT_SENT}),
	moves={
		(QUEUED, SENDING): SYSTEM,
		(QUEUED, NOT_SENT): SYSTEM,
		(SENDING, SENT): SYSTEM,
		(SENDING, DELIVERED): SYSTEM,
		(SENDING, FAILED): SYSTEM,
		(SENDING, UNKNOWN): SYSTEM,  # no answer came: it may have gone out
		(SENDING, QUEUED): SYSTEM,  # the gateway was not reached, or refused the whole call
		(SENT, DELIVERED): SYSTEM,
		(SENT, FAILED): SYSTEM,
		(UNKNOWN, SENT): SYSTEM,
		(UNKNOWN, DELIVERED): SYSTEM,
		(UNKNOWN, FAILED): SYSTEM,
		(UNKNOWN, QUEUED): SYSTEM,  # the gateway was asked and never got it
		(FAILED, QUEUED): BOOKERS,  # sent again by hand
	},
)
