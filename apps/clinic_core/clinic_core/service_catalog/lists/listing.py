"""Services for pickers: the manager's order, found by name, code, barcode or department."""

from typing import Any

import frappe

from clinic_core.people.names import fold
from clinic_core.service_catalog.definition import areas

SERVICE = "Clinic Service"
DEPARTMENT = "Clinic Department"

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
	"national_code",
	"bookable_online",
	"is_countable",
	"is_fixed_amount",
	"has_insurance",
	"is_outpatient_procedure",
	"is_session_based",
	"auto_create_sessions",
	"session_count",
	"dental_scope",
	"touch_up_days",
	"priority",
	"search_text",
]
_PLACING = ["name", "department", "barcode", "national_code"]


def active_services(
	department: str | None = None, text: str | None = None, limit: int = 0, name: str | None = None
) -> list[dict[str, Any]]:
	"""Active services the user may read: departments in the manager's order, services in theirs (A88).

	`text` finds words of the name, the display name, the codes or the department, on whatever keyboard
	they were typed; who has exactly this code or barcode comes first (A73). `limit` 0 gives all; `name`
	gives that one. Each row has its department's title and kind and its active `areas` (G07). At most
	four queries, however many services there are.
	"""
	departments = _departments()
	filters = _filters(department, text, name)
	rows = _select(filters, _PLACING if limit else _FIELDS)
	place = {known: at for at, known in enumerate(departments)}
	code = areas.tidy(text)
	rows.sort(key=lambda row: (not _is_code(row, code), place.get(row.department, len(place))))
	if limit:
		rows = _in_full([row.name for row in rows[:limit]])
	return _with_details(rows, departments)


def _is_code(row: dict[str, Any], code: str) -> bool:
	return bool(code) and code in (row["name"], row["barcode"], row["national_code"])


def _with_details(rows: list[dict[str, Any]], departments: dict[str, Any]) -> list[dict[str, Any]]:
	area_rows = _areas([row["name"] for row in rows])
	for row in rows:
		known = departments.get(row["department"])
		row["department_title"] = known.title if known else row["department"]
		row["department_kind"] = known.kind if known else None
		row["areas"] = area_rows.get(row["name"], [])
	return rows


def _departments() -> dict[str, Any]:
	"""Departments by name, in the manager's order."""
	rows = frappe.get_list(
		DEPARTMENT,
		fields=["name", "title", "kind"],
		order_by="priority asc, title asc, name asc",
		limit_page_length=0,
	)
	return {row.name: row for row in rows}


def _filters(department: str | None, text: str | None, name: str | None) -> list[list[Any]]:
	"""Folding leaves no sign that means something to LIKE."""
	filters = [[SERVICE, "status", "=", "Active"]]
	filters += [[SERVICE, "department", "=", department]] if department else []
	filters += [[SERVICE, "name", "=", name]] if name else []
	return filters + [[SERVICE, "search_text", "like", f"%{word}%"] for word in fold(text).split()]


def _select(filters: list[list[Any]], fields: list[str]) -> list[dict[str, Any]]:
	return frappe.get_list(
		SERVICE,
		filters=filters,
		fields=fields,
		order_by="priority asc, service_name asc, name asc",
		limit_page_length=0,
	)


def _in_full(names: list[str]) -> list[dict[str, Any]]:
	"""These services in the order of their names here; a reading of what the user was found to see."""
	if not names:
		return []
	rows = {row.name: row for row in _select([[SERVICE, "name", "in", names]], _FIELDS)}
	return [rows[name] for name in names if name in rows]


def _areas(services: list[str]) -> dict[str, list[dict[str, Any]]]:
	"""The active areas of these services, in their order (G07)."""
	if not services:
		return {}
	area = frappe.qb.DocType("Clinic Service Area")
	fields = ("parent", "code", "title", "amount", "duration_minutes", "session_count")
	rows = (
		frappe.qb.from_(area)
		.select(*[area[field] for field in fields])
		.where((area.parenttype == SERVICE) & (area.is_active == 1) & area.parent.isin(services))
		.orderby(area.parent, area.idx)
		.run(as_dict=True)
	)
	found: dict[str, list[dict[str, Any]]] = {}
	for row in rows:
		found.setdefault(row.pop("parent"), []).append(row)
	return found
