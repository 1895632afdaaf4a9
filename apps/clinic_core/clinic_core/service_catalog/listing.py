"""Lists of services for pickers."""

from typing import Any

import frappe

from clinic_core.people.names import fold

_FIELDS = [
	"name",
	"code",
	"service_name",
	"department",
	"amount",
	"duration_minutes",
	"service_type",
	"booking_method",
	"gender",
	"resource_kind",
	"barcode",
	"bookable_online",
	"is_countable",
	"is_fixed_amount",
	"has_insurance",
	"is_outpatient_procedure",
	"is_session_based",
	"auto_create_sessions",
	"session_count",
	"dental_scope",
]


def active_services(department: str | None = None, text: str | None = None) -> list[dict[str, Any]]:
	"""Active services the user may read, in the manager's order, with the department's title.

	`text` finds words of the name, the code or the barcode, whatever keyboard they were typed on.
	Two queries, however many services there are.
	"""
	filters = {"status": "Active"}
	if department:
		filters["department"] = department
	rows = frappe.get_list(
		"Clinic Service",
		filters=filters,
		fields=_FIELDS,
		order_by="priority asc, service_name asc, name asc",
		limit_page_length=0,
	)
	departments = {
		row.name: row
		for row in frappe.get_list(
			"Clinic Department",
			fields=["name", "title", "kind"],
			order_by="priority asc, title asc",
			limit_page_length=0,
		)
	}
	for row in rows:
		known = departments.get(row.department)
		row.department_title = known.title if known else row.department
		row.department_kind = known.kind if known else None
	return [row for row in rows if _fits(row, text)]


def _fits(row: dict[str, Any], text: str | None) -> bool:
	wanted = fold(text or "")
	if not wanted:
		return True
	if wanted in (fold(row["code"] or ""), fold(row["barcode"] or "")):
		return True
	name = fold(f"{row['service_name']} {row['department_title']}")
	return all(word in name for word in wanted.split())
