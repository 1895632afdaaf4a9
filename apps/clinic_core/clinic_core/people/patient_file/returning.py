"""Who is new and who was here before, computed from what happened (D50). Permission-free.

A person was here on the day of a completed appointment, and on the days the apps know of: hook
`clinic_visit_days`. Nobody types it, so undoing a mis-click undoes it as well.
"""

import datetime
from collections.abc import Iterable
from typing import Any, NamedTuple

import frappe
from frappe.query_builder.functions import Max, Min
from frappe.utils import getdate
from pypika.terms import Case

from clinic_core.foundation import events, live

PATIENT = "Clinic Patient"
APPOINTMENT = "Clinic Appointment"
HOOK = "clinic_visit_days"
COMPLETED = "Completed"
CHUNK = 500


class Days(NamedTuple):
	"""The first and the last day somebody was here."""

	first: datetime.date | None
	last: datetime.date | None


NEVER = Days(None, None)


def is_returning(first_visit_on: Any, on: Any = None) -> bool:
	"""Whether somebody is an old customer on a day: he was here on an earlier one."""
	return bool(first_visit_on) and getdate(first_visit_on) < getdate(on)


def refresh(patients: Iterable[str | None]) -> int:
	"""Bring the files of these patients up to date; how many changed.

	Four queries for any number up to CHUNK, three when nothing changed.
	"""
	names, changed = sorted({name for name in patients if name}), 0
	for start in range(0, len(names), CHUNK):
		changed += _refresh(names[start : start + CHUNK])
	return changed


def days_of(patients: list[str]) -> dict[str, Days]:
	"""The days of each patient who was here, from appointments and from all apps."""
	found: dict[str, Days] = {}
	for patient, first, last in _completed(patients):
		found[patient] = Days(getdate(first), getdate(last))
	for answer in events.gather(HOOK, patients=patients):
		for patient, (first, last) in answer.items():
			found[patient] = _both(found.get(patient, NEVER), Days(getdate(first), getdate(last)))
	return found


def on_visit_status(events: list[dict[str, Any]]) -> None:
	"""Handler of `clinic_on_visit_status`: done, closed, undone or cancelled moves what is known."""
	moved = {"Done", "Closed", "Cancelled"}
	refresh(event["patient"] for event in events if moved & {event.get("old"), event.get("new")})


def on_reception(events: list[dict[str, Any]]) -> None:
	"""Handler of `clinic_on_reception`."""
	refresh(event["patient"] for event in events)


def on_appointment_status(events: list[dict[str, Any]]) -> None:
	"""Handler of `clinic_on_appointment_status`; where visits are kept, they tell more and follow."""
	if not frappe.get_hooks(HOOK):
		refresh(event["patient"] for event in events if COMPLETED in (event.get("old"), event.get("new")))


def _completed(patients: list[str]) -> list[tuple[str, Any, Any]]:
	table = frappe.qb.DocType(APPOINTMENT)
	return (
		frappe.qb.from_(table)
		.select(table.patient, Min(table.start), Max(table.start))
		.where(table.patient.isin(patients) & (table.status == COMPLETED))
		.groupby(table.patient)
		.run()
	)


def _both(one: Days, other: Days) -> Days:
	firsts = [day for day in (one.first, other.first) if day]
	lasts = [day for day in (one.last, other.last) if day]
	return Days(min(firsts, default=None), max(lasts, default=None))


def _refresh(patients: list[str]) -> int:
	days = days_of(patients)
	table = frappe.qb.DocType(PATIENT)
	stored = (
		frappe.qb.from_(table)
		.select(table.name, table.first_visit_on, table.last_visit_on, table.is_returning)
		.where(table.name.isin(patients))
		.run()
	)
	wrong = {
		name: days.get(name, NEVER)
		for name, first, last, flag in stored
		if (first, last, bool(flag)) != (*days.get(name, NEVER), bool(days.get(name, NEVER).first))
	}
	if wrong:
		_write(wrong)
	return len(wrong)


def _write(days: dict[str, Days]) -> None:
	"""One statement; `modified` stays, so that an open form can still be saved."""
	table = frappe.qb.DocType(PATIENT)
	first, last, flag = Case(), Case(), Case()
	for name, known in days.items():
		first = first.when(table.name == name, str(known.first) if known.first else None)
		last = last.when(table.name == name, str(known.last) if known.last else None)
		flag = flag.when(table.name == name, int(bool(known.first)))
	(
		frappe.qb.update(table)
		.set(table.first_visit_on, first)
		.set(table.last_visit_on, last)
		.set(table.is_returning, flag)
		.where(table.name.isin(sorted(days)))
		.run()
	)
	for name in list(days)[:1]:
		live.changed(PATIENT, name)
