"""Endpoint of the register of breaches."""

from typing import Any

import frappe

from clinic_core.foundation import boundary, wire
from clinic_core.people.disclosures import affected


@frappe.whitelist(methods=["POST"])
def prepare_affected(breach: str, idempotency_key: str | None = None) -> dict[str, Any]:
	"""Add to a breach everybody whose file its account saw (E007) → {added, affected, unnamed}."""
	wire.require_permission(affected.BREACH, "write", breach)
	return boundary.command(
		"clinic_core.people.prepare_affected",
		idempotency_key,
		lambda: affected.prepare(breach),
		content={"breach": breach},
	)
