"""Endpoints of scheduling (`design.md` §5): parse, check permission, call, return; nothing else."""

from collections.abc import Callable
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, getdate

from clinic_core.foundation import branch_scope, digits, wire
from clinic_core.foundation.boundary import command
from clinic_core.foundation.errors import refuse_input
from clinic_core.scheduling import availability, booking, day_list, session_plans, starts
from clinic_core.scheduling.history import keeping as history

APPOINTMENT = "Clinic Appointment"
MAX_SLOTS = 1000


@frappe.whitelist(methods=["GET"])
def find_slots(
	service: str,
	from_date: str,
	to_date: str,
	practitioner: str | None = None,
	branch: str | None = None,
	patient: str | None = None,
	limit: int | str = 200,
	area: str | None = None,
) -> list[dict]:
	"""Free times: [{start, end, practitioner, practitioner_name, branch, resources}] (A64, G01)."""
	wire.require_permission(APPOINTMENT, "read")
	branch_scope.require(branch)
	return availability.find_slots(
		service,
		_date(from_date, _("From date")),
		_date(to_date, _("To date")),
		practitioner or None,
		branch or None,
		patient or None,
		min(max(cint(digits.to_latin(str(limit))), 1), MAX_SLOTS),
		area or None,
		branch_scope.allowed(),
	)


@frappe.whitelist(methods=["GET"])
def free_week(
	service: str,
	from_date: str,
	to_date: str,
	day: str | None = None,
	practitioner: str | None = None,
	branch: str | None = None,
	patient: str | None = None,
	area: str | None = None,
) -> dict:
	"""{days: {date: number of free starts}, day, slots}: all free times of `day`, or of the first that has one (A64)."""
	wire.require_permission(APPOINTMENT, "read")
	branch_scope.require(branch)
	return starts.week(
		service,
		_date(from_date, _("From date")),
		_date(to_date, _("To date")),
		getdate(_date(day, _("Day"))) if day else None,
		practitioner or None,
		branch or None,
		patient or None,
		area or None,
		branch_scope.allowed(),
	)


@frappe.whitelist(methods=["GET"])
def day(date: str | None = None, branch: str | None = None, practitioner: str | None = None) -> list[dict]:
	"""Appointments of a day for screens, in order of time; each with what the user may do (D03)."""
	wire.require_permission(APPOINTMENT, "read")
	return day_list.appointments_of(_date(date, _("Date")), branch or None, practitioner or None)


@frappe.whitelist(methods=["GET"])
def calendar_events(
	start: str,
	end: str,
	doctype: str | None = None,
	filters: str | list | None = None,
	fields: str | list | None = None,
	field_map: str | dict | None = None,
) -> list[dict]:
	"""Appointments for the desk's calendar; cancelled ones are left out. The other arguments are the
	calendar's own and not needed."""
	wire.require_permission(APPOINTMENT, "read")
	return day_list.calendar_rows(
		_moment(start, _("From date")), _moment(end, _("To date")), wire.parse_list(filters, _("Filters"))
	)


@frappe.whitelist(methods=["GET"])
def actions(appointment: str) -> list[str]:
	"""What the user may do with the appointment: confirm, arrive, cancel, undo, no_show, reschedule."""
	wire.require_permission(APPOINTMENT, "read", appointment)
	status = frappe.db.get_value(APPOINTMENT, appointment, "status")
	return day_list.actions_for(status)


@frappe.whitelist(methods=["POST"])
def book(
	patient: str,
	service: str,
	practitioner: str,
	start: str,
	branch: str | None = None,
	origin_doctype: str | None = None,
	origin_name: str | None = None,
	note: str | None = None,
	session: str | None = None,
	squeeze_in: int | bool = 0,
	area: str | None = None,
	override_reason: str | None = None,
	resource: str | None = None,
	idempotency_key: str | None = None,
) -> dict:
	"""Book a time → {appointment, status, start, end} (C086, D30–D32). `resource`: this room or device.

	A practitioner books his own patients into his own calendar (C072).
	"""
	wire.require_permission(APPOINTMENT, "create")
	wanted = {
		"patient": patient,
		"service": service,
		"practitioner": practitioner,
		"start": digits.to_latin(start),
		"branch": branch or None,
		"origin_doctype": origin_doctype or None,
		"origin_name": origin_name or None,
		"note": note,
		"session": session or None,
		"squeeze_in": bool(cint(squeeze_in)),
		"area": area or None,
		"override_reason": override_reason or None,
		"resource": resource or None,
	}
	return _run("book", idempotency_key, wanted, lambda: _permitted(booking.book(**wanted), "create"))


@frappe.whitelist(methods=["POST"])
def hold(
	patient: str,
	service: str,
	practitioner: str,
	start: str,
	branch: str | None = None,
	session: str | None = None,
	area: str | None = None,
	idempotency_key: str | None = None,
) -> dict:
	"""Hold a time for the minutes of Clinic Settings → {appointment, status, start, end}."""
	wire.require_permission(APPOINTMENT, "create")
	wanted = {
		"patient": patient,
		"service": service,
		"practitioner": practitioner,
		"start": digits.to_latin(start),
		"branch": branch or None,
		"session": session or None,
		"area": area or None,
		"hold": True,
	}
	return _run("hold", idempotency_key, wanted, lambda: _permitted(booking.book(**wanted), "create"))


@frappe.whitelist(methods=["POST"])
def reschedule(
	appointment: str,
	start: str,
	reason: str,
	practitioner: str | None = None,
	by: str = booking.BY_PATIENT,
	override_reason: str | None = None,
	notify: int | bool | None = None,
	resource: str | None = None,
	idempotency_key: str | None = None,
) -> dict:
	"""Move an appointment; a reason is required (D34). `by`: Patient or Clinic, whose wish it is (F11).

	`notify`: tell the patient, as the clinic has set if left out (F15). `resource`: into this room or device.
	"""
	wire.require_permission(APPOINTMENT, "write", appointment)
	wanted = {
		"appointment": appointment,
		"start": digits.to_latin(start),
		"reason": reason,
		"practitioner": practitioner or None,
		"by": by,
		"override_reason": override_reason or None,
		"notify": history.wish(notify),
		"resource": resource or None,
	}
	return _run("reschedule", idempotency_key, wanted, lambda: _permitted(booking.reschedule(**wanted)))


@frappe.whitelist(methods=["POST"])
def confirm(appointment: str, notify: int | bool | None = None, idempotency_key: str | None = None) -> dict:
	"""The patient said yes (D04, D33). `notify`: tell him so (F15)."""
	wire.require_permission(APPOINTMENT, "write", appointment)
	wanted = {"appointment": appointment, "notify": history.wish(notify)}
	return _run("confirm", idempotency_key, wanted, lambda: booking.confirm(**wanted))


@frappe.whitelist(methods=["POST"])
def cancel(
	appointment: str,
	reason: str,
	by: str = booking.BY_PATIENT,
	notify: int | bool | None = None,
	idempotency_key: str | None = None,
) -> dict:
	"""Cancel; a reason is required (D35). `by` and `notify` as in `reschedule`."""
	wire.require_permission(APPOINTMENT, "write", appointment)
	wanted = {"appointment": appointment, "reason": reason, "by": by, "notify": history.wish(notify)}
	return _run("cancel", idempotency_key, wanted, lambda: booking.cancel(**wanted))


@frappe.whitelist(methods=["POST"])
def arrive(appointment: str, idempotency_key: str | None = None) -> dict:
	"""The patient is here."""
	wire.require_permission(APPOINTMENT, "write", appointment)
	return _move("arrive", booking.arrive, appointment, idempotency_key)


@frappe.whitelist(methods=["POST"])
def undo(appointment: str, idempotency_key: str | None = None) -> dict:
	"""One step back of a mis-click; what was received goes back by undoing its visit."""
	wire.require_permission(APPOINTMENT, "write", appointment)
	return _move("undo", booking.undo, appointment, idempotency_key)


@frappe.whitelist(methods=["POST"])
def no_show(appointment: str, idempotency_key: str | None = None) -> dict:
	"""The patient did not come; otherwise the night job says so."""
	wire.require_permission(APPOINTMENT, "write", appointment)
	return _move("no_show", booking.mark_no_show, appointment, idempotency_key)


@frappe.whitelist(methods=["POST"])
def plan_sessions(
	patient: str,
	service: str,
	first_date: str | None = None,
	practitioner: str | None = None,
	origin_doctype: str | None = None,
	origin_name: str | None = None,
	branch: str | None = None,
	idempotency_key: str | None = None,
) -> dict:
	"""Lay out a patient's sessions → {session_plan, sessions: [{name, date, start, status}]} (A05, A14)."""
	wire.require_permission("Clinic Session Plan", "create")
	branch_scope.require(branch)
	wanted = {
		"patient": patient,
		"service": service,
		"first_date": _date(first_date, _("First date")) if first_date else None,
		"practitioner": practitioner or None,
		"origin_doctype": origin_doctype or None,
		"origin_name": origin_name or None,
		"branch": branch or None,
	}

	def work() -> dict[str, Any]:
		plan = session_plans.plan(**wanted)
		branch_scope.require(plan.branch)
		return {"session_plan": plan.name, "sessions": session_plans.sessions_of(plan.name)}

	return command("scheduling.plan_sessions", idempotency_key, work, content=wanted)


def _move(name: str, function: Callable[[str], Document], appointment: str, key: str | None) -> dict:
	return _run(name, key, {"appointment": appointment}, lambda: function(appointment))


def _run(name: str, key: str | None, content: dict[str, Any], work: Callable[[], Document]) -> dict:
	return command(f"scheduling.{name}", key, lambda: _answer(work()), content=content)


def _permitted(doc: Document, ptype: str = "write") -> Document:
	"""The branch is known only now: may this user work in it?"""
	wire.require_document(doc, ptype)
	return doc


def _answer(doc: Document) -> dict[str, Any]:
	row = {"appointment": doc.name, "status": doc.status, "start": str(doc.start), "end": str(doc.end)}
	return {**row, "queue_no": doc.queue_no} if doc.queue_no else row


def _moment(text: str, label: str) -> str:
	return f"{_date(text, label)} 00:00:00" if len(text) <= 10 else f"{_date(text, label)} {text[11:19]}"


def _date(text: str | None, label: str) -> str:
	if not text:
		return str(getdate())
	try:
		return str(getdate(digits.to_latin(text)))
	except (ValueError, TypeError, frappe.ValidationError):
		refuse_input(label, _("Please give a date as YYYY-MM-DD."))
