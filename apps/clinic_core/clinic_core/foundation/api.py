"""Endpoints of the kernel."""

from typing import Any

import frappe

from clinic_core.foundation import boundary, charts, events, wire


@frappe.whitelist(methods=["POST"])
def retry_event(failure: str, idempotency_key: str | None = None) -> dict[str, Any]:
	"""Run a failed handler of another app again, now → {resolved} (`design.md` §1)."""
	wire.require_permission(events.DOCTYPE, "write", failure)
	return boundary.command(
		"clinic_core.foundation.retry_event",
		idempotency_key,
		lambda: {"resolved": events.retry(failure)},
		content={"failure": failure},
	)


@frappe.whitelist(methods=["GET", "POST"])
def chart_counts(chart_name: str) -> dict[str, Any] | None:
	"""{labels, datasets} of a chart of the source "Clinic Counts". The desk asks by POST."""
	wire.require_permission("Dashboard Chart", "read", chart_name)
	return charts.of(chart_name)
