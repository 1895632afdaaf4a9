"""Wishes on the waiting list: put on it, taken off it, closed by what happens (F08, E206). Permission-free."""

from collections.abc import Iterable, Sequence
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from clinic_core.foundation import live
from clinic_core.foundation.errors import refuse_input
from clinic_core.foundation.locks import lock_rows
from clinic_core.foundation.state import as_system
from clinic_core.scheduling.waiting import states
from clinic_core.scheduling.waiting.reading import ENTRY, OFFER

EXPIRE_CHUNK = 500


def add(
	patient: str,
	service: str,
	area: str | None = None,
	practitioners: Sequence[str] = (),
	branches: Sequence[str] = (),
	times: Sequence[dict[str, Any]] = (),
	from_date: Any = None,
	to_date: Any = None,
	is_urgent: bool = False,
	note: str | None = None,
) -> Document:
	"""Put somebody on the list. The document itself checks what is wished."""
	lock_rows([("Clinic Patient", patient)])
	return frappe.get_doc(
		{
			"doctype": ENTRY,
			"patient": patient,
			"service": service,
			"area": area,
			"practitioners": [{"practitioner": name} for name in dict.fromkeys(practitioners)],
			"branches": [{"branch": name} for name in dict.fromkeys(branches)],
			"times": [{key: row.get(key) for key in ("weekday", "start", "end")} for row in times],
			"from_date": from_date,
			"to_date": to_date,
			"is_urgent": int(is_urgent),
			"note": note,
		}
	).insert(ignore_permissions=True)


def withdraw(entry: str, reason: str) -> Document:
	"""Take somebody off the list; an open offer of his ends. Raises InvalidInputError without a reason."""
	doc = locked(entry)
	if not (reason or "").strip():
		refuse_input(_("Reason"), _("Please say why."))
	doc.reason = reason.strip()
	doc.status = states.WITHDRAWN
	return doc.save(ignore_permissions=True)


def wait_again(entry: str, to_date: Any = None) -> Document:
	"""Back on the list, until a new day if one is given."""
	doc = locked(entry)
	doc.to_date = to_date or doc.to_date
	doc.status = states.WAITING
	return doc.save(ignore_permissions=True)


def locked(entry: str) -> Document:
	"""The wish with its locks: what is held for it, patient, wish. Raises frappe.DoesNotExistError."""
	patient = frappe.db.get_value(ENTRY, entry, "patient")
	if not patient:
		frappe.throw(_("{0} {1} not found").format(_(ENTRY), entry), frappe.DoesNotExistError)
	held = frappe.db.get_value(OFFER, {"open_entry": entry}, "appointment")
	lock_rows([("Clinic Appointment", held or ""), ("Clinic Patient", patient), (ENTRY, entry)])
	return frappe.get_doc(ENTRY, entry, for_update=True)


def move(doc: Document, status: str, **values: Any) -> Document:
	"""Move a wish; it follows from an event, so the roles are not asked."""
	doc.update(values)
	doc.status = status
	with as_system():
		return doc.save(ignore_permissions=True)


def of_patients(patients: Iterable[str | None]) -> list[frappe._dict]:
	"""What these patients wait for. One query."""
	names = sorted({name for name in patients if name})
	if not names:
		return []
	return frappe.get_all(
		ENTRY,
		{"patient": ("in", names), "status": ("in", states.ON_THE_LIST)},
		["name", "patient", "service", "area"],
		order_by="name asc",
		limit_page_length=0,
	)


def fulfilled(wishes: Iterable[frappe._dict], appointments: Iterable[frappe._dict]) -> list[tuple[str, str]]:
	"""Which of them appointments fulfil: (wish, appointment). A wish for one body area is not fulfilled by another."""
	booked = {(row.patient, row.service): row for row in appointments}
	found = []
	for wish in wishes:
		appointment = booked.get((wish.patient, wish.service))
		if appointment and (not wish.area or wish.area == appointment.area):
			found.append((wish.name, appointment.name))
	return found


def expire_passed() -> int:
	"""Take off the list whose wished days are over, one chunk by one statement. Returns how many (job)."""
	table = frappe.qb.DocType(ENTRY)
	names = (
		frappe.qb.from_(table)
		.select(table.name)
		.where((table.status == states.WAITING) & (table.to_date < getdate()))
		.orderby(table.to_date)
		.orderby(table.name)
		.limit(EXPIRE_CHUNK)
		.for_update()
		.run(pluck=True)
	)
	if names:
		values = {
			"status": states.EXPIRED,
			"closed_at": frappe.utils.now_datetime(),
			"reason": _("The wished days are over"),
		}
		frappe.db.set_value(ENTRY, {"name": ("in", names)}, values)
		live.changed(ENTRY, names[0])
	return len(names)
