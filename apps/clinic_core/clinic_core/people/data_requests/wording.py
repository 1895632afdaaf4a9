"""What stands against an erasure, in words."""

from typing import Any

from frappe import _


def refusal(row: dict[str, Any]) -> str:
	"""One refusal {code, params, text} as a sentence; other apps bring their own `text`."""
	count = (row.get("params") or {}).get("count", 0)
	known = {
		"open_appointments": _("There are open appointments: {0}. Cancel or complete them first."),
		"paid_not_used": _("Something was paid and not used yet: {0}. Refund or use it first."),
		"open_claim": _("Another request of this person is still open: {0}. Answer it first."),
		"blocked": _("The file is blocked while a claim is checked. Lift the block first."),
		"unsure": _("An app could not be asked whether something is open. Please try again."),
	}
	text = known.get(row["code"])
	return text.format(count) if text else str(row.get("text") or row["code"])


def approval(code: str) -> str:
	"""Why an approval does not count."""
	return {
		"not_asked": _("Nobody has asked for this erasure yet."),
		"not_a_manager": _("Only a manager may approve an erasure."),
		"same_person": _("Whoever asks for an erasure cannot approve it: a second person decides."),
	}[code]
