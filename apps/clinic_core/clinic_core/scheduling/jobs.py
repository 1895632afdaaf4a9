"""Night job of scheduling at 01:00 site time: idempotent, in chunks, each chunk its own transaction.

An appointment is judged by its `end` before now minus the grace of Clinic Settings, not by its
date, so a missed night is caught up by the next one (`design.md` §4.11).
"""

import datetime
from collections.abc import Callable, Collection
from typing import Any

import frappe
from frappe.query_builder.functions import Cast
from frappe.utils import add_to_date, cint, get_datetime, getdate, now_datetime

from clinic_core.foundation import live, settings
from clinic_core.foundation.boundary import command
from clinic_core.people import entitlements
from clinic_core.scheduling import claims, missed_sessions, states
from clinic_core.scheduling.history import keeping as history
from clinic_core.scheduling.policies.cancelling import BY_CLINIC
from clinic_core.scheduling.policies.missed import penalise

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
	values = {
		"status": states.CANCELLED,
		"hold_until": None,
		"reason": frappe._("The hold has expired"),
		"changed_by": BY_CLINIC,
	}
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

	names = _due(old, due, limit)
	if not names:
		return 0
	rows = _locked(names, old, due, limit)
	if rows:
		still = [row.name for row in rows]
		frappe.db.set_value(DOCTYPE, {"name": ("in", still)}, values)
		# Cells of past days are purged in bulk at the end of the night; nobody books them till then.
		claims.release([row.name for row in rows if row.is_of_today])
		missed_sessions.follow(rows, values["status"])
		if values["status"] == states.NO_SHOW:
			penalise(rows)
		history.keep_closed(rows, values["status"], values.get("reason"))
		tell_others([event_of(row, row.status, values["status"]) for row in rows])
		live.changed(DOCTYPE, rows[0].name)
	return len(names)


def _due(old: Collection[str], due: str, limit: datetime.datetime) -> list[str]:
	"""The next chunk of names, those that ended first before the others.

	One query for each state: each reads its part of the index (status, end) in order and stops, where
	one query for all would sort everything that is due, for every chunk anew.
	"""
	table = frappe.qb.DocType(DOCTYPE)
	found: list[tuple[str, str]] = []
	for status in sorted(old):
		found += (
			frappe.qb.from_(table)
			.select(Cast(table.end, "CHAR"), table.name)
			.where((table.status == status) & (table[due] < limit))
			.orderby(table.end)
			.orderby(table.name)
			.limit(CHUNK)
			.run()
		)
	return [name for _end, name in sorted(found)[:CHUNK]]


def _locked(names: list[str], old: Collection[str], due: str, limit: datetime.datetime) -> list[frappe._dict]:
	"""Those of the appointments that are still due, by their end: the desk may have moved one meanwhile."""
	table = frappe.qb.DocType(DOCTYPE)
	return (
		frappe.qb.from_(table)
		.select(
			table.name,
			table.status,
			table.patient,
			table.session,
			table.service,
			table.area,
			table.practitioner,
			table.branch,
			table.start,
			table.origin_doctype,
			table.origin_name,
			table.start,
			table.practitioner,
			table.branch,
			(table.end >= getdate()).as_("is_of_today"),
		)
		.where(table.name.isin(sorted(names)))
		.where(table.status.isin(sorted(old)) & (table[due] < limit))
		.orderby(table.end)
		.orderby(table.name)
		.for_update()
		.run(as_dict=True)
	)


def _until_nothing_is_left(chunk: Callable[[], int]) -> None:
	"""Each chunk is a transaction of its own, tried again after a deadlock; what is done stays done."""
	while command("scheduling.night", None, chunk):
		pass
