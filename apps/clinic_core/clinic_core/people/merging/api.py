"""Endpoints around merging: look at two files side by side, suggestions, verdicts (D43, D44, F66)."""

from typing import Any

import frappe
from frappe import _

from clinic_core.foundation import boundary, wire
from clinic_core.people.merging import entry, journal, preview, screens, suggestions

PATIENT = "Clinic Patient"
SUGGESTION = "Clinic Merge Suggestion"


@frappe.whitelist(methods=["GET"])
def preview_merge(keep: str, duplicate: str) -> dict[str, Any]:
	"""Two files side by side: what differs, what moves, what is in the way."""
	entry.require_merging(keep, duplicate)
	return preview.preview(keep, duplicate)


@frappe.whitelist(methods=["GET"])
def list_suggestions(
	status: str = "Open", start: int | str = 0, page_length: int | str = 20
) -> dict[str, Any]:
	"""{rows, has_more, total, may_merge, running}: pairs by score, both persons side by side."""
	wire.require_permission(SUGGESTION, "read")
	first = max(int(wire.parse_number(start, _("Start"))), 0)
	length = min(max(int(wire.parse_number(page_length, _("Page length"), 20)), 1), 100)
	return screens.page(status, first, length)


@frappe.whitelist(methods=["POST"])
def set_verdict(
	patient: str,
	other: str,
	status: str = "Not the same",
	note: str | None = None,
	idempotency_key: str | None = None,
) -> dict[str, Any]:
	"""Say that two files are not the same person, or suggest (Open) that they are: {suggestion, status}."""
	wire.require_permission(SUGGESTION, "create")
	wire.require_permission(PATIENT, "read", patient)
	wire.require_permission(PATIENT, "read", other)
	return boundary.command(
		"clinic_core.people.merging.set_verdict",
		idempotency_key,
		lambda: suggestions.propose(patient, other, status, note),
		content={"patient": patient, "other": other, "status": status, "note": note},
	)


@frappe.whitelist(methods=["POST"])
def look_for_duplicates(idempotency_key: str | None = None) -> dict[str, Any]:
	"""Compare all files in the background: {queued}. Its progress comes as the event `clinic_duplicates`."""
	wire.require_permission(journal.DOCTYPE, "create")
	return {"queued": suggestions.start()}


@frappe.whitelist(methods=["GET"])
def merge_details(merge: str) -> dict[str, Any]:
	"""What a merge moved and chose, in words: {moved, changed}."""
	wire.require_permission(journal.DOCTYPE, "read")
	wire.require_permission(journal.DOCTYPE, "read", merge)
	return screens.details(merge)
