"""Night job of scheduling at 01:00 site time: idempotent, in chunks, each chunk its own transaction.

An appointment is judged by its `end` before now minus the grace of Clinic Settings, not by its
date, so a missed night is caught up by the next one (`design.md` §4.11).
"""

import datetime
from collections.abc import Callable

import frappe
from frappe.utils import add_to_date, cint, get_datetime, getdate, now_datetime

from clinic_core.foundation import live, settings
from clinic_core.foundation.boundary import command
from clinic_core.people import entitlements
from clinic_core.scheduling import claims, session_follow, states

DOCTYPE = "Clinic Appointment"
CHUNK = 200


def run_night() -> None:
	"""Everything the night does, in order."""
	_until_nothing_is_left(drop_expired_holds)
	_until_nothing_is_left(close_missed)
	_until_nothing_is_left(entitlements.expire_due)
	_until_nothing_is_left(lambda: claims.purge_past(get_datetime(getdate())))


def drop_expired_holds() -> int:
	"""Cancel held times nobody booked, one chunk. Returns how many."""
	return _close({"status": states.HELD, "hold_until": ("<", now_datetime())}, states.CANCELLED)


def close_missed(now: datetime.datetime | None = None) -> int:
	"""Appointments whose patient was never received become No Show, one chunk. Returns how many.

	Sessions follow: absent up to the allowed number, burnt beyond it (A84).
	"""
	grace = cint(settings.get("no_show_grace_minutes"))
	limit = add_to_date(now or now_datetime(), minutes=-grace)
	return _close({"status": ("in", sorted(states.EXPECTED)), "end": ("<", limit)}, states.NO_SHOW)


def _close(filters: dict, new: str) -> int:
	from clinic_core.scheduling.doctype.clinic_appointment.clinic_appointment import event_of, tell_others

	names = frappe.get_all(DOCTYPE, filters, pluck="name", order_by="end asc, name asc", limit=CHUNK)
	if not names:
		return 0
	expected = filters["status"][1] if isinstance(filters["status"], tuple) else [filters["status"]]
	rows = [row for row in _locked(names) if row.status in expected]
	still = [row.name for row in rows]
	if still:
		values = {"status": new, "hold_until": None}
		if new == states.CANCELLED:
			values["reason"] = frappe._("The hold has expired")
		frappe.db.set_value(DOCTYPE, {"name": ("in", still)}, values)
		claims.release(still)
	for row in rows:
		if row.session:
			session_follow.follow_appointment(row, row.status, new)
	tell_others([event_of(row, row.status, new) for row in rows])
	for row in rows[:1]:
		live.changed(DOCTYPE, row.name)
	return len(names)


def _locked(names: list[str]) -> list[frappe._dict]:
	"""The appointments as they are now: the desk may have moved one since they were found."""
	table = frappe.qb.DocType(DOCTYPE)
	return (
		frappe.qb.from_(table)
		.select(
			table.name,
			table.status,
			table.patient,
			table.practitioner,
			table.session,
			table.start,
			table.origin_doctype,
			table.origin_name,
		)
		.where(table.name.isin(names))
		.orderby(table.name)
		.for_update()
		.run(as_dict=True)
	)


def _until_nothing_is_left(chunk: Callable[[], int]) -> None:
	"""Each chunk is a transaction of its own, tried again after a deadlock; what is done stays done."""
	while command("scheduling.night", None, chunk):
		pass
