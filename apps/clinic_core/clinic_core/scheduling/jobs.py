"""Night job of scheduling at 01:00 site time: idempotent, in chunks, each chunk its own transaction.

An appointment is judged by its `end` before now minus the grace of Clinic Settings, not by its
date, so a missed night is caught up by the next one (`design.md` §4.11).
"""

import datetime
from collections.abc import Callable, Collection
from typing import Any

import frappe
from frappe.utils import add_to_date, cint, get_datetime, getdate, now_datetime

from clinic_core.foundation import live, settings
from clinic_core.foundation.boundary import command
from clinic_core.people import entitlements
from clinic_core.scheduling import claims, missed_sessions, states

DOCTYPE = "Clinic Appointment"
# Large enough that a statement's fixed cost vanishes, small enough that nobody waits for its locks.
CHUNK = 1000


def run_night() -> None:
	"""Everything the night does, in order."""
	_until_nothing_is_left(drop_expired_holds)
	_until_nothing_is_left(close_missed)
	_until_nothing_is_left(entitlements.expire_due)
	_until_nothing_is_left(lambda: claims.purge_past(get_datetime(getdate())))


def drop_expired_holds() -> int:
	"""Cancel held times nobody booked, one chunk. Returns how many."""
	values = {"status": states.CANCELLED, "hold_until": None, "reason": frappe._("The hold has expired")}
	return _close({states.HELD}, "hold_until", now_datetime(), values)


def close_missed(now: datetime.datetime | None = None) -> int:
	"""Appointments whose patient was never received become No Show, one chunk. Returns how many.

	Sessions follow: absent up to the allowed number, burnt beyond it (A84).
	"""
	grace = cint(settings.get("no_show_grace_minutes"))
	limit = add_to_date(now or now_datetime(), minutes=-grace)
	return _close(states.EXPECTED, "end", limit, {"status": states.NO_SHOW, "hold_until": None})


def _close(old: Collection[str], due: str, limit: datetime.datetime, values: dict[str, Any]) -> int:
	"""Move a chunk of appointments in one of the states `old` whose time `due` lies before `limit`."""
	from clinic_core.scheduling.doctype.clinic_appointment.clinic_appointment import event_of, tell_others

	names = frappe.get_all(
		DOCTYPE,
		{"status": ("in", sorted(old)), due: ("<", limit)},
		pluck="name",
		order_by="end asc, name asc",
		limit=CHUNK,
	)
	if not names:
		return 0
	# The desk may have moved or prolonged one since they were found.
	rows = [row for row in _locked(names) if row.status in old and row[due] and row[due] < limit]
	if rows:
		still = [row.name for row in rows]
		frappe.db.set_value(DOCTYPE, {"name": ("in", still)}, values)
		# Cells of past days are purged in bulk at the end of the night; nobody books them till then.
		today = get_datetime(getdate())
		claims.release([row.name for row in rows if row.end >= today])
		missed_sessions.follow(rows, values["status"])
		tell_others([event_of(row, row.status, values["status"]) for row in rows])
		live.changed(DOCTYPE, rows[0].name)
	return len(names)


def _locked(names: list[str]) -> list[frappe._dict]:
	"""The appointments as they are now."""
	table = frappe.qb.DocType(DOCTYPE)
	fields = (
		"name",
		"status",
		"patient",
		"practitioner",
		"session",
		"start",
		"end",
		"hold_until",
		"origin_doctype",
		"origin_name",
	)
	return (
		frappe.qb.from_(table)
		.select(*[table[field] for field in fields])
		.where(table.name.isin(names))
		.orderby(table.name)
		.for_update()
		.run(as_dict=True)
	)


def _until_nothing_is_left(chunk: Callable[[], int]) -> None:
	"""Each chunk is a transaction of its own, tried again after a deadlock; what is done stays done."""
	while command("scheduling.night", None, chunk):
		pass
