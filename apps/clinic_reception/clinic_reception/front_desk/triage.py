"""Who sees the patient next: consultant or treatment (D12–D14), again (D27), and voiding it (D28, D29).

A new triage ends the one before it. Voiding needs a reason; while nobody has begun the front desk
may do it, afterwards the consultant, practitioner or a chief (`access.py`).
"""

import frappe
from clinic_core.foundation.errors import ConflictError, InvalidInputError, refuse_input
from clinic_core.foundation.live import changed
from frappe import _
from frappe.model.document import Document
from frappe.utils import now_datetime

from clinic_reception import access
from clinic_reception.front_desk import visits
from clinic_reception.front_desk.states import (
	ACTIVE,
	CONSULTATION,
	DONE,
	IN_HOUSE,
	IN_SERVICE,
	KINDS,
	TRIAGED,
	VOID,
	WAITING,
)

DOCTYPE = "Clinic Triage"


def triage(visit: str, kind: str, practitioner: str | None = None, department: str | None = None) -> Document:
	"""Send the patient to a consultant or to treatment; the visit becomes Triaged.

	A consultation needs a practitioner, a treatment a practitioner or a department.
	"""
	visits.locked(visit)
	doc = frappe.get_doc(
		{
			"doctype": DOCTYPE,
			"visit": visit,
			"kind": kind,
			"practitioner": practitioner,
			"department": department,
		}
	)
	return doc.insert(ignore_permissions=True)


def void(triage: str, reason: str) -> Document:
	"""Void a triage with a reason; without another one the patient waits again."""
	visit = frappe.db.get_value(DOCTYPE, triage, "visit")
	if not visit:
		frappe.throw(_("{0} {1} not found").format(_(DOCTYPE), triage), frappe.DoesNotExistError)
	visits.locked(visit)
	doc = frappe.get_doc(DOCTYPE, triage, for_update=True)
	if doc.status != ACTIVE:
		frappe.throw(_("This triage is {0} already.").format(_(doc.status)), ConflictError)
	doc.status, doc.void_reason = VOID, reason
	return doc.save(ignore_permissions=True)


def check_new(doc: Document) -> None:
	"""Check and complete a new triage. Raises InvalidInputError, ConflictError."""
	visit = visits.locked(doc.visit)
	if visit.status not in IN_HOUSE | {DONE}:
		frappe.throw(_("This visit is {0}: nobody can be triaged.").format(_(visit.status)), ConflictError)
	if doc.kind not in KINDS:
		refuse_input(_("Kind"), _("Choose one of: {0}").format(", ".join(_(k) for k in KINDS)))
	if doc.kind == CONSULTATION and not doc.practitioner:
		refuse_input(_("Practitioner"), _("Choose who sees the patient."))
	if not doc.practitioner and not doc.department:
		refuse_input(_("Department"), _("Choose a department or a practitioner."))
	_complete(doc)
	doc.patient, doc.patient_name = visit.patient, visit.patient_name
	doc.status, doc.triaged_at = ACTIVE, now_datetime()
	doc.void_reason = doc.voided_by = None


def _complete(doc: Document) -> None:
	if doc.practitioner:
		row = frappe.db.get_value(
			"Clinic Practitioner", doc.practitioner, ["department", "is_active"], as_dict=True
		)
		if not row or not row.is_active:
			refuse_input(_("Practitioner"), _("This practitioner does not work here."))
		doc.department = doc.department or row.department
	elif not frappe.db.exists("Clinic Department", doc.department):
		refuse_input(_("Department"), _("There is no such department."))


def after_insert(doc: Document) -> None:
	"""End the triage before this one and move the visit."""
	earlier = frappe.get_all(
		DOCTYPE,
		filters={"visit": doc.visit, "status": ACTIVE, "name": ("!=", doc.name)},
		pluck="name",
		order_by="triaged_at asc",
	)
	for name in earlier:
		frappe.db.set_value(DOCTYPE, name, "status", DONE)
	visit = frappe.get_doc("Clinic Visit", doc.visit, for_update=True)
	visit.practitioner = doc.practitioner or visit.practitioner
	visit.department = doc.department or visit.department
	if visit.status == TRIAGED:
		visit.save(ignore_permissions=True)
		changed("Clinic Visit", visit.name)
	else:
		visits.move_by_event(visit, TRIAGED)
	changed(DOCTYPE, doc.name)


def check_void(doc: Document) -> None:
	"""Voiding needs a reason, and after the start a role. Raises InvalidInputError, PermissionError."""
	if not (doc.void_reason or "").strip():
		refuse_input(_("Reason of voiding"), _("Please give a reason."))
	status = frappe.db.get_value("Clinic Visit", doc.visit, "status")
	if status not in IN_HOUSE:
		frappe.throw(_("This visit is {0} already.").format(_(status)), InvalidInputError)
	access.require("void_triage" if status != IN_SERVICE else "void_started_triage")
	doc.voided_by = frappe.session.user


def after_void(doc: Document) -> None:
	"""Without another active triage the patient waits again."""
	if not frappe.db.exists(DOCTYPE, {"visit": doc.visit, "status": ACTIVE}):
		visits.move_by_event(frappe.get_doc("Clinic Visit", doc.visit, for_update=True), WAITING)
	changed(DOCTYPE, doc.name)
