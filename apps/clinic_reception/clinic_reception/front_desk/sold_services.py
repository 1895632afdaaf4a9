"""What the services of a reception's lines are; two queries, however many lines there are."""

from collections.abc import Iterable

import frappe
from clinic_core.service_catalog.quoting import offered_areas

from clinic_reception.front_desk.line_rules import SoldService

_FIELDS = [
	"name",
	"service_name",
	"department",
	"status",
	"is_session_based",
	"session_count",
	"auto_create_sessions",
	"is_countable",
	"is_fixed_amount",
	"touch_up_days",
]


def read(names: Iterable[str | None]) -> dict[str, SoldService]:
	"""The services by name, with the body areas they offer; unknown ones are missing."""
	wanted = sorted({name for name in names if name})
	rows = frappe.get_all(
		"Clinic Service", filters={"name": ("in", wanted)}, fields=_FIELDS, order_by="name asc"
	)
	areas = offered_areas.of_services(row.name for row in rows)
	return {row.name: _service(row, areas.get(row.name, {})) for row in rows}


def _service(row: frappe._dict, areas: dict[str, offered_areas.Area]) -> SoldService:
	return SoldService(
		name=row.name,
		title=row.service_name,
		department=row.department,
		is_active=row.status == "Active",
		is_session_based=bool(row.is_session_based),
		session_count=int(row.session_count or 0),
		auto_create_sessions=bool(row.auto_create_sessions),
		is_countable=bool(row.is_countable),
		is_fixed_amount=bool(row.is_fixed_amount),
		touch_up_days=int(row.touch_up_days or 0),
		areas={code: area.title for code, area in areas.items()},
		area_sessions={code: area.session_count for code, area in areas.items()},
	)
