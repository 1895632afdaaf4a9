"""Which of the appointments of an absence are sessions of a plan: the rest of it can move with one (G08, A84)."""

from typing import Any

import frappe

from clinic_core.scheduling.session_follow import PLAN, SESSION


def put_sessions(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
	"""The same rows, each with `session_plan` and `session_no`, None for what is no session. One query."""
	names = [row["appointment"] for row in rows]
	session, plan = frappe.qb.DocType(SESSION), frappe.qb.DocType(PLAN)
	found = (
		(
			frappe.qb.from_(session)
			.join(plan)
			.on(plan.name == session.session_plan)
			.select(session.appointment, session.session_plan, session.session_no)
			.where(session.appointment.isin(names) & (plan.status == "Active"))
			.run(as_dict=True)
		)
		if names
		else []
	)
	known = {row.appointment: row for row in found}
	for row in rows:
		of = known.get(row["appointment"]) or {}
		row.update(session_plan=of.get("session_plan"), session_no=of.get("session_no"))
	return rows
