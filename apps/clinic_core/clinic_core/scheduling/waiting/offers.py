"""A time offered to somebody who waits: held until he answers, then the next one's turn (F08, F09).

Permission-free. The offer holds the time as every held appointment does, so the unique key of the claims lets
nobody offer or book it twice; a person has one open offer for a wish (unique key `open_entry`).
"""

import datetime
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import add_to_date, cint, get_datetime, now_datetime

from clinic_core.foundation import events, settings
from clinic_core.foundation.errors import ConflictError
from clinic_core.foundation.locks import lock_rows
from clinic_core.foundation.state import as_system
from clinic_core.people.consent import gate, purposes
from clinic_core.scheduling import booking
from clinic_core.scheduling import states as appointment_states
from clinic_core.scheduling.waiting import entries, states
from clinic_core.scheduling.waiting.reading import ENTRY, OFFER

HOOK = "clinic_on_waiting_offer"
DEFAULT_MINUTES = 60


def make(
	entry: str,
	practitioner: str,
	start: datetime.datetime | str,
	branch: str | None = None,
	*,
	is_automatic: bool = False,
) -> Document:
	"""Offer a time: it is held for the minutes of Clinic Settings, or until it begins.

	Raises ConflictError when somebody has an open offer, SlotTakenError when the time is not free.
	"""
	doc = _waiting(entry, practitioner)
	expires_at = _expiry(start)
	held = booking.book(
		doc.patient,
		doc.service,
		practitioner,
		start,
		branch,
		origin_doctype=ENTRY,
		origin_name=doc.name,
		note=doc.note,
		hold_until=expires_at,
		area=doc.area,
	)
	offer = frappe.get_doc(
		{
			"doctype": OFFER,
			"entry": doc.name,
			"patient": doc.patient,
			"appointment": held.name,
			"service": held.service,
			"practitioner": held.practitioner,
			"branch": held.branch,
			"start": held.start,
			"expires_at": held.hold_until,
			"is_automatic": int(is_automatic),
		}
	).insert(ignore_permissions=True)
	entries.move(doc, states.OFFERED, offer_count=cint(doc.offer_count) + 1)
	_tell(offer, held)
	return offer


def book(
	entry: str, practitioner: str, start: datetime.datetime | str, branch: str | None = None
) -> Document:
	"""Book a time for somebody who waits, without asking first: he is on the phone. Returns the appointment."""
	doc = _waiting(entry, practitioner)
	appointment = booking.book(
		doc.patient,
		doc.service,
		practitioner,
		start,
		branch,
		origin_doctype=ENTRY,
		origin_name=doc.name,
		note=doc.note,
		area=doc.area,
	)
	_fulfil(doc.name, appointment.name)
	return appointment


def accept(offer: str) -> Document:
	"""The patient takes it: the held time is booked. Returns the appointment.

	Late is not too late as long as nobody else has the time. Raises ConflictError when the offer is over,
	SlotTakenError when its hold ended and somebody was faster.
	"""
	row = _open(offer)
	appointment = booking.confirm(row.appointment)
	close(offer, states.ACCEPTED)
	_fulfil(row.entry, appointment.name)
	return appointment


def decline(offer: str, reason: str | None = None) -> Document:
	"""The patient does not want this time; he waits on, and the time is free for the next one."""
	_open(offer)
	return _end(offer, states.DECLINED, (reason or "").strip() or _("Declined"))


def expire(offer: str) -> Document | None:
	"""Nobody answered in time; None when the offer was answered meanwhile."""
	if frappe.db.get_value(OFFER, offer, "status") != states.OPEN:
		return None
	return _end(offer, states.EXPIRED, _("Nobody answered in time"))


def withdraw_of(entry: str) -> None:
	"""End the open offer of somebody who leaves the list (called by the wish itself)."""
	name = frappe.db.get_value(OFFER, {"open_entry": entry}, "name")
	if name:
		_end(name, states.WITHDRAWN, _("Taken off the waiting list"))


def close(offer: str, status: str, reason: str | None = None) -> Document:
	"""Record how an offer ended; one that has ended stays as it is."""
	doc = frappe.get_doc(OFFER, offer, for_update=True)
	if doc.status != states.OPEN:
		return doc
	doc.update({"status": status, "reason": reason})
	with as_system():
		return doc.save(ignore_permissions=True)


def due() -> list[str]:
	"""Open offers whose time to answer is over, the oldest first."""
	return frappe.get_all(
		OFFER,
		{"status": states.OPEN, "expires_at": ("<=", now_datetime())},
		pluck="name",
		order_by="expires_at asc, name asc",
		limit=200,
	)


def _waiting(entry: str, practitioner: str) -> Document:
	"""The wish, locked with all that will be changed, if its turn is now."""
	patient = frappe.db.get_value(ENTRY, entry, "patient")
	if not patient:
		frappe.throw(_("{0} {1} not found").format(_(ENTRY), entry), frappe.DoesNotExistError)
	lock_rows([("Clinic Patient", patient), ("Clinic Practitioner", practitioner), (ENTRY, entry)])
	doc = frappe.get_doc(ENTRY, entry, for_update=True)
	if doc.status == states.OFFERED:
		frappe.throw(
			_("{0} has an open offer already. Book or decline that one first.").format(doc.patient_name),
			ConflictError,
		)
	if doc.status != states.WAITING:
		frappe.throw(
			_("{0} is not waiting any more: {1}.").format(doc.patient_name, _(doc.status)), ConflictError
		)
	return doc


def _expiry(start: datetime.datetime | str) -> datetime.datetime:
	minutes = cint(settings.get("offer_minutes")) or DEFAULT_MINUTES
	end = add_to_date(now_datetime(), minutes=minutes)
	try:
		begins = get_datetime(start)
	except (ValueError, TypeError):
		begins = None  # the booking says what is wrong with it
	return min(end, begins) if begins and begins > now_datetime() else end


def _open(offer: str) -> frappe._dict:
	"""The offer with all that an answer changes locked: of two answers at once the second one finds it over."""
	fields = ["appointment", "entry", "patient", "practitioner"]
	row = frappe.db.get_value(OFFER, offer, fields, as_dict=True)
	if not row:
		frappe.throw(_("{0} {1} not found").format(_(OFFER), offer), frappe.DoesNotExistError)
	lock_rows(
		[
			("Clinic Appointment", row.appointment),
			("Clinic Patient", row.patient),
			("Clinic Practitioner", row.practitioner),
			(ENTRY, row.entry),
			(OFFER, offer),
		]
	)
	status = frappe.db.get_value(OFFER, offer, "status", for_update=True)
	if status != states.OPEN:
		frappe.throw(
			_("This offer is over: {0}. The person can be offered another time.").format(_(status)),
			ConflictError,
		)
	return row


def _end(offer: str, status: str, reason: str) -> Document:
	"""Close the offer before its appointment is cancelled: what follows from that finds it ended."""
	appointment, entry = frappe.db.get_value(OFFER, offer, ["appointment", "entry"])
	held = frappe.db.get_value("Clinic Appointment", appointment, "status", for_update=True)
	doc = close(offer, status, reason)
	if held == appointment_states.HELD:
		with as_system():
			booking.cancel(appointment, reason)
	back_on_the_list(entry)
	return doc


def back_on_the_list(entry: str) -> None:
	"""He waits on; if his days are over the night takes him off."""
	wish = frappe.get_doc(ENTRY, entry, for_update=True)
	if wish.status == states.OFFERED:
		entries.move(wish, states.WAITING)


def _fulfil(entry: str, appointment: str) -> None:
	doc = frappe.get_doc(ENTRY, entry, for_update=True)
	if doc.status in states.ON_THE_LIST:
		entries.move(doc, states.BOOKED, appointment=appointment)


def _tell(offer: Document, held: Document) -> None:
	"""Whoever writes messages gets the offer, if the person may be written to at all."""
	if not frappe.get_hooks(HOOK):
		return
	if gate.may_use(("Clinic Patient", offer.patient), purposes.REMINDER):
		events.emit(HOOK, events=[_event(offer, held)])


def _event(offer: Document, held: Document) -> dict[str, Any]:
	return {
		"offer": offer.name,
		"patient": offer.patient,
		"appointment": held.name,
		"tracking_code": held.tracking_code,
		"start": str(held.start),
		"expires_at": str(offer.expires_at),
	}
