"""Guards the `status` field of a document by its transition table, at every door."""

from collections.abc import Iterator
from contextlib import contextmanager

import frappe
from frappe import _
from frappe.model.document import Document

from clinic_core.foundation import roles
from clinic_core.foundation.errors import ForbiddenMoveError
from clinic_core.foundation.transitions import Transitions


@contextmanager
def as_system() -> Iterator[None]:
	"""Moves made inside follow from an event (a visit closes a lead): the roles are not asked.

	The table is still obeyed. Never opened by an endpoint on behalf of the caller's wish.
	"""
	before = frappe.flags.clinic_system_move
	frappe.flags.clinic_system_move = True
	try:
		yield
	finally:
		frappe.flags.clinic_system_move = before


@contextmanager
def as_patient() -> Iterator[None]:
	"""Moves made inside are the patient's own, on a public page: what his role may do, and no more.

	Rules, notice and penalties are those of a patient, whoever is signed in in that browser.
	"""
	before = frappe.flags.clinic_patient_move
	frappe.flags.clinic_patient_move = True
	try:
		yield
	finally:
		frappe.flags.clinic_patient_move = before


def guard_status(doc: Document, table: Transitions, field: str = "status") -> tuple[str | None, str]:
	"""Refuse a state that the table does not allow; call it in `validate`. Returns (old, new).

	Raises ForbiddenMoveError when the move does not exist, frappe.PermissionError when it exists
	but not for this user's roles.
	"""
	new = doc.get(field)
	previous = doc.get_doc_before_save()
	old = previous.get(field) if previous else None
	if old is None:
		_guard_initial(doc, table, new)
		return None, new
	if not table.allows(old, new):
		frappe.throw(
			_("{0} cannot go from {1} to {2}.").format(_(doc.doctype), _(old), _(new)),
			ForbiddenMoveError,
		)
	if not _is_system() and not table.allows_role(old, new, acting_roles()):
		frappe.throw(
			_("Your role may not change {0} from {1} to {2}.").format(_(doc.doctype), _(old), _(new)),
			frappe.PermissionError,
		)
	return old, new


def acting_roles() -> list[str]:
	"""The roles in which this request acts: the user's, on a public page those of a patient."""
	return [roles.PORTAL_USER] if frappe.flags.clinic_patient_move else frappe.get_roles()


def _guard_initial(doc: Document, table: Transitions, new: str) -> None:
	if new in table.initial or _is_system():
		return
	frappe.throw(_("A new {0} cannot begin as {1}.").format(_(doc.doctype), _(new)), ForbiddenMoveError)


def _is_system() -> bool:
	if frappe.flags.clinic_system_move:
		return True
	return frappe.session.user == "Administrator" and not frappe.flags.clinic_patient_move
