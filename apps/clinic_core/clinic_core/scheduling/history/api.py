"""Endpoint of an appointment's history."""

from typing import Any

import frappe

from clinic_core.foundation import wire
from clinic_core.scheduling.history import reading


@frappe.whitelist(methods=["GET"])
def history(appointment: str) -> dict[str, Any]:
	"""Moves and states with reasons, who and when, and the origin → {entries, origin} (D30–D35)."""
	wire.require_permission(reading.APPOINTMENT, "read", appointment)
	return reading.history_of(appointment)
