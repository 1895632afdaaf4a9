"""One lead with everything about it, for the side panel and the forms (C043, C093)."""

from typing import Any

import frappe
from frappe.model.document import Document

from clinic_crm.pipeline import leads, rows, titles
from clinic_crm.pipeline.states import CLOSED, LEAD, STAGNANT

LIMIT = 200


def of(lead: Document) -> dict[str, Any]:
	"""{lead, activities, calls, status_log, duplicates, actions}. The caller has checked the lead."""
	return {
		"lead": {
			**rows.leads([{field: lead.get(field) for field in rows.LEAD_FIELDS}])[0],
			"service_codes": [row.service for row in lead.services],
			"closed_at": lead.closed_at,
			"first_activity_at": lead.first_activity_at,
		},
		"activities": rows.activities(
			_get("Clinic Activity", rows.ACTIVITY_FIELDS, lead, "date desc, creation desc")
		),
		"calls": rows.calls(_get("Clinic Call", rows.CALL_FIELDS, lead, "started_at desc")),
		"status_log": _history(lead.name),
		"duplicates": leads.duplicates(lead),
		"actions": actions(lead),
	}


def actions(lead: Document) -> list[str]:
	"""What the user may do next: log_activity, take, convert_to_patient, book, set_stagnant, reopen."""
	may_write = bool(frappe.has_permission("Clinic Lead", "write", doc=lead))
	free = []
	if frappe.has_permission("Clinic Activity", "create"):
		free.append("log_activity")
	if may_write and lead.assigned_to != frappe.session.user:
		free.append("take")
	if may_write and not lead.patient and frappe.has_permission("Clinic Patient", "create"):
		free.append("convert_to_patient")
	if lead.patient and lead.status != CLOSED and frappe.has_permission("Clinic Appointment", "create"):
		free.append("book")
	user_roles = frappe.get_roles()
	if may_write and lead.status != STAGNANT and LEAD.allows_role(lead.status, STAGNANT, user_roles):
		free.append("set_stagnant")
	if may_write and lead.status == STAGNANT:
		free.append("reopen")
	return free


def _get(doctype: str, fields: tuple[str, ...], lead: Document, order: str) -> list[dict[str, Any]]:
	return frappe.get_all(
		doctype, filters={"lead": lead.name}, fields=list(fields), order_by=order, limit=LIMIT
	)


def _history(lead: str) -> list[dict[str, Any]]:
	fields = ["from_status", "to_status", "reason", "changed_by", "changed_at", "seconds_in_status"]
	found = frappe.get_all(
		"Clinic Lead Status Log",
		filters={"lead": lead},
		fields=fields,
		order_by="changed_at desc, creation desc",
		limit=LIMIT,
	)
	users = titles.of("User", (row.changed_by for row in found))
	return [{**row, "changed_by_name": users.get(row.changed_by, row.changed_by)} for row in found]
