"""What the link boxes of Frappe's forms find when a person is looked for (hook `standard_queries`).

The same search as everywhere: any spelling, last digits, codes. Two persons of one name are told apart
by what stands below it (G20). Permissions are those of a list.
"""

from collections.abc import Callable
from typing import Any

import frappe
from frappe import _
from frappe.utils import cint, getdate

from clinic_core.foundation import wire
from clinic_core.people import names, phones, search

PATIENT = "Clinic Patient"
PRACTITIONER = "Clinic Practitioner"
MOST = 50
Described = Callable[[dict[str, Any]], str]


@frappe.whitelist(methods=["GET"])
def patients(
	doctype: str = PATIENT,
	txt: str = "",
	searchfield: str = "name",
	start: int | str = 0,
	page_length: int | str = 20,
	filters: dict | list | str | None = None,
	as_dict: bool | int | str = False,
) -> list:
	"""Rows (name, full name, file number, birth year and end of the phone) for a link to a patient."""
	wire.require_permission(PATIENT, "read")
	fields = ["full_name", "file_no", "birth_date", "mobile", "status"]
	rows = by_keys(PATIENT, txt, start, page_length, [*conditions(PATIENT, filters), ACTIVE], fields)
	return [shown(row, row.full_name, told_apart(row), as_dict) for row in rows]


ACTIVE = [PATIENT, "status", "!=", "Merged"]


@frappe.whitelist(methods=["GET"])
def practitioners(
	doctype: str = PRACTITIONER,
	txt: str = "",
	searchfield: str = "name",
	start: int | str = 0,
	page_length: int | str = 20,
	filters: dict | list | str | None = None,
	as_dict: bool | int | str = False,
) -> list:
	"""Rows (name, practitioner's name, department); the words in any spelling and order. One query."""
	wire.require_permission(PRACTITIONER, "read")
	found = frappe.get_list(
		PRACTITIONER,
		filters=conditions(PRACTITIONER, filters),
		fields=["name", "practitioner_name", "department"],
		order_by="practitioner_name asc, name asc",
		limit_page_length=1000,
	)
	rows = [row for row in found if names.sounds_like(f"{row.practitioner_name} {row.name}", txt)]
	first, length = cint(start), cint(page_length) or 20
	return [
		shown(row, row.practitioner_name, row.department or "", as_dict)
		for row in rows[first : first + length]
	]


def by_keys(
	doctype: str, txt: str, start: int | str, length: int | str, filters: list, fields: list[str]
) -> list[dict[str, Any]]:
	"""Documents that fit a text by the search table, best first; without a text the latest ones."""
	first, length = cint(start), min(cint(length) or 20, MOST)
	if not txt.strip():
		return frappe.get_list(
			doctype,
			filters=filters,
			fields=["name", *fields],
			order_by="modified desc, name asc",
			limit_start=first,
			limit_page_length=length,
		)
	found = [hit.name for hit in search.references(doctype, txt, MOST)]
	if not found:
		return []
	rows = frappe.get_list(
		doctype,
		filters=[*filters, [doctype, "name", "in", found]],
		fields=["name", *fields],
		order_by="name asc",
		limit_page_length=0,
	)
	rows.sort(key=lambda row: found.index(row.name))
	return rows[first : first + length]


def told_apart(row: dict[str, Any]) -> str:
	"""What tells two persons of one name apart: file number, birth year, end of the phone."""
	said = [
		_("File {0}").format(row["file_no"]) if row.get("file_no") else "",
		_("born {0}").format(getdate(row["birth_date"]).year) if row.get("birth_date") else "",
		"…" + phones.local(row["mobile"])[-4:] if row.get("mobile") else "",
		"" if row.get("status") in (None, "Active") else _(row["status"]),
	]
	return " · ".join(part for part in said if part)


def shown(row: dict[str, Any], label: str, description: str, as_dict: bool | int | str) -> Any:
	"""A row as Frappe's search takes it: name, title, what is written below."""
	if cint(as_dict):
		return {"name": row["name"], "label": label, "description": description}
	return (row["name"], label, description)


def conditions(doctype: str, filters: dict | list | str | None) -> list:
	"""Filters as a list of conditions: the desk sends lists, mappings and their JSON."""
	if isinstance(filters, str):
		filters = frappe.parse_json(filters)
	if not filters or isinstance(filters, list):
		return filters or []
	return [
		[doctype, field, *(value if isinstance(value, list | tuple) else ("=", value))]
		for field, value in filters.items()
	]
