"""Endpoints of the find box, which is opened anywhere in the desk by one key."""

from typing import Any

import frappe

from clinic_core.foundation import wire
from clinic_core.people.finding import box

PATIENT = "Clinic Patient"
MOST = 30


@frappe.whitelist(methods=["GET"])
def find(text: str = "", limit: int = 10) -> dict[str, Any]:
	"""Who fits a typed text → {patients, others}; each with why it matched (B19, D05, D17, E210).

	Without a text: the patients the user opened last. `others` are contacts, leads … of the other apps.
	"""
	wire.require_permission(PATIENT, "read")
	limit = max(1, min(limit, MOST))
	if not text.strip():
		return {"patients": box.recent(frappe.session.user, limit), "others": []}
	return box.find(text, limit)
