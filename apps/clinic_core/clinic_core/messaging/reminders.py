"""Reminders of appointments: so many hours before, as the service or the clinic says (E174, E209)."""

import datetime
from collections.abc import Sequence
from functools import partial
from typing import Any

import frappe
from frappe.utils import cint, get_datetime, now_datetime

from clinic_core.foundation import settings
from clinic_core.foundation.boundary import command
from clinic_core.messaging import notices, occasions, outbox, states
from clinic_core.messaging.drafts import DOCTYPE, Draft

DEFAULT_HOURS = 24
MOST_HOURS = 24 * 14
AT_ONCE = 500
SHORTEST = datetime.timedelta(minutes=30)
"""A reminder shortly before is none: he is on his way."""


def note_due() -> int:
	"""Note a reminder for every appointment whose time has come; again and again without doubling any.

	Returns how many appointments were looked at.
	"""
	if not notices.is_on(occasions.REMIND):
		return 0
	after, done = "", 0
	while names := command("messaging.remind", None, partial(_chunk, after)):
		after, done = names[-1], done + len(names)
	return done


def is_due(start: datetime.datetime, hours: int, now: datetime.datetime) -> bool:
	"""Whether the reminder of an appointment goes out now. Pure."""
	return now + SHORTEST <= start <= now + datetime.timedelta(hours=hours)


def is_told_already(start: datetime.datetime, hours: int, told_at: Sequence[datetime.datetime]) -> bool:
	"""Whether he heard of this time when the reminder would have been due: nobody is told twice. Pure."""
	due_at = start - datetime.timedelta(hours=hours)
	return any(moment >= due_at for moment in told_at)


def _chunk(after: str) -> list[str]:
	now = now_datetime()
	rows = _expected(after, now)
	told = _told([row.name for row in rows])
	usual = cint(settings.get("sms_reminder_hours")) or DEFAULT_HOURS
	outbox.note_many(
		note
		for row in rows
		if is_due(get_datetime(row.start), hours := cint(row.hours) or usual, now)
		and not is_told_already(get_datetime(row.start), hours, told.get((row.name), ()))
		and (note := _note(row))
	)
	return [row.name for row in rows]


def _note(row: Any) -> Draft | None:
	reference, key = (notices.APPOINTMENT, row.name), f"{row.name}:{row.start}"
	return notices.draft(occasions.REMIND, row.patient, reference, row.start, key=key, branch=row.branch)


def _expected(after: str, now: datetime.datetime) -> list[Any]:
	"""The next appointments within the longest time a reminder is ahead that have none yet."""
	table, service = frappe.qb.DocType(notices.APPOINTMENT), frappe.qb.DocType("Clinic Service")
	longest = max(cint(settings.get("sms_reminder_hours")) or DEFAULT_HOURS, _longest_of_services())
	return (
		frappe.qb.from_(table)
		.left_join(service)
		.on(service.name == table.service)
		.select(table.name, table.patient, table.start, table.branch, service.sms_reminder_hours.as_("hours"))
		.where(table.start.between(now + SHORTEST, now + datetime.timedelta(hours=longest)))
		.where(table.status.isin(occasions.EXPECTED) & (table.name > after))
		.orderby(table.name)
		.limit(AT_ONCE)
		.run(as_dict=True)
	)


def _longest_of_services() -> int:
	rows = frappe.get_all(
		"Clinic Service", pluck="sms_reminder_hours", order_by="sms_reminder_hours desc", limit=1
	)
	return min(cint(rows[0]), MOST_HOURS) if rows else 0


def _told(names: Sequence[str]) -> dict[str, list[datetime.datetime]]:
	"""Appointment → when its patient was told of its time; a reminder counts as well."""
	rows = frappe.get_all(
		DOCTYPE,
		{
			"reference_doctype": notices.APPOINTMENT,
			"reference_name": ("in", list(names) or [""]),
			"template": ("in", (occasions.BOOKING, occasions.MANY_BOOKINGS, occasions.CHANGE)),
			"status": ("!=", states.NOT_SENT),
		},
		["reference_name", "creation"],
		order_by="creation asc",
	)
	found: dict[str, list[datetime.datetime]] = {}
	for row in rows:
		found.setdefault(row.reference_name, []).append(row.creation)
	return found
