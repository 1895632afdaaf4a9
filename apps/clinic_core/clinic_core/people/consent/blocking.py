"""A blocked file: kept, but nothing is done with it while a claim is checked (E010)."""

from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document

from clinic_core.foundation import roles
from clinic_core.foundation.errors import ConflictError, refuse_input
from clinic_core.people import states

PATIENT = "Clinic Patient"
SEES_BLOCKED = frozenset({roles.MANAGER, roles.SUPERVISOR, "System Manager"})
"""May find and open a blocked file; the one who handles the claim may open it as well."""


def sees_all(user: str) -> bool:
	"""Whether blocked files are found by this user like any other."""
	return user == "Administrator" or bool(SEES_BLOCKED & set(frappe.get_roles(user)))


def require_head() -> None:
	"""Only heads block and lift. Raises frappe.PermissionError."""
	if not sees_all(frappe.session.user):
		frappe.throw(_("Only managers and supervisors block files and lift blocks."), frappe.PermissionError)


def query(user: str | None = None) -> str:
	"""`permission_query_conditions`: lists, searches and links leave blocked files out."""
	user = user or frappe.session.user
	if sees_all(user):
		return ""
	return (
		f"(`tab{PATIENT}`.`status` != 'Blocked' or `tab{PATIENT}`.`block_handler` = {frappe.db.escape(user)})"
	)


def may_see(doc: Document, ptype: str | None = None, user: str | None = None, **_more: Any) -> bool:
	"""`has_permission`: the same question for one file."""
	user = user or frappe.session.user
	if doc.get("status") != states.BLOCKED:
		return True
	return sees_all(user) or doc.get("block_handler") == user


def check(doc: Document) -> None:
	"""Blocking and lifting say why; called in the patient's `validate`. Raises InvalidInputError."""
	before = doc.get_doc_before_save()
	old = before.status if before else None
	is_move = states.BLOCKED in (old, doc.status) and old != doc.status and doc.status != states.MERGED
	if not is_move or doc.status == states.ERASED or old == states.MERGED:
		return
	doc.block_reason = (doc.block_reason or "").strip()
	if not doc.block_reason or (before and doc.block_reason == before.block_reason):
		refuse_input(_("Reason of blocking or lifting"), _("Say why. It is kept with the file."))
	if doc.status != states.BLOCKED:
		doc.block_handler = None


def refuse_blocked(patient: str) -> None:
	"""Nothing new is begun for a blocked or erased person: visits, receptions, plans.

	Raises InvalidInputError that names the reason.
	"""
	row = frappe.db.get_value(PATIENT, patient, ["full_name", "status", "block_reason"], as_dict=True)
	if row and row.status == states.BLOCKED:
		refuse_input(
			_("Patient"),
			_("{0} is blocked. A manager can lift the block.").format(frappe.bold(row.full_name)),
		)
	if row and row.status == states.ERASED:
		refuse_input(_("Patient"), _("This person's data was erased."))


def block(patient: str, reason: str, handler: str | None = None) -> dict[str, Any]:
	"""Block a file. `handler` may still open it. Returns {patient, status}. Permission-free."""
	return _move(patient, states.BLOCKED, reason, handler)


def unblock(patient: str, reason: str) -> dict[str, Any]:
	"""Lift the block. Returns {patient, status}. Permission-free."""
	return _move(patient, states.ACTIVE, reason, None)


def _move(patient: str, status: str, reason: str, handler: str | None) -> dict[str, Any]:
	doc = frappe.get_doc(PATIENT, patient, for_update=True)
	if doc.status == status:
		frappe.throw(_("The file is in this state already."), ConflictError)
	doc.update({"status": status, "block_reason": reason, "block_handler": handler})
	doc.save()
	said = _("Blocked: {0}") if status == states.BLOCKED else _("Block lifted: {0}")
	doc.add_comment("Info", said.format(frappe.utils.escape_html(doc.block_reason)))
	return {"patient": doc.name, "status": doc.status}
