"""What a practitioner's calendar feed holds: four queries, however many appointments (F14)."""

import datetime
from typing import Any

import frappe
from frappe import _
from frappe.utils import add_days, cint, get_datetime, getdate

from clinic_core.foundation import settings
from clinic_core.scheduling import states
from clinic_core.scheduling.feed import calendar, names
from clinic_core.scheduling.feed.calendar import Event
from clinic_core.scheduling.history.keeping import DOCTYPE as MOVE

APPOINTMENT = "Clinic Appointment"
DAYS_BACK = 30
MOST = 5000


def calendar_of(practitioner: str) -> bytes:
	"""The feed of a practitioner, in the language of the site."""
	title = frappe.db.get_value("Clinic Practitioner", practitioner, "practitioner_name")
	zone = frappe.db.get_single_value("System Settings", "time_zone") or "Asia/Tehran"
	choice = settings.get("feed_names") or names.INITIALS
	rows = _own(practitioner)
	own = {row.name for row in rows}
	events = [_event(row, choice, calendar.status_of(row.status)) for row in rows]
	# What was moved to somebody else is taken out of this calendar by name, or it would stay in some.
	events += [
		_event(row, choice, calendar.CANCELLED) for row in _moved_away(practitioner) if row.name not in own
	]
	return calendar.render(title or practitioner, zone, events)


def _window() -> tuple[datetime.datetime, datetime.datetime]:
	ahead = max(cint(settings.get("booking_horizon_days")), 1) + 1
	return get_datetime(add_days(getdate(), -DAYS_BACK)), get_datetime(add_days(getdate(), ahead))


def _query() -> Any:
	table, service = frappe.qb.DocType(APPOINTMENT), frappe.qb.DocType("Clinic Service")
	branch = frappe.qb.DocType("Clinic Branch")
	query = (
		frappe.qb.from_(table)
		.left_join(service)
		.on(service.name == table.service)
		.left_join(branch)
		.on(branch.name == table.branch)
		.select(
			*(table.name, table.start, table.end, table.status, table.patient_name),
			*(table.ics_sequence, table.modified),
			*(service.service_name, branch.title.as_("branch_title")),
		)
		.limit(MOST)
	)
	return table, query


def _own(practitioner: str) -> list[frappe._dict]:
	first, last = _window()
	table, query = _query()
	return (
		query.where((table.practitioner == practitioner) & (table.status != states.HELD))
		.where(table.is_history == 0)
		.where((table.start >= first) & (table.start < last))
		.orderby(table.start)
		.run(as_dict=True)
	)


def _moved_away(practitioner: str) -> list[frappe._dict]:
	first, last = _window()
	move = frappe.qb.DocType(MOVE)
	table, query = _query()
	gone = (
		frappe.qb.from_(move)
		.select(move.appointment)
		.where((move.old_practitioner == practitioner) & (move.new_practitioner != practitioner))
		.where((move.old_start >= first) & (move.old_start < last))
	)
	return (
		query.where(table.name.isin(gone) & (table.practitioner != practitioner))
		.where(table.status != states.HELD)
		.orderby(table.start)
		.run(as_dict=True)
	)


def _event(row: frappe._dict, choice: str, status: str) -> Event:
	return Event(
		uid=f"{row.name}@{frappe.local.site}",
		start=row.start,
		end=row.end,
		summary=names.summary(choice, row.patient_name, row.service_name, _("Busy")),
		status=status,
		sequence=cint(row.ics_sequence),
		changed=row.modified,
		place="" if choice == names.NOTHING else row.branch_title or "",
	)
