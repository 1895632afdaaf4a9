"""Endpoints of the log of views: a search that was settled, who saw a file."""

from typing import Any

import frappe
from frappe import _

from clinic_core.foundation import boundary, wire
from clinic_core.people.access_log import for_staff, rules, seen

PATIENT = "Clinic Patient"


@frappe.whitelist(methods=["POST"])
def searched(
	text: str, patient: str | None = None, count: int = 0, idempotency_key: str | None = None
) -> None:
	"""A search is over: this was typed, and this patient chosen (or nobody, among `count` found).

	The find box says it once somebody was chosen, or once typing has paused; not for every key.
	"""
	wire.require_permission(PATIENT, "read")
	_require_readable(patient)
	told = rules.told_text(text)
	if not told:
		return
	boundary.command(
		"clinic_core.people.searched",
		idempotency_key,
		lambda: seen.saw(
			[patient] if patient else [],
			rules.SEARCH,
			"Find",
			count=1 if patient else max(1, count),
			details=told,
		),
		content={"text": told, "patient": patient},
	)


@frappe.whitelist(methods=["GET"])
def who_saw(patient: str, start: int = 0, page_length: int = 20) -> dict[str, Any]:
	"""Who saw a patient's file, newest first → {rows, has_more}; for who may read the log (N3)."""
	wire.require_permission(seen.DOCTYPE, "read")
	_require_readable(patient)
	return for_staff.views(patient, max(0, start), min(max(1, page_length), 100))


def _require_readable(patient: str | None) -> None:
	"""The patient is among those the user may read; one query, where the whole document takes one a table."""
	if patient and not frappe.get_list(PATIENT, {"name": patient}, pluck="name", order_by="name", limit=1):
		frappe.throw(_("You are not allowed to see this patient."), frappe.PermissionError)
