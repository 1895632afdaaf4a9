"""Receiving a patient (D07, D16–D21, D49): the visit, and the bill if services are known already.

Permission-free, plain arguments. Lock order: appointment, patient, then what the documents lock.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import frappe
from clinic_core.foundation import cached, settings
from clinic_core.foundation.errors import InvalidInputError, refuse_input
from clinic_core.foundation.locks import lock_rows
from frappe import _
from frappe.model.document import Document

from clinic_reception.front_desk import receptions, triage, visits
from clinic_reception.front_desk.states import CANCELLED, TREATMENT, USE_PURCHASED, VISIT_TYPES

Services = Sequence[Mapping[str, Any]]


def receive(
	appointment: str | None = None,
	patient: str | None = None,
	visit_type: str | None = None,
	services: Services = (),
	immediate: bool = False,
	branch: str | None = None,
	practitioner: str | None = None,
	submit: bool = True,
	note: str | None = None,
) -> tuple[Document, Document | None]:
	"""Receive an appointment, or a walk-in with `patient` and `visit_type`.

	`services` make a reception, submitted at once unless `submit` is False. Without services a
	booked session that is paid for is used. `immediate` (D20, D49) skips the consultant: the patient
	is sent to the department of the first service. Returns (visit, reception or None).
	Raises InvalidInputError, ConflictError if the appointment was received by somebody else.
	"""
	_check(appointment, patient, visit_type)
	lock_rows([("Clinic Appointment", appointment or "")])
	booked = _appointment(appointment)
	patient = booked.patient if booked else patient
	lock_rows([("Clinic Patient", patient or "")])
	visit = frappe.get_doc(
		{
			"doctype": visits.DOCTYPE,
			"patient": patient,
			"appointment": appointment,
			"visit_type": visit_type or _visit_type_of(booked),
			"branch": branch or (booked.branch if booked else _default_branch()),
			"practitioner": practitioner or (booked.practitioner if booked else None),
			"is_immediate": int(immediate),
			"note": note,
		}
	).insert(ignore_permissions=True)
	wanted = list(services) or _booked_session(booked)
	reception = receptions.create(visit, _with_session(wanted, booked), submit) if wanted else None
	if immediate:
		_treat_at_once(visit, reception, booked)
		visit.reload()
	return visit, reception


def sell(visit: str, services: Services, submit: bool = True) -> Document:
	"""Another reception on a visit: what was sold or used after the first one."""
	if not services:
		refuse_input(_("Services"), _("Add at least one service."))
	doc = visits.locked(visit)
	if doc.status == CANCELLED:
		frappe.throw(_("This visit was cancelled."), InvalidInputError)
	return receptions.create(doc, list(services), submit)


def _check(appointment: str | None, patient: str | None, visit_type: str | None) -> None:
	if not appointment and not patient:
		refuse_input(_("Patient"), _("Choose an appointment or a patient."))
	if not appointment and not visit_type:
		refuse_input(_("Visit type"), _("Choose what the patient comes for."))
	if visit_type and visit_type not in VISIT_TYPES:
		refuse_input(_("Visit type"), _("Choose one of: {0}").format(", ".join(_(t) for t in VISIT_TYPES)))


def _appointment(name: str | None) -> Any:
	if not name:
		return None
	fields = ["name", "patient", "branch", "practitioner", "service", "session", "status"]
	return frappe.db.get_value("Clinic Appointment", name, fields, as_dict=True, for_update=True)


def _visit_type_of(booked: Any) -> str:
	department = frappe.db.get_value("Clinic Service", booked.service, "department")
	found = cached.find("Clinic Department", department)
	return "Consultation" if found and found.kind == "Consultation" else "Treatment"


def _default_branch() -> str:
	branch = frappe.defaults.get_user_default("Clinic Branch") or settings.get("default_branch")
	if branch:
		return branch
	only = frappe.get_all(
		"Clinic Branch", filters={"is_active": 1}, pluck="name", order_by="name asc", limit=2
	)
	if len(only) != 1:
		refuse_input(_("Branch"), _("Choose the branch."))
	return only[0]


def _booked_session(booked: Any) -> list[dict[str, Any]]:
	if not booked or not booked.session:
		return []
	if not frappe.db.get_value("Clinic Session", booked.session, "entitlement"):
		return []
	return [{"service": booked.service, "action": USE_PURCHASED, "quantity": 1, "session": booked.session}]


def _with_session(services: list[Mapping[str, Any]], booked: Any) -> list[dict[str, Any]]:
	"""The booked session is the one that is used, where the line leaves it open."""
	rows = [dict(row) for row in services]
	if booked and booked.session:
		bought = frappe.db.get_value("Clinic Session", booked.session, "entitlement")
		for row in rows:
			fits = row.get("service") == booked.service and row.get("action") == USE_PURCHASED
			if fits and not row.get("session") and row.get("entitlement") in (None, "", bought):
				row["session"] = booked.session
				break
	return rows


def _treat_at_once(visit: Document, reception: Document | None, booked: Any) -> None:
	"""Route by the department of the first service (D21), without a consultant."""
	department = reception.lines[0].department if reception else None
	if not department and booked:
		department = frappe.db.get_value("Clinic Service", booked.service, "department")
	department = department or visit.department
	if not department and not visit.practitioner:
		refuse_input(_("Services"), _("Add today's services, so that the patient can be sent on."))
	triage.triage(visit.name, TREATMENT, visit.practitioner, department)
