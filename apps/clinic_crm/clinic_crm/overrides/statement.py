"""The CRM's part of a patient's statement (C018): his leads, activities and calls.

Asks as the user: he sees of it what is his to see.
"""

from typing import Any

import frappe
from frappe import _
from frappe.utils import get_datetime

from clinic_crm.pipeline import titles
from clinic_crm.pipeline.states import NOT_DONE

CRM_METHOD = "clinic_crm.overrides.statement.crm_rows"
TIMELINE_METHOD = "clinic_crm.overrides.statement.timeline_rows"


def tabs() -> list[dict[str, str]]:
	"""Handler of `clinic_statement_tabs`."""
	return [{"tab": "crm", "label": _("CRM"), "method": CRM_METHOD}]


def timeline_sources() -> list[dict[str, str]]:
	"""Handler of `clinic_timeline_sources`."""
	return [{"method": TIMELINE_METHOD}]


def crm_rows(patient: str, start: int = 0, page_length: int = 50) -> dict[str, Any]:
	"""Rows {when, kind, title, status, assigned_name, doctype, name}, newest first.

	`kind` is lead, opportunity, activity, upcoming or call.
	"""
	found = _leads(patient, start + page_length + 1)
	found += _activities(patient, start + page_length + 1)
	found += _calls(patient, start + page_length + 1)
	found.sort(key=lambda row: (row["when"], row["name"]), reverse=True)
	page = found[start : start + page_length]
	users = titles.of("User", (row["assigned_name"] for row in page))
	for row in page:
		row["assigned_name"] = users.get(row["assigned_name"])
	return {"rows": page, "has_more": len(found) > start + page_length}


def timeline_rows(patient: str, start: int = 0, page_length: int = 50) -> dict[str, Any]:
	"""The same for the summary: {when, kind, title, amount, status, doctype, name}."""
	answer = crm_rows(patient, start, page_length)
	for row in answer["rows"]:
		row.pop("assigned_name")
		row["amount"] = None
	return answer


def _leads(patient: str, limit: int) -> list[dict[str, Any]]:
	rows = _list(
		"Clinic Lead", ["name", "title", "status", "creation", "assigned_to"], patient, "creation", limit
	)
	return [
		_row(
			"Clinic Lead",
			row,
			"opportunity" if "Opportunity" in row.status else "lead",
			row.creation,
			row.title,
			row.assigned_to,
		)
		for row in rows
	]


def _activities(patient: str, limit: int) -> list[dict[str, Any]]:
	fields = ["name", "title", "status", "date", "done_at", "assigned_to"]
	rows = _list("Clinic Activity", fields, patient, "date", limit)
	return [
		_row(
			"Clinic Activity",
			row,
			"upcoming" if row.status == NOT_DONE else "activity",
			row.done_at or row.date,
			row.title,
			row.assigned_to,
		)
		for row in rows
	]


def _calls(patient: str, limit: int) -> list[dict[str, Any]]:
	fields = ["name", "person_name", "status", "started_at", "feedback", "direction", "agent"]
	rows = _list("Clinic Call", fields, patient, "started_at", limit)
	feedbacks = titles.of("Clinic Feedback", (row.feedback for row in rows))
	return [
		_row(
			"Clinic Call",
			row,
			"call",
			row.started_at,
			feedbacks.get(row.feedback) or _(row.direction),
			row.agent,
		)
		for row in rows
	]


def _row(doctype: str, row: Any, kind: str, when: Any, title: str, user: str | None) -> dict[str, Any]:
	return {
		"when": get_datetime(when),
		"kind": kind,
		"title": title,
		"status": row.status,
		"assigned_name": user,
		"doctype": doctype,
		"name": row.name,
	}


def _list(doctype: str, fields: list[str], patient: str, newest: str, limit: int) -> list[Any]:
	if not frappe.has_permission(doctype, "read"):
		return []
	return frappe.get_list(
		doctype,
		filters={"patient": patient},
		fields=fields,
		order_by=f"{newest} desc",
		limit_page_length=limit,
	)
