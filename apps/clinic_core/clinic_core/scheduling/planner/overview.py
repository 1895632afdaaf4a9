"""Session plans as people look at them: each session with its state and time, and what is left (A26)."""

from collections import Counter, defaultdict
from typing import Any

import frappe
from frappe import _

from clinic_core.people import entitlement_entries
from clinic_core.scheduling import states
from clinic_core.scheduling.session_follow import APPOINTMENT, PLAN, SESSION
from clinic_core.scheduling.sessions import absences_left

MOST_PLANS = 20


def of_plans(names: list[str]) -> list[dict[str, Any]]:
	"""The plans of these names that the user may see, in the order asked. Four queries."""
	if not names:
		return []
	plans = frappe.get_list(
		PLAN,
		filters={"name": ("in", names[:MOST_PLANS])},
		fields=[
			"name",
			"title",
			"status",
			"patient",
			"patient.full_name as full_name",
			"service",
			"service.service_name as service_name",
			"area",
			"area_title",
			"practitioner",
			"branch",
			"interval_days",
			"allowed_absence_count",
			"entitlement",
		],
		order_by="name asc",
		limit_page_length=MOST_PLANS,
	)
	if missing := set(names[:MOST_PLANS]) - {row.name for row in plans}:
		_refuse_missing(sorted(missing)[0])
	sessions, missed = _sessions(names), _missed(names)
	left = entitlement_entries.sums_of([row.entitlement for row in plans if row.entitlement])
	rows = {row.name: _plan(row, sessions[row.name], missed[row.name], left) for row in plans}
	return [rows[name] for name in dict.fromkeys(names[:MOST_PLANS])]


def _refuse_missing(name: str) -> None:
	if frappe.db.exists(PLAN, name):
		frappe.throw(_("You are not allowed to do this with {0}.").format(_(PLAN)), frappe.PermissionError)
	frappe.throw(_("Session plan {0} not found").format(name), frappe.DoesNotExistError)


def _sessions(names: list[str]) -> dict[str, list[dict[str, Any]]]:
	found: dict[str, list[dict[str, Any]]] = defaultdict(list)
	for row in frappe.get_all(
		SESSION,
		{"session_plan": ("in", names)},
		[
			"name",
			"session_plan",
			"session_no",
			"date",
			"status",
			"is_excused",
			"appointment",
			"appointment.status as appointment_status",
			"appointment.start as start",
			"practitioner",
			"practitioner.practitioner_name as practitioner_name",
		],
		order_by="session_no asc",
	):
		start = str(row.start) if row.start and row.status != states.ABSENT else None
		found[row.session_plan].append({**row, "date": str(row.date), "start": start})
	return found


def _missed(names: list[str]) -> Counter[str]:
	"""Missed appointments per plan: what the permitted absences are counted by."""
	session, appointment = frappe.qb.DocType(SESSION), frappe.qb.DocType(APPOINTMENT)
	rows = (
		frappe.qb.from_(session)
		.join(appointment)
		.on(appointment.session == session.name)
		.select(session.session_plan)
		.where(session.session_plan.isin(names) & (appointment.status == states.NO_SHOW))
		.run(pluck=True)
	)
	return Counter(rows)


def _plan(
	plan: frappe._dict,
	sessions: list[dict[str, Any]],
	missed: int,
	left: dict[str, dict[str, float]],
) -> dict[str, Any]:
	counted = Counter(row["status"] for row in sessions)
	return {
		**plan,
		"sessions": sessions,
		"counts": dict(counted),
		"left": left[plan.entitlement]["left"] if plan.entitlement else None,
		"absences_left": absences_left(plan.allowed_absence_count or 0, missed),
		"may_book": plan.status == states.ACTIVE and bool(counted[states.PLANNED] + counted[states.ABSENT]),
		"may_move": plan.status == states.ACTIVE and bool(counted[states.BOOKED]),
	}
