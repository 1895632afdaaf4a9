"""What the endpoints of merging share: who may do it, and the command itself."""

from typing import Any

import frappe
from frappe import _

from clinic_core.foundation import boundary, roles, wire
from clinic_core.people.merging import merge as merging
from clinic_core.people.merging import undo as undoing

PATIENT = "Clinic Patient"
MERGE = "Clinic Patient Merge"


def require_merging(keep: str, duplicate: str) -> None:
	"""Who may create a merge and read both files. Raises PermissionError, DoesNotExistError."""
	wire.require_permission(MERGE, "create")
	for patient in {keep, duplicate} - {"", None}:
		wire.require_permission(PATIENT, "read", patient)


def require_undoing(merge: str, partial: bool) -> None:
	"""Who may write merges; to undo in part is a manager's decision. Raises PermissionError."""
	wire.require_permission(MERGE, "write")
	wire.require_permission(MERGE, "write", merge)
	if partial and roles.MANAGER not in frappe.get_roles():
		frappe.throw(_("Only a manager may undo a merge in part."), frappe.PermissionError)


def merge(
	keep: str, duplicate: str, choices: dict[str, str], reason: str | None, key: str | None
) -> dict[str, Any]:
	"""Merge as one command."""
	return boundary.command(
		"clinic_core.people.merge_patients",
		key,
		lambda: merging.merge(keep, duplicate, choices, reason),
		content={"keep": keep, "duplicate": duplicate, "choices": choices, "reason": reason},
	)


def undo(merge: str, reason: str | None, partial: bool, key: str | None) -> dict[str, Any]:
	"""Undo as one command."""
	return boundary.command(
		"clinic_core.people.undo_merge",
		key,
		lambda: undoing.undo(merge, reason, partial),
		content={"merge": merge, "reason": reason, "partial": partial},
	)
