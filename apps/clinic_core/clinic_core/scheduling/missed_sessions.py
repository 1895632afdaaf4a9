"""Sessions follow appointments that fell through, many at once (A84). For the night job.

The same rules as `session_follow`, in a constant number of queries. Absences are judged in the order
of the appointments' ends, so that two nights caught up at once end as two nights one by one.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable

import frappe
from frappe import _
from frappe.query_builder.functions import Count
from frappe.utils import cint

from clinic_core.foundation import live
from clinic_core.people.missed_units import MissedUnit, settle
from clinic_core.scheduling import states
from clinic_core.scheduling.session_follow import APPOINTMENT, PLAN, SESSION
from clinic_core.scheduling.sessions import judge_absence, plan_is_over


def follow(appointments: Iterable[frappe._dict], new: str) -> None:
	"""Move the sessions of `appointments` {name, session}, which are `new` (No Show or Cancelled) now.

	In the caller's transaction, which has locked and moved the appointments; they come by their end.
	"""
	moved = {row.name: row for row in appointments if row.session}
	sessions = [
		row
		for row in _locked(
			SESSION,
			{a.session for a in moved.values()},
			"session_plan",
			"status",
			"appointment",
			"entitlement",
		)
		# A session that was booked anew follows its new appointment.
		if row.status == states.BOOKED and row.appointment in moved
	]
	if not sessions:
		return
	place = {name: number for number, name in enumerate(moved)}
	sessions.sort(key=lambda row: place[row.appointment])
	if new == states.NO_SHOW:
		outcomes = _judge(sessions, set(moved))
	else:
		outcomes = dict.fromkeys((row.name for row in sessions), states.PLANNED)
	_settle(sessions, outcomes)
	_move(outcomes)
	_keep_plans({row.session_plan for row in sessions})
	live.changed(SESSION, sessions[0].name)


def _locked(doctype: str, names: Iterable[str], *fields: str) -> list[frappe._dict]:
	table = frappe.qb.DocType(doctype)
	wanted = sorted(names)
	if not wanted:
		return []
	return (
		frappe.qb.from_(table)
		.select(table.name, *[table[field] for field in fields])
		.where(table.name.isin(wanted))
		.orderby(table.name)
		.for_update()
		.run(as_dict=True)
	)


def _judge(sessions: list[frappe._dict], now_missed: set[str]) -> dict[str, str]:
	"""Session → Absent or Burnt, by the absences of its plan before it."""
	plans = {row.session_plan for row in sessions}
	allowed = {
		row.name: cint(row.allowed_absence_count) for row in _locked(PLAN, plans, "allowed_absence_count")
	}
	missed = _missed_before(plans, now_missed)
	outcomes = {}
	for row in sessions:
		outcomes[row.name] = judge_absence(missed[row.session_plan], allowed.get(row.session_plan, 0))
		missed[row.session_plan] += 1
	return outcomes


def _missed_before(plans: set[str], now_missed: set[str]) -> Counter[str]:
	"""Appointments missed so far per plan, not sessions: an absent session may be booked and missed again."""
	session, appointment = frappe.qb.DocType(SESSION), frappe.qb.DocType(APPOINTMENT)
	rows = (
		frappe.qb.from_(session)
		.join(appointment)
		.on(appointment.session == session.name)
		.select(session.session_plan, Count("*"))
		.where(session.session_plan.isin(sorted(plans)))
		.where((appointment.status == states.NO_SHOW) & appointment.name.notin(sorted(now_missed)))
		.groupby(session.session_plan)
		.run()
	)
	return Counter(dict(rows))


def _settle(sessions: list[frappe._dict], outcomes: dict[str, str]) -> None:
	settle(
		[
			MissedUnit(
				row.entitlement,
				aside_for=(APPOINTMENT, row.appointment),
				lapses_for=(SESSION, row.name) if outcomes[row.name] == states.BURNT else None,
			)
			for row in sessions
			if row.entitlement
		],
		_("Absent more often than allowed"),
	)


def _move(outcomes: dict[str, str]) -> None:
	by_status: dict[str, list[str]] = defaultdict(list)
	for name, status in outcomes.items():
		by_status[status].append(name)
	for status, names in by_status.items():
		values = {"status": status, "is_excused": int(status == states.ABSENT)}
		if status == states.PLANNED:
			values = {"status": status, "appointment": None}
		frappe.db.set_value(SESSION, {"name": ("in", names)}, values)


def _keep_plans(plans: set[str]) -> None:
	"""A plan is over when nothing of it is still to come."""
	statuses: dict[str, list[str]] = defaultdict(list)
	for row in frappe.get_all(
		SESSION, {"session_plan": ("in", sorted(plans))}, ["session_plan", "status"], order_by="name asc"
	):
		statuses[row.session_plan].append(row.status)
	rows = _locked(PLAN, plans, "status")
	over = [r.name for r in rows if r.status == states.ACTIVE and plan_is_over(statuses[r.name])]
	again = [r.name for r in rows if r.status == states.COMPLETED and not plan_is_over(statuses[r.name])]
	for names, status in ((over, states.COMPLETED), (again, states.ACTIVE)):
		if names:
			frappe.db.set_value(PLAN, {"name": ("in", names)}, "status", status)
	live.changed(PLAN, rows[0].name)
