"""A session follows its appointment: booked, missed, burnt, freed again (A84; `design.md` §3)."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, getdate

from clinic_core.foundation.errors import refuse_input
from clinic_core.foundation.state import as_system
from clinic_core.people import entitlements
from clinic_core.scheduling import states
from clinic_core.scheduling.sessions import judge_absence

PLAN = "Clinic Session Plan"
SESSION = "Clinic Session"
APPOINTMENT = "Clinic Appointment"


def check_booking(appointment: Document) -> None:
	"""An appointment for a session is for its patient and service, and the session is free.

	Raises InvalidInputError.
	"""
	if not appointment.session:
		return
	doc = locked_session(appointment.session)
	if (doc.patient, doc.service) != (appointment.patient, appointment.service):
		refuse_input(_("Session"), _("It belongs to another patient or service."))
	if doc.status not in (states.PLANNED, states.ABSENT):
		refuse_input(_("Session"), _("Session {0} is {1} already.").format(doc.session_no, _(doc.status)))


def follow_appointment(appointment: Document, old: str | None, new: str) -> None:
	"""Move the session as its appointment moved (called by the appointment itself)."""
	if not appointment.session:
		return
	doc = locked_session(appointment.session)
	another = doc.appointment and doc.appointment != appointment.name
	if doc.status == states.CANCELLED or (another and old):
		return
	with as_system():
		if new in states.OCCUPYING and old not in states.OCCUPYING:
			_book(doc, appointment)
		elif new == states.CANCELLED and doc.status == states.BOOKED:
			release(doc, appointment.name)
			doc.appointment = None
			move(doc, states.PLANNED)
		elif new == states.NO_SHOW and doc.status == states.BOOKED:
			_miss(doc, appointment.name)


def follow_move(appointment: Document) -> None:
	"""The session takes place when its appointment does (called by the appointment itself)."""
	if not appointment.session:
		return
	doc = locked_session(appointment.session)
	if doc.appointment != appointment.name or doc.status != states.BOOKED:
		return
	doc.date = getdate(appointment.start)
	if appointment.practitioner:
		doc.practitioner = appointment.practitioner
	doc.save(ignore_permissions=True)


def _book(doc: Document, appointment: Document) -> None:
	if doc.status == states.ATTENDED:
		return
	if doc.status == states.BURNT and doc.entitlement:
		# He came late after all: the unit was not lost.
		entitlements.unconsume(doc.entitlement, SESSION, doc.name, _("Came late"))
	doc.appointment = appointment.name
	doc.is_excused = 0
	doc.date = getdate(appointment.start)
	if appointment.practitioner:
		doc.practitioner = appointment.practitioner
	if doc.entitlement:
		entitlements.reserve(doc.entitlement, 1, APPOINTMENT, appointment.name)
	move(doc, states.BOOKED)


def _miss(doc: Document, appointment: str) -> None:
	release(doc, appointment)
	allowed = cint(frappe.db.get_value(PLAN, doc.session_plan, "allowed_absence_count", for_update=True))
	# Appointments missed so far, not sessions: an absent session may be booked and missed again.
	before = frappe.db.count(
		APPOINTMENT,
		{
			"session": ("in", session_names(doc.session_plan)),
			"status": "No Show",
			"name": ("!=", appointment),
		},
	)
	outcome = judge_absence(before, allowed)
	doc.is_excused = int(outcome == states.ABSENT)
	move(doc, outcome)
	if outcome == states.BURNT and doc.entitlement:
		entitlements.burn(doc.entitlement, 1, SESSION, doc.name, _("Absent more often than allowed"))


def release(doc: Document, appointment: str) -> None:
	"""Give back the unit that was set aside for an appointment of this session."""
	if doc.entitlement:
		entitlements.release(doc.entitlement, 1, APPOINTMENT, appointment)


def move(doc: Document, status: str) -> None:
	"""Move the session; it follows from an event, so the roles are not asked."""
	doc.status = status
	with as_system():
		doc.save(ignore_permissions=True)


def session_names(plan_name: str) -> list[str]:
	"""The sessions of a plan, in order."""
	return frappe.get_all(SESSION, {"session_plan": plan_name}, pluck="name", order_by="session_no asc")


def locked_session(name: str) -> Document:
	"""The session as it is now, locked until the end of the transaction."""
	return frappe.get_doc(SESSION, name, for_update=True)
