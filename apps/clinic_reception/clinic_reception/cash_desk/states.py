"""Transition tables of the cash desk (`design.md` §3): which move, and who may make it. Pure."""

from clinic_core.foundation.transitions import SYSTEM, Transitions

SHIFT = Transitions(initial=frozenset({"Open"}), moves={("Open", "Closed"): SYSTEM})
"""Closing goes through the count, never by setting the field."""

DEPOSIT = Transitions(
	initial=frozenset({"Received"}),
	moves={
		("Received", "Partly Applied"): SYSTEM,
		("Received", "Applied"): SYSTEM,
		("Received", "Refunded"): SYSTEM,
		("Received", "Cancelled"): SYSTEM,
		("Partly Applied", "Applied"): SYSTEM,
		("Partly Applied", "Refunded"): SYSTEM,
		("Partly Applied", "Received"): SYSTEM,
		("Applied", "Partly Applied"): SYSTEM,
		("Applied", "Received"): SYSTEM,
		("Refunded", "Partly Applied"): SYSTEM,
		("Refunded", "Received"): SYSTEM,
		("Applied", "Refunded"): SYSTEM,
		("Refunded", "Applied"): SYSTEM,
	},
)
"""All moves follow from payments; what is left in the ledger decides, see `allocation.deposit_status`."""
