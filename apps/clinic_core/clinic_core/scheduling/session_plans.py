"""The calendar over one entitlement: plans and their sessions.

Inside the caller's transaction (`design.md` §2 and §3; A04, A05, A14, A79–A84). A session is booked by
an appointment, which reserves a unit; it uses the unit when attended or burnt.
"""

import datetime
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, getdate

from clinic_core.foundation import live
from clinic_core.foundation.errors import refuse_input
from clinic_core.foundation.locks import lock_rows
from clinic_core.foundation.state import as_system
from clinic_core.people import entitlements
from clinic_core.scheduling import exceptions, states
from clinic_core.scheduling.session_follow import (
	APPOINTMENT,
	PLAN,
	SESSION,
	locked_session,
	move,
	release,
)
from clinic_core.scheduling.sessions import due_dates, last_possible, plan_is_over
from clinic_core.scheduling.sessions import first_date as first_session_date

MAX_SESSIONS = 200


def plan(
	patient: str,
	service: str,
	first_date: datetime.date | str | None = None,
	practitioner: str | None = None,
	branch: str | None = None,
	origin_doctype: str | None = None,
	origin_name: str | None = None,
	entitlement: str | None = None,
	interval_days: int | None = None,
) -> Document:
	"""Lay out the sessions of a service; as many as the entitlement has left, else as the service says.

	`interval_days`: apart, instead of what the service says. Without an entitlement the patient's oldest one of this service that has no plan yet is taken.
	Raises InvalidInputError if the service has no sessions.
	"""
	lock_rows([("Clinic Patient", patient)])
	spec = _spec(service)
	entitlement = entitlement or _unplanned_entitlement(patient, service)
	count = cint(entitlements.balance(entitlement)) if entitlement else cint(spec.session_count)
	if count < 1:
		refuse_input(_("Service"), _("{0} has no sessions to plan.").format(spec.service_name))
	begin = getdate(first_date) if first_date else _default_first(spec)
	doc = frappe.get_doc(
		{
			"doctype": PLAN,
			"patient": patient,
			"service": service,
			**_area_of(entitlement),
			"practitioner": practitioner,
			"branch": branch,
			"first_date": begin,
			"session_count": min(count, MAX_SESSIONS),
			"interval_days": max(cint(interval_days or spec.session_interval_days), 1),
			"allowed_absence_count": cint(spec.allowed_absence_count),
			"entitlement": entitlement,
			"origin_doctype": origin_doctype,
			"origin_name": origin_name,
		}
	)
	doc.insert(ignore_permissions=True)
	return doc


def _area_of(entitlement: str | None) -> dict[str, str | None]:
	"""The body area that was bought (G07)."""
	fields = ("area", "area_title")
	found = frappe.db.get_value(entitlements.DOCTYPE, entitlement, fields) if entitlement else None
	return dict(zip(fields, found or (None, None), strict=True))


def sessions_of(plan_name: str) -> list[dict[str, Any]]:
	"""Sessions of a plan in order: rows {name, session_no, date, status, start}."""
	rows = frappe.get_all(
		SESSION,
		{"session_plan": plan_name},
		["name", "session_no", "date", "status", "appointment.start"],
		order_by="session_no asc",
	)
	return [{**row, "date": str(row.date), "start": str(row.start) if row.start else None} for row in rows]


def make_sessions(doc: Document) -> None:
	"""Create the sessions of a new plan (called by the plan itself, whatever door made it).

	Nobody is due on a holiday or while the branch is closed.
	"""
	first, count, interval = getdate(doc.first_date), cint(doc.session_count), cint(doc.interval_days)
	closed = exceptions.closed_days(first, last_possible(first, count, interval), doc.branch)
	for number, day in enumerate(due_dates(first, count, interval, closed), 1):
		session = frappe.get_doc(
			{
				"doctype": SESSION,
				"session_plan": doc.name,
				"session_no": number,
				"patient": doc.patient,
				"service": doc.service,
				"practitioner": doc.practitioner,
				"entitlement": doc.entitlement,
				"date": day,
			}
		)
		session.insert(ignore_permissions=True)


def attend(session: str, reference_doctype: str, reference_name: str) -> None:
	"""The session takes place: it uses one unit, posted for the reference.

	If the reference has used a unit of the entitlement already (a reception that consumed by itself)
	it is not used twice. Raises InvalidInputError or ForbiddenMoveError.
	"""
	doc = locked_session(session)
	if doc.status == states.ATTENDED:
		return
	if doc.entitlement:
		if doc.appointment:
			entitlements.release(doc.entitlement, 1, APPOINTMENT, doc.appointment)
		if not _already_used(doc, reference_doctype, reference_name):
			entitlements.consume(doc.entitlement, 1, reference_doctype, reference_name)
	doc.reference_doctype, doc.reference_name = reference_doctype, reference_name
	move(doc, states.ATTENDED)


def unattend(session: str, reference_doctype: str, reference_name: str, reason: str | None = None) -> None:
	"""Undo `attend`: the unit is given back and the session is booked or planned as before."""
	doc = locked_session(session)
	if doc.status != states.ATTENDED:
		return
	if doc.entitlement:
		why = reason or _("The session was undone.")
		entitlements.unconsume(doc.entitlement, reference_doctype, reference_name, why)
	booked = doc.appointment and (
		frappe.db.get_value(APPOINTMENT, doc.appointment, "status") in states.OCCUPYING
	)
	if not booked:
		doc.appointment = None
	move(doc, states.BOOKED if booked else states.PLANNED)
	if booked and doc.entitlement:
		entitlements.reserve(doc.entitlement, 1, APPOINTMENT, doc.appointment)


def cancel_for(origin_doctype: str, origin_name: str, reason: str | None = None) -> None:
	"""The sale was cancelled: cancel its plans, their open sessions and the appointments of these."""
	names = frappe.get_all(
		PLAN,
		{"origin_doctype": origin_doctype, "origin_name": origin_name, "status": ("!=", "Cancelled")},
		pluck="name",
		order_by="name asc",
	)
	for name in names:
		doc = frappe.get_doc(PLAN, name, for_update=True)
		doc.status = states.CANCELLED
		doc.flags.cancel_reason = reason
		with as_system():
			doc.save(ignore_permissions=True)


def cancel_open_sessions(plan_name: str, reason: str | None) -> None:
	"""Cancel what is still to come of a plan (called by the plan itself)."""
	from clinic_core.scheduling import booking

	why = reason or _("The session plan was cancelled.")
	open_ones = frappe.get_all(
		SESSION,
		{"session_plan": plan_name, "status": ("in", sorted(states.SESSION_OPEN))},
		["name", "appointment", "appointment.status as appointment_status"],
		order_by="session_no asc",
	)
	with as_system():
		for row in open_ones:
			if row.appointment and row.appointment_status in (*states.MOVABLE, states.ARRIVED):
				booking.cancel(row.appointment, why)
			elif row.appointment:
				# The patient is in the house: his visit goes on, what was set aside for him does not.
				release(locked_session(row.name), row.appointment)
			move(locked_session(row.name), states.CANCELLED)


def keep_plan(name: str) -> None:
	"""A plan is over when nothing of it is still to come (called by its sessions)."""
	doc = frappe.get_doc(PLAN, name, for_update=True)
	live.changed(PLAN, name)
	statuses = frappe.get_all(SESSION, {"session_plan": name}, pluck="status", order_by="session_no asc")
	over = plan_is_over(statuses)
	if doc.status == states.ACTIVE and over:
		doc.status = states.COMPLETED
	elif doc.status == states.COMPLETED and not over:
		doc.status = states.ACTIVE
	else:
		return
	with as_system():
		doc.save(ignore_permissions=True)


def _already_used(doc: Document, reference_doctype: str, reference_name: str) -> bool:
	used = entitlements.used_for(doc.entitlement, reference_doctype, reference_name)
	attended = frappe.db.count(
		SESSION,
		{
			"entitlement": doc.entitlement,
			"status": states.ATTENDED,
			"reference_doctype": reference_doctype,
			"reference_name": reference_name,
		},
	)
	return used > attended


def _spec(service: str) -> frappe._dict:
	fields = [
		"service_name",
		"is_session_based",
		"session_count",
		"session_start_days",
		"session_interval_days",
		"allowed_absence_count",
	]
	row = frappe.db.get_value("Clinic Service", service, fields, as_dict=True)
	if not row:
		frappe.throw(_("Service {0} not found").format(service), frappe.DoesNotExistError)
	if not row.is_session_based:
		refuse_input(_("Service"), _("{0} is not given in sessions.").format(row.service_name))
	return row


def _default_first(spec: frappe._dict) -> datetime.date:
	return first_session_date(getdate(), cint(spec.session_start_days))


def _unplanned_entitlement(patient: str, service: str) -> str | None:
	rows = [row.name for row in map(frappe._dict, entitlements.open_for(patient)) if row.service == service]
	if not rows:
		return None
	planned = frappe.get_all(
		PLAN,
		{"entitlement": ("in", rows), "status": ("!=", "Cancelled")},
		pluck="entitlement",
		order_by="name asc",
	)
	return next((name for name in rows if name not in planned), None)


def title_of(doc: Document, suffix: str) -> str:
	"""What people read in links: service, patient and a suffix."""
	service = frappe.db.get_value("Clinic Service", doc.service, "service_name")
	patient = frappe.db.get_value("Clinic Patient", doc.patient, "full_name")
	if doc.get("area_title"):
		service = f"{service} ({doc.area_title})"
	return f"{service} · {patient} · {suffix}"[:140]
