"""Writes the history of appointments, one statement for one or for a thousand, and tells the other apps.

The rows follow from documents that were checked already, so they are written without asking again; nobody
else writes them (`Clinic Appointment Move`).
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import frappe
from frappe.model.document import Document
from frappe.utils import get_datetime, now_datetime

from clinic_core.foundation import events, settings
from clinic_core.foundation.bulk import insert_documents
from clinic_core.scheduling.history.changes import Change, as_answer, change_of, told_by_default

DOCTYPE = "Clinic Appointment Move"
HOOK = "clinic_on_appointment_change"


def keep(doc: Document, before: Document | None) -> None:
	"""Record what saving `doc` changed, and tell it. A new appointment is its own record."""
	if before is None:
		events.emit(HOOK, events=[_event(doc, None, None, doc.flags.notify, doc.reason)])
		return
	change = change_of(_state(before), _state(doc))
	if not change.is_any:
		return
	said = doc.reason if doc.reason != before.reason or doc.flags.reason_given else None
	row = _row(doc, change, said, doc.flags.notify)
	insert_documents(DOCTYPE, [row])
	events.emit(HOOK, events=[_event(doc, change, row["name"], doc.flags.notify, said)])


def keep_closed(rows: Sequence[Mapping[str, Any]], status: str, reason: str | None) -> None:
	"""The same for appointments that the night closed: {name, patient, branch, status, start, practitioner}."""
	made = []
	told = []
	for row in rows:
		change = change_of(row, {**row, "status": status})
		made.append({**_row(row, change, reason, None), "is_automatic": 1})
		told.append(_event(row, change, made[-1]["name"], None, reason, is_automatic=True))
	insert_documents(DOCTYPE, made)
	if told:
		events.emit(HOOK, events=told)


def wish(notify: Any) -> bool:
	"""Whether to tell the patient: as said at the desk, else as the clinic has set it (F15)."""
	if notify in (None, ""):
		return told_by_default(settings.get("notify_patients"))
	return str(notify).lower() in ("1", "true", "yes")


def to_tell(names: Iterable[str]) -> int:
	"""How many of these appointments have a change that the patient is to be told."""
	return frappe.db.count(DOCTYPE, {"appointment": ("in", list(names) or [""]), "notify": "Yes"})


def _state(doc: Document) -> dict[str, Any]:
	return {
		"status": doc.status,
		"start": get_datetime(doc.start),
		"end": get_datetime(doc.end),
		"practitioner": doc.practitioner,
		# Several steps have a room each; they are not told here.
		"resource": doc.steps[0].resource or None if len(doc.steps) == 1 else None,
	}


def _row(doc: Any, change: Change, reason: str | None, notify: bool | None) -> dict[str, Any]:
	now, user = now_datetime(), frappe.session.user
	return {
		"name": frappe.generate_hash(length=10),
		**{"creation": now, "modified": now, "owner": user, "modified_by": user, "docstatus": 0, "idx": 0},
		"appointment": doc.name,
		"patient": doc.patient,
		"branch": doc.branch,
		"moved_at": now.replace(microsecond=0),
		"moved_by": user,
		"notify": as_answer(notify),
		"is_automatic": 0,
		"reason": reason,
		"old_status": change.old_status,
		"new_status": change.new_status,
		"old_start": change.old_start,
		"new_start": change.new_start,
		"old_practitioner": change.old_practitioner,
		"new_practitioner": change.new_practitioner,
		"old_resource": change.old_resource,
		"new_resource": change.new_resource,
		"old_minutes": change.old_minutes,
		"new_minutes": change.new_minutes,
	}


def _event(
	doc: Any,
	change: Change | None,
	move: str | None,
	notify: bool | None,
	reason: str | None,
	is_automatic: bool = False,
) -> dict[str, Any]:
	return {
		"appointment": doc.name,
		"patient": doc.patient,
		"move": move,
		"old": change.old_status if change else None,
		"new": change.new_status if change else doc.status,
		"old_start": str(change.old_start) if change else None,
		"new_start": str(change.new_start if change else doc.start),
		"old_practitioner": change.old_practitioner if change else None,
		"new_practitioner": change.new_practitioner if change else doc.practitioner,
		"reason": reason,
		"notify": notify,
		"is_automatic": is_automatic,
	}
