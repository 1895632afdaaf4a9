"""Booking and moving appointments: the functions the three apps share (contract of the modules).

Permission-free, inside the caller's transaction. Each takes its locks first and returns the saved
Clinic Appointment; the document itself checks the rules and holds its claims.
"""

import datetime

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_datetime, getdate, now_datetime

from clinic_core.foundation.errors import ForbiddenMoveError, refuse_input
from clinic_core.foundation.locks import lock_rows
from clinic_core.foundation.state import as_system
from clinic_core.scheduling import records, resource_rules, states
from clinic_core.scheduling.cells import CELL_MINUTES

DOCTYPE = "Clinic Appointment"
BY_PATIENT, BY_CLINIC = "Patient", "Clinic"


def book(
	patient: str,
	service: str,
	practitioner: str,
	start: datetime.datetime | str,
	branch: str | None = None,
	origin_doctype: str | None = None,
	origin_name: str | None = None,
	note: str | None = None,
	hold: bool = False,
	session: str | None = None,
	squeeze_in: bool = False,
	area: str | None = None,
	hold_until: datetime.datetime | None = None,
	override_reason: str | None = None,
	resource: str | None = None,
	booked_through: str | None = None,
) -> Document:
	"""Book a time. Without a branch the one of the practitioner's shift is taken.

	`hold`: only hold it for the minutes of Clinic Settings, or until `hold_until`. `squeeze_in`: take one of the
	practitioner's extra seats of the day (G02; the user's role must allow it). `session`: the
	appointment is for this Clinic Session. `area`: code of a body area of the service (G07).
	`override_reason`: why a rule of the clinic is not kept (F07, F10, F11), if the user's role allows it.
	`resource`: the room or device, chosen by hand instead of the one that would follow.
	`booked_through`: the channel (D32), where it does not follow from the user.
	Raises SlotTakenError (with `next_slots` in the response) and InvalidInputError.
	"""
	_lock_people(patient, practitioner, service=service)
	doc = frappe.get_doc(
		{
			"doctype": DOCTYPE,
			"patient": patient,
			"service": service,
			"area": area,
			"practitioner": practitioner,
			"branch": branch,
			"start": _moment(start),
			"status": states.HELD if hold or hold_until else states.BOOKED,
			"origin_doctype": origin_doctype,
			"origin_name": origin_name,
			"note": note,
			"session": session,
			"is_squeeze_in": int(squeeze_in),
			"override_reason": override_reason,
			"own_resource": resource_rules.existing(resource),
			"booked_through": booked_through,
		}
	)
	doc.flags.hold_until = hold_until
	return doc.insert(ignore_permissions=True)


def reschedule(
	appointment: str,
	start: datetime.datetime | str,
	reason: str,
	practitioner: str | None = None,
	by: str = BY_PATIENT,
	override_reason: str | None = None,
	notify: bool | None = None,
	resource: str | None = None,
) -> Document:
	"""Move an appointment, to another practitioner if given; the document and its history stay (D34).

	`resource`: into this room or device, as long as it stays at that time; else it follows anew.

	`by`: whose wish it is, the Patient's or the Clinic's, which then costs nothing (F11). `notify`: whether
	the patient is to be told, as said at the desk (F15); None when nobody was asked.

	Raises InvalidInputError without a reason or when it is not movable any more, SlotTakenError.
	"""
	doc = _load(appointment, practitioner)
	doc.start, doc.changed_by = _moment(start), _side(by)
	doc.override_reason = override_reason or doc.override_reason
	doc.flags.notify = notify
	if resource:
		doc.own_resource, doc.flags.resource_given = resource_rules.existing(resource), True
	if practitioner and practitioner != doc.practitioner:
		doc.practitioner = practitioner
		doc.branch = None  # follows the shift
	return _save_with_reason(doc, reason)


def resize(appointment: str, minutes: int, reason: str) -> Document:
	"""Give an appointment another length than its service has; practitioner and room must be free for it.

	Raises InvalidInputError without a reason or for a service in stages, SlotTakenError.
	"""
	doc = _load(appointment)
	if doc.status not in states.MOVABLE:
		refuse_input(_("Length"), _("An appointment that is {0} is not moved.").format(_(doc.status)))
	if len(doc.steps) > 1:
		refuse_input(_("Length"), _("Several steps have their own lengths: change them in the form."))
	doc.own_minutes = minutes
	return _save_with_reason(doc, reason)


def confirm(appointment: str, notify: bool | None = None) -> Document:
	"""The patient said yes (D04, D33): Booked → Confirmed; of a held time: Held → Booked."""
	return _act("confirm", appointment, notify)


def cancel(appointment: str, reason: str, by: str = BY_PATIENT, notify: bool | None = None) -> Document:
	"""Cancel with a reason (D35); the time is free at once. `by` and `notify` as in `reschedule`."""
	doc = _load(appointment)
	doc.flags.notify = notify
	_set_status(doc, "cancel")
	doc.changed_by = _side(by)
	return _save_with_reason(doc, reason)


def arrive(appointment: str) -> Document:
	"""The patient is here, also after he was taken for absent."""
	return _act("arrive", appointment)


def admit(appointment: str) -> Document:
	"""The patient is received. An appointment of another day is moved to now.

	Made by the reception: the roles of the caller are not asked.
	"""
	doc = _load(appointment)
	with as_system():
		if doc.status == states.NO_SHOW:
			doc.status = states.ARRIVED
			_move_to_now(doc)
			doc.save(ignore_permissions=True)
		elif getdate(doc.start) != getdate():
			_move_to_now(doc)
		doc.status = states.ADMITTED
		return doc.save(ignore_permissions=True)


def complete(appointment: str) -> Document:
	"""The visit is done. Made by the reception: the roles are not asked."""
	doc = _load(appointment)
	doc.status = states.COMPLETED
	with as_system():
		return doc.save(ignore_permissions=True)


def undo(appointment: str) -> Document:
	"""One step back of a mis-click. Admitted and Completed go back only with their visit: then the
	caller wraps this in `as_system()`. Raises ForbiddenMoveError when there is nothing to undo."""
	return _act("undo", appointment)


def set_status(appointment: str, status: str, notify: bool | None = None) -> Document:
	"""Move to a state that was pointed at (a card on a board): the document refuses what it does not allow."""
	doc = _load(appointment)
	doc.flags.notify = notify
	if doc.status == status:
		return doc
	doc.status = status
	return doc.save(ignore_permissions=True)


def mark_no_show(appointment: str) -> Document:
	"""The patient did not come. Raises InvalidInputError before the appointment has begun."""
	return _act("no_show", appointment)


def _act(action: str, appointment: str, notify: bool | None = None) -> Document:
	doc = _load(appointment)
	doc.flags.notify = notify
	_set_status(doc, action)
	return doc.save(ignore_permissions=True)


def _set_status(doc: Document, action: str) -> None:
	steps = states.ACTIONS[action]
	if doc.status not in steps:
		frappe.throw(
			_("This is not possible: the appointment is {0}. Possible when it is {1}.").format(
				_(doc.status), ", ".join(_(state) for state in steps)
			),
			ForbiddenMoveError,
		)
	doc.status = steps[doc.status]


def _save_with_reason(doc: Document, reason: str) -> Document:
	if not (reason or "").strip():
		refuse_input(_("Reason"), _("Please say why."))
	doc.reason = reason.strip()
	doc.flags.reason_given = True
	return doc.save(ignore_permissions=True)


def _move_to_now(doc: Document) -> None:
	"""He is here: the calendar follows, whatever it says (counted on extra seats if need be)."""
	now = now_datetime()
	doc.start = now.replace(minute=now.minute - now.minute % CELL_MINUTES, second=0, microsecond=0)
	doc.reason = _("Received on another day")
	doc.flags.let_in = True


def _load(appointment: str, new_practitioner: str | None = None) -> Document:
	"""The appointment with its locks: appointment, patient, practitioners."""
	row = frappe.db.get_value(
		DOCTYPE, appointment, ["patient", "practitioner", "service"], as_dict=True, for_update=True
	)
	if not row:
		frappe.throw(_("Appointment {0} not found").format(appointment), frappe.DoesNotExistError)
	_lock_people(row.patient, row.practitioner, new_practitioner, service=row.service)
	return frappe.get_doc(DOCTYPE, appointment, for_update=True)


def _lock_people(patient: str, *practitioners: str | None, service: str) -> None:
	"""Everybody the placing will lock, in one go: also the operators who may give a stage (F06)."""
	names = {name for name in practitioners if name}
	if records.is_staged(service):
		names.update(records.operators())
	lock_rows([("Clinic Patient", patient), *(("Clinic Practitioner", name) for name in names)])


def _side(by: str) -> str:
	if by not in (BY_PATIENT, BY_CLINIC):
		refuse_input(
			_("Cancelled or moved by"), _("Choose one of: {0}").format(f"{_('Patient')}, {_('Clinic')}")
		)
	return by


def _moment(start: datetime.datetime | str) -> datetime.datetime:
	try:
		moment = get_datetime(start)
	except (ValueError, TypeError):
		moment = None
	if not moment:
		refuse_input(_("Start"), _("Please give a date and time as YYYY-MM-DD HH:MM:SS."))
	return moment
