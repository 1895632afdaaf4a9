"""What the link boxes of Frappe's forms find when a service is looked for (hook `standard_queries`)."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import cint

from clinic_core.foundation import wire
from clinic_core.people.names import fold
from clinic_core.service_catalog.definition import areas
from clinic_core.service_catalog.lists.listing import DEPARTMENT, SERVICE


@frappe.whitelist(methods=["GET"])
def find(
	doctype: str = SERVICE,
	txt: str = "",
	searchfield: str = "name",
	start: int | str = 0,
	page_length: int | str = 20,
	filters: dict | list | str | None = None,
	as_dict: bool | int | str = False,
) -> list:
	"""Rows (name, title, department, state): any words of names and codes; a scanned code comes first.

	Frappe's own search knows one piece of text as it was typed; this one knows words in any order, on any
	keyboard, and Persian digits (A73). The arguments are those of Frappe's search; permissions are those
	of a list. Two queries.
	"""
	wire.require_permission(SERVICE, "read")
	words = [[SERVICE, "search_text", "like", f"%{word}%"] for word in fold(txt).split()]
	rows = frappe.get_list(
		SERVICE,
		filters=[*_conditions(filters), *words],
		fields=["name", "service_name", "department", "status", "barcode"],
		order_by="status asc, priority asc, service_name asc, name asc",
		limit_start=cint(start),
		limit_page_length=cint(page_length) or 20,
	)
	code = areas.tidy(txt)
	rows.sort(key=lambda row: code not in (row.name, row.barcode))
	fields = ["name", "title"]
	departments = frappe.get_list(DEPARTMENT, fields=fields, order_by="name asc", limit_page_length=0)
	titles = {department.name: department.title for department in departments}
	return [_shown(row, titles, bool(cint(as_dict))) for row in rows]


def _shown(row: dict[str, Any], titles: dict[str, str], as_dict: bool) -> Any:
	department = titles.get(row["department"], row["department"])
	state = "" if row["status"] == "Active" else _(row["status"])
	if as_dict:
		return {"name": row["name"], "label": row["service_name"], "department": department, "state": state}
	return (row["name"], row["service_name"], department, state)


def _conditions(filters: dict | list | str | None) -> list:
	"""Filters as a list of conditions: the desk sends lists, mappings and their JSON."""
	if isinstance(filters, str):
		filters = frappe.parse_json(filters)
	if not filters or isinstance(filters, list):
		return filters or []
	return [
		[SERVICE, field, *(value if isinstance(value, list | tuple) else ("=", value))]
		for field, value in filters.items()
	]
