"""Endpoints of recalls: parse, check permission, call, return (F50). Booking is `scheduling.api.book`."""

from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document

from clinic_core.foundation import wire
from clinic_core.foundation.boundary import command
from clinic_core.scheduling.recalls import actions
from clinic_core.scheduling.recalls.candidates import RECALL


@frappe.whitelist(methods=["POST"])
def record(
	recall: str,
	outcome: str,
	next_on: str | None = None,
	note: str | None = None,
	idempotency_key: str | None = None,
) -> dict[str, Any]:
	"""What a call came to: Reached, Not Reached, Declined or Not Needed → {recall, status, next_on, attempts}."""
	wire.require_permission(RECALL, "write", recall)
	wanted = {
		"recall": recall,
		"outcome": outcome,
		"next_on": wire.parse_date(next_on, _("Next step on")),
		"note": note,
	}
	return command(
		"scheduling.recalls.record",
		idempotency_key,
		lambda: _answer(actions.record(**wanted)),
		content=wanted,
	)


@frappe.whitelist(methods=["POST"])
def reopen(recall: str, idempotency_key: str | None = None) -> dict[str, Any]:
	"""Take back a mis-click: somebody follows it again → {recall, status, next_on, attempts}."""
	wire.require_permission(RECALL, "write", recall)
	return command(
		"scheduling.recalls.reopen",
		idempotency_key,
		lambda: _answer(actions.reopen(recall)),
		content={"recall": recall},
	)


def _answer(doc: Document) -> dict[str, Any]:
	return {
		"recall": doc.name,
		"status": doc.status,
		"next_on": str(doc.next_on) if doc.next_on else None,
		"attempts": doc.attempts,
	}
