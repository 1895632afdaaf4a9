"""A patient's stay: its status, what each move does to triage and appointment, and undoing it.

The moves and who may make them are in `states.py`; the effects run in the document's own events, so
that a change through form or REST does the same. Lock order: appointment, patient, visit.
"""

import frappe
from clinic_core.foundation import events
from clinic_core.foundation.counters import next_number
from clinic_core.foundation.document import write_late
from clinic_core.foundation.errors import ConflictError, InvalidInputError, refuse_input
from clinic_core.foundation.jalali import jalali_month
from clinic_core.foundation.live import changed
from clinic_core.foundation.locks import lock_rows
from clinic_core.foundation.state import as_system
from clinic_core.people.consent import blocking
from clinic_core.scheduling import booking
from frappe import _
from frappe.model.document import Document
from frappe.utils import now_datetime

from clinic_reception.front_desk import receptions
from clinic_reception.front_desk.states import (
	ACTIVE,
	CANCELLED,
	CLOSED,
	DONE,
	IN_HOUSE,
	IN_SERVICE,
	TRIAGED,
	VISIT,
	VOID,
	WAITING,
)

DOCTYPE = "Clinic Visit"
TRIAGE = "Clinic Triage"


def locked(visit: str) -> Document:
	"""Lock appointment, patient and visit, in this order, and return the visit as it is now.

	Raises frappe.DoesNotExistError.
	"""
	row = frappe.db.get_value(DOCTYPE, visit, ["appointment", "patient"], as_dict=True)
	if not row:
		frappe.throw(_("{0} {1} not found").format(_(DOCTYPE), visit), frappe.DoesNotExistError)
	lock_rows([("Clinic Appointment", row.appointment), ("Clinic Patient", row.patient)])
	return frappe.get_doc(DOCTYPE, visit, for_update=True)


def set_status(visit: str, status: str) -> Document:
	"""Move a visit by hand. Raises ForbiddenMoveError, frappe.PermissionError by the table."""
	doc = locked(visit)
	if status == CANCELLED:
		frappe.throw(_("Use “undo reception” to take a visit back."), InvalidInputError)
	doc.status = status
	return doc.save(ignore_permissions=True)


def move_by_event(doc: Document, status: str) -> None:
	"""Move a visit because something else happened (a triage); roles are not asked."""
	if doc.status != status:
		doc.status = status
		with as_system():
			doc.save(ignore_permissions=True)


def undo(visit: str, reason: str | None = None) -> Document:
	"""Take a mis-click “receive” back: unpaid receptions are cancelled, the appointment is un-admitted.

	Raises ConflictError naming the receipts if something is paid, ForbiddenMoveError once the
	service has begun.
	"""
	doc = locked(visit)
	doc.status = CANCELLED
	doc.cancel_reason = (reason or "").strip() or _("Received by mistake")
	return doc.save(ignore_permissions=True)


def check_new(doc: Document) -> None:
	"""A new visit: patient and branch from the appointment, and no second visit for it.

	Raises InvalidInputError, ConflictError.
	"""
	doc.visit_no = doc.cancel_reason = None
	doc.status, doc.arrived_at, doc.closed_at = WAITING, doc.arrived_at or now_datetime(), None
	if doc.appointment:
		_take_from_appointment(doc)
	patient = frappe.db.get_value("Clinic Patient", doc.patient, ["full_name", "status"], as_dict=True)
	if not patient:
		refuse_input(_("Patient"), _("Choose the patient."))
	if patient.status == "Merged":
		refuse_input(_("Patient"), _("This file was merged into another one. Use that one."))
	blocking.refuse_blocked(doc.patient)
	doc.patient_name = patient.full_name
	doc.jalali_month = jalali_month(frappe.utils.getdate(doc.arrived_at))


def _take_from_appointment(doc: Document) -> None:
	lock_rows([("Clinic Appointment", doc.appointment)])
	other = frappe.db.get_value(
		DOCTYPE,
		{"appointment": doc.appointment, "status": ("!=", CANCELLED)},
		["name", "visit_no"],
		as_dict=True,
		for_update=True,
	)
	if other:
		frappe.throw(
			_("This appointment was already received, visit {0}.").format(other.visit_no), ConflictError
		)
	row = frappe.db.get_value(
		"Clinic Appointment", doc.appointment, ["patient", "branch", "practitioner"], as_dict=True
	)
	if doc.patient and doc.patient != row.patient:
		refuse_input(_("Patient"), _("This is not the patient of the appointment."))
	doc.patient, doc.branch = row.patient, doc.branch or row.branch
	doc.practitioner = doc.practitioner or row.practitioner


def after_insert(doc: Document) -> None:
	"""The visit exists: admit the appointment, tell the other apps, number."""
	if doc.appointment:
		with as_system():
			booking.admit(doc.appointment)
	_tell(doc, None)
	write_late(doc, visit_no=next_number("visit", doc.branch, doc.arrived_at))


def after_move(doc: Document, old: str, new: str) -> None:
	"""What a move brings with it."""
	if new == CANCELLED:
		_take_back(doc)
	elif new == DONE and old in IN_HOUSE:
		_finish_triages(doc.name)
		if doc.appointment:
			with as_system():
				booking.complete(doc.appointment)
	elif old == DONE and new in IN_HOUSE and doc.appointment:
		with as_system():
			booking.undo(doc.appointment)
	_tell(doc, old)


def check_move(doc: Document, old: str, new: str) -> None:
	"""What must hold before a move. Raises ConflictError, sets times."""
	doc.closed_at = now_datetime() if new == CLOSED else None
	if new == TRIAGED and old == IN_SERVICE and not _active_triage(doc.name):
		frappe.throw(_("There is no triage to go back to. Triage the patient."), InvalidInputError)
	if new == CLOSED and frappe.db.exists("Clinic Reception", {"visit": doc.name, "docstatus": 0}):
		frappe.throw(_("A reception of this visit is still a draft. Submit or delete it."), ConflictError)


def _take_back(doc: Document) -> None:
	for row in _open_receptions(doc.name):
		receptions.cancel(row, doc.cancel_reason)
	now = {"status": VOID, "void_reason": doc.cancel_reason, "voided_by": frappe.session.user}
	for name in _triages(doc.name, ACTIVE):
		frappe.db.set_value(TRIAGE, name, now)
		changed(TRIAGE, name)
	if doc.appointment:
		with as_system():
			booking.undo(doc.appointment)


def _open_receptions(visit: str) -> list[str]:
	return frappe.get_all(
		"Clinic Reception",
		filters={"visit": visit, "docstatus": ("<", 2)},
		pluck="name",
		order_by="creation desc",
	)


def _finish_triages(visit: str) -> None:
	for name in _triages(visit, ACTIVE):
		frappe.db.set_value(TRIAGE, name, "status", "Done")
		changed(TRIAGE, name)


def _triages(visit: str, status: str) -> list[str]:
	return frappe.get_all(
		TRIAGE, filters={"visit": visit, "status": status}, pluck="name", order_by="triaged_at asc"
	)


def _active_triage(visit: str) -> str | None:
	return frappe.db.get_value(TRIAGE, {"visit": visit, "status": ACTIVE}, "name")


def _tell(doc: Document, old: str | None) -> None:
	event = {
		"visit": doc.name,
		"old": old,
		"new": doc.status,
		"patient": doc.patient,
		"appointment": doc.appointment,
	}
	events.emit("clinic_on_visit_status", events=[event])
	changed(DOCTYPE, doc.name)


def steps_of(status: str) -> list[str]:
	"""Moves by hand that a screen may offer from here, for the session's user."""
	roles = frappe.get_roles()
	everything = frappe.session.user == "Administrator"
	return [s for s in VISIT.next_states(status) if everything or VISIT.allows_role(status, s, roles)]
