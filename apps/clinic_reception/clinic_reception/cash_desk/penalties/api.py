"""Endpoints of penalties."""

import frappe
from clinic_core.foundation import wire
from clinic_core.foundation.boundary import command

from clinic_reception import access
from clinic_reception.cash_desk.penalties import charging


@frappe.whitelist(methods=["POST"])
def waive(penalty: str, reason: str, idempotency_key: str | None = None) -> dict:
	"""Waive a penalty with a reason → {penalty, status} (F11)."""
	access.require("waive_penalty")
	wire.require_permission(charging.DOCTYPE, "read", penalty)
	wanted = {"penalty": penalty, "reason": reason}

	def work() -> dict:
		doc = charging.waive(**wanted)
		return {"penalty": doc.name, "status": doc.status}

	return command("cash_desk.penalties.waive", idempotency_key, work, content=wanted)
