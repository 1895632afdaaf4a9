"""Appointments of somebody who is not there any more: who else could take each, moving, cancelling.

The booking engine has the last word; what it refuses is named and stays in the list. A constant number of
queries, however many appointments.
"""

import datetime
from collections import defaultdict
from collections.abc import Callable
from typing import Any

import frappe
from frappe import _
from frappe.utils import get_datetime, getdate, now_datetime

from clinic_core.foundation import compat
from clinic_core.foundation.errors import refuse_input
from clinic_core.scheduling import booking, claims, roster, states
from clinic_core.scheduling.cells import minute_of
from clinic_core.scheduling.slots import QUEUE, Shift, practitioner_key

APPOINTMENT = "Clinic Appointment"
MOST = 500
FIELDS = [
	"name as appointment",
	"patient",
	"patient_name as full_name",
	"service",
	"service.service_name as service_name",
	"branch",
	"start",
	"end",
	"status",
]


def count(practitioner: str, on: datetime.date) -> int:
	"""How many appointments still stand from a day on."""
	return frappe.db.count(APPOINTMENT, _filters(practitioner, on))


def open_appointments(practitioner: str, after: datetime.date | None = None) -> list[dict[str, Any]]:
	"""The user's visible ones in order of time, each with `choices`: [{practitioner, name, is_free}].

	Who is free comes first.
	"""
	rows = frappe.get_list(
		APPOINTMENT,
		filters=_filters(practitioner, after or getdate()),
		fields=FIELDS,
		order_by="`tabClinic Appointment`.start asc, `tabClinic Appointment`.name asc",
		limit_page_length=MOST,
	)
	if not rows:
		return []
	givers = _givers({row.service for row in rows}, practitioner)
	others = {name for found in givers.values() for name, _title in found}
	shifts, taken = _times(others, rows)
	return [
		{
			**row,
			"start": str(row.start),
			"end": str(row.end),
			"choices": _choices(row, givers[row.service], shifts, taken),
		}
		for row in rows
	]


def reassign(moves: list[dict[str, str]], reason: str) -> dict[str, Any]:
	"""Move each to its new practitioner at the same time → {moved, refused: [{appointment, problem}]}."""
	_require_reason(reason)

	def move(row: dict[str, str]) -> None:
		start = frappe.db.get_value(APPOINTMENT, row["appointment"], "start")
		booking.reschedule(row["appointment"], start, reason, row["practitioner"], by=booking.BY_CLINIC)

	done, refused = _each(moves, move)
	return {"moved": [row["appointment"] for row in done], "refused": refused}


def cancel(appointments: list[str], reason: str) -> dict[str, Any]:
	"""Cancel each → {cancelled, refused: [{appointment, problem}]}."""
	_require_reason(reason)
	rows = [{"appointment": name} for name in dict.fromkeys(appointments)]
	done, refused = _each(rows, lambda row: booking.cancel(row["appointment"], reason, booking.BY_CLINIC))
	return {"cancelled": [row["appointment"] for row in done], "refused": refused}


def _require_reason(reason: str) -> None:
	if not (reason or "").strip():
		refuse_input(_("Reason"), _("Please say why."))


def _each(
	rows: list[dict[str, str]], work: Callable[[dict[str, str]], Any]
) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
	"""Each in a savepoint of its own: one that is refused takes nobody with it."""
	done, refused = [], []
	for row in rows:
		savepoint = "re_" + frappe.generate_hash(length=10)
		mark = compat.mark_messages()
		frappe.db.savepoint(savepoint)
		try:
			work(row)
			done.append(row)
		except frappe.ValidationError as error:
			if compat.is_retryable(error):
				raise
			frappe.db.rollback(save_point=savepoint)
			compat.forget_messages(mark)
			frappe.local.response.pop("next_slots", None)
			refused.append(
				{"appointment": row["appointment"], "problem": frappe.utils.strip_html(str(error))}
			)
	return done, refused


def _filters(practitioner: str, on: datetime.date) -> dict[str, Any]:
	"""What still stands and can be moved: from now on, if the day is today."""
	begin = max(get_datetime(on), now_datetime())
	return {
		"practitioner": practitioner,
		"start": (">=", begin),
		"status": ("in", sorted(states.MOVABLE)),
	}


def _givers(services: set[str], but: str) -> dict[str, list[tuple[str, str]]]:
	"""Service → active practitioners who give it. One query."""
	person, row = frappe.qb.DocType("Clinic Practitioner"), frappe.qb.DocType("Clinic Practitioner Service")
	found: dict[str, list[tuple[str, str]]] = defaultdict(list)
	query = (
		frappe.qb.from_(person)
		.join(row)
		.on((row.parent == person.name) & (row.parenttype == "Clinic Practitioner"))
		.select(row.service, person.name, person.practitioner_name)
		.where(row.service.isin(sorted(services)) & (person.is_active == 1) & (person.name != but))
		.orderby(person.practitioner_name)
	)
	for service, name, title in query.run():
		found[service].append((name, title))
	return found


def _times(others: set[str], rows: list[Any]) -> tuple[dict[str, list[Shift]], Any]:
	"""Shifts and taken times of the others, over the days of these appointments. Two queries."""
	first, last = rows[0].start, max(row.end for row in rows)
	shifts = defaultdict(list)
	for shift in roster.shifts(others, getdate(first), getdate(last)):
		shifts[shift.practitioner].append(shift)
	if not others:
		return shifts, {}
	return shifts, claims.busy(map(practitioner_key, others), minute_of(first), minute_of(last))


def _choices(
	row: Any, givers: list[tuple[str, str]], shifts: dict[str, list[Shift]], taken: Any
) -> list[dict[str, Any]]:
	start, end = minute_of(row.start), minute_of(row.end)
	found = []
	for name, title in givers:
		works = any(s.start <= start and end <= s.end and s.kind != QUEUE for s in shifts.get(name, ()))
		meets = any(a < end and start < b for a, b in taken.get(practitioner_key(name), ()))
		found.append({"practitioner": name, "name": title, "is_free": works and not meets})
	return sorted(found, key=lambda choice: not choice["is_free"])
