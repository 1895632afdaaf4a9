"""Moves requests for one's data on, and starts what they ask for (E012). Permission-free."""

from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document

from clinic_core.foundation.errors import ConflictError, refuse_input
from clinic_core.people.consent.people import PATIENT, Person
from clinic_core.people.data_requests import erasure, erasure_rules, states, wording

DOCTYPE = "Clinic Data Request"
CONFIRMATION = "ERASE"
EXPORT_SECONDS, ERASURE_SECONDS = 60 * 60, 4 * 60 * 60


def move(
	request: str, status: str, reason: str | None = None, verified_how: str | None = None
) -> dict[str, Any]:
	"""Move a request on; refusing needs a reason, verifying how the person was recognised."""
	doc = frappe.get_doc(DOCTYPE, request, for_update=True)
	doc.status = status
	if reason:
		doc.refusal_reason = reason
	if verified_how:
		doc.verified_how = verified_how
	doc.save()
	return {"request": doc.name, "status": doc.status}


def start_export(request: str, language: str) -> dict[str, Any]:
	"""Have the file made by a job; an earlier one is replaced."""
	doc = _verified(request)
	frappe.db.set_value(DOCTYPE, request, "export_status", "Queued")
	frappe.enqueue(
		"clinic_core.people.data_requests.jobs.make_export",
		queue="long",
		timeout=EXPORT_SECONDS,
		job_id=f"clinic_export_{request}",
		deduplicate=True,
		enqueue_after_commit=True,
		request=request,
		language=language,
	)
	return {"request": doc.name, "export_status": "Queued"}


def confirmation_of(person: Person) -> str:
	"""What must be typed to erase: the file number, or a word where there is none."""
	number = frappe.db.get_value(PATIENT, person[1], "file_no") if person[0] == PATIENT else None
	return number or CONFIRMATION


def ask_erasure(request: str) -> dict[str, Any]:
	"""The first person asks. Raises ConflictError naming what stands against it."""
	doc = _verified(request)
	_require_erasure(doc)
	_refuse_if_open(doc)
	if doc.status == states.VERIFIED:
		doc.status = states.IN_PROGRESS
		doc.save()
	frappe.db.set_value(
		DOCTYPE, request, {"erasure_status": "Asked For", "erasure_asked_by": frappe.session.user}
	)
	return {"request": request, "erasure_status": "Asked For"}


def approve_erasure(request: str, typed: str) -> dict[str, Any]:
	"""The second person approves, having typed the file number; a job does the rest. No way back."""
	doc = _verified(request)
	_require_erasure(doc)
	is_head = bool(states.APPROVERS & set(frappe.get_roles()))
	code = erasure_rules.may_approve(doc.erasure_asked_by, frappe.session.user, is_head)
	if code:
		kind = frappe.PermissionError if code == "not_a_manager" else ConflictError
		frappe.throw(wording.approval(code), kind)
	expected = confirmation_of(_person(doc))
	if not erasure_rules.is_confirmed(typed, expected):
		refuse_input(_("Confirmation"), _("Type {0} to confirm.").format(frappe.bold(expected)))
	_refuse_if_open(doc)
	values = {"erasure_status": "Approved", "erasure_approved_by": frappe.session.user}
	frappe.db.set_value(DOCTYPE, request, values)
	frappe.enqueue(
		"clinic_core.people.data_requests.jobs.erase",
		queue="long",
		timeout=ERASURE_SECONDS,
		job_id=f"clinic_erase_{request}",
		deduplicate=True,
		enqueue_after_commit=True,
		request=request,
	)
	return {"request": request, "erasure_status": "Approved"}


def preview(request: str) -> dict[str, Any]:
	"""What goes, what stays, what stands against it, and what must be typed."""
	doc = frappe.get_doc(DOCTYPE, request)
	person = _person(doc)
	shown = erasure.preview(person)
	for part in ("goes", "stays"):
		for row in shown[part]:
			row["title"] = _(row["doctype"])
	refusals = [wording.refusal(row) for row in erasure.refusals(person)]
	return {**shown, "refusals": refusals, "confirmation": confirmation_of(person)}


def _person(doc: Document) -> Person:
	return (doc.person_doctype, doc.person_name)


def _verified(request: str) -> Document:
	"""The request, locked, once the identity was shown. Raises ConflictError."""
	doc = frappe.get_doc(DOCTYPE, request, for_update=True)
	if doc.status not in (states.VERIFIED, states.IN_PROGRESS):
		frappe.throw(_("First verify who asks. A closed request is not gone on with."), ConflictError)
	return doc


def _require_erasure(doc: Document) -> None:
	if doc.kind != states.ERASURE:
		refuse_input(_("Kind"), _("This request does not ask for erasure."))
	if doc.erasure_status in ("Approved", "Done"):
		frappe.throw(_("This erasure was approved already."), ConflictError)


def _refuse_if_open(doc: Document) -> None:
	rows = erasure.refusals(_person(doc))
	if rows:
		text = "<br>".join(wording.refusal(row) for row in rows)
		frappe.throw(text, ConflictError, title=_("The person cannot be erased yet"))
