"""Reads the history of an appointment for its form: three queries, however long it is."""

from typing import Any

import frappe
from frappe.utils import get_datetime

from clinic_core.scheduling.history.changes import kind_of
from clinic_core.scheduling.history.keeping import DOCTYPE

APPOINTMENT = "Clinic Appointment"
MOST = 200
BOOKED = "Booked"


def history_of(appointment: str) -> dict[str, Any]:
	"""{entries, origin}: what happened, the latest first, and where the appointment came from.

	An entry is {at, by, by_name, kind, old_start, new_start, old_practitioner, new_practitioner (names),
	old_resource, new_resource (titles), old_minutes, new_minutes, reason, notify, is_automatic}; what stayed
	as it was is None. The first one is the booking itself.
	"""
	moves = _moves(appointment)
	entries = [_entry(row) for row in moves]
	doc = _appointment(appointment)
	first = moves[-1] if moves else None
	booked_at = doc.scheduled_on or doc.creation
	entries.append(
		{
			"at": str(booked_at)[:19],
			"by": doc.booked_by or doc.owner,
			"by_name": doc.booked_by_name or doc.booked_by or doc.owner,
			"kind": BOOKED,
			"old_start": None,
			"new_start": str(first.old_start if first else doc.start),
			"old_practitioner": None,
			"new_practitioner": first.old_name if first else doc.practitioner_name,
			**dict.fromkeys(("old_resource", "new_resource", "old_minutes", "new_minutes")),
			"reason": None,
			"notify": "",
			"is_automatic": 0,
			"is_late": int(get_datetime(first.old_start if first else doc.start) < booked_at),
		}
	)
	return {"entries": entries, "origin": _origin(doc)}


def _moves(appointment: str) -> list[frappe._dict]:
	move, user = frappe.qb.DocType(DOCTYPE), frappe.qb.DocType("User")
	old, new = (frappe.qb.DocType("Clinic Practitioner").as_(name) for name in ("old_p", "new_p"))
	left, entered = (frappe.qb.DocType("Clinic Resource").as_(name) for name in ("old_r", "new_r"))
	return (
		frappe.qb.from_(move)
		.left_join(user)
		.on(user.name == move.moved_by)
		.left_join(old)
		.on(old.name == move.old_practitioner)
		.left_join(new)
		.on(new.name == move.new_practitioner)
		.left_join(left)
		.on(left.name == move.old_resource)
		.left_join(entered)
		.on(entered.name == move.new_resource)
		.select(
			*(move.moved_at, move.moved_by, user.full_name, move.reason, move.notify, move.is_automatic),
			*(move.old_status, move.new_status, move.old_start, move.new_start),
			*(move.old_practitioner, move.new_practitioner),
			*(old.practitioner_name.as_("old_name"), new.practitioner_name.as_("new_name")),
			*(left.title.as_("old_room"), entered.title.as_("new_room")),
			*(move.old_minutes, move.new_minutes),
		)
		.where(move.appointment == appointment)
		.orderby(move.moved_at, move.creation, order=frappe.qb.desc)
		.limit(MOST)
		.run(as_dict=True)
	)


def _entry(row: frappe._dict) -> dict[str, Any]:
	other_time = row.old_start != row.new_start
	other_person = row.old_practitioner != row.new_practitioner
	other_room = row.old_room != row.new_room
	other_length = row.old_minutes != row.new_minutes
	return {
		"at": str(row.moved_at)[:19],
		"by": row.moved_by,
		"by_name": row.full_name or row.moved_by,
		"kind": kind_of(row.old_status, row.new_status, other_time or other_person),
		"old_start": str(row.old_start) if other_time else None,
		"new_start": str(row.new_start) if other_time else None,
		"old_practitioner": row.old_name if other_person else None,
		"new_practitioner": row.new_name if other_person else None,
		"old_resource": row.old_room if other_room else None,
		"new_resource": row.new_room if other_room else None,
		"old_minutes": row.old_minutes if other_length else None,
		"new_minutes": row.new_minutes if other_length else None,
		"reason": row.reason,
		"notify": row.notify or "",
		"is_automatic": row.is_automatic,
		"is_late": 0,
	}


def _appointment(name: str) -> frappe._dict:
	table, user = frappe.qb.DocType(APPOINTMENT), frappe.qb.DocType("User")
	person = frappe.qb.DocType("Clinic Practitioner")
	return (
		frappe.qb.from_(table)
		.left_join(user)
		.on(user.name == table.booked_by)
		.left_join(person)
		.on(person.name == table.practitioner)
		.select(
			*(table.creation, table.owner, table.booked_by, table.start, table.booked_through),
			table.scheduled_on,
			*(table.origin_doctype, table.origin_name),
			*(user.full_name.as_("booked_by_name"), person.practitioner_name),
		)
		.where(table.name == name)
		.run(as_dict=True)
	)[0]


def _origin(doc: frappe._dict) -> dict[str, Any]:
	"""Who reads the appointment may know that it came from a lead; whose, only who may read the lead."""
	may_open = bool(
		doc.origin_name
		and doc.origin_doctype
		and frappe.db.exists("DocType", doc.origin_doctype)
		and frappe.has_permission(doc.origin_doctype, "read")
	)
	return {
		"through": doc.booked_through or "",
		"doctype": doc.origin_doctype if may_open else None,
		"name": doc.origin_name if may_open else None,
	}
