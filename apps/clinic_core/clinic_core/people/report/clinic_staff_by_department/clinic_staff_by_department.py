"""The structure of the staff (E170): departments with their people, their positions, roles and branches."""

from collections import defaultdict
from typing import Any

import frappe
from frappe import _

from clinic_core.people import phones
from clinic_core.people.staff import grants, people_of

NOBODYS = ""


def execute(filters: dict[str, Any] | None = None) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
	"""Columns and rows; four queries. Somebody of two departments is in both."""
	people = _people(bool((filters or {}).get("include_departed")))
	titles = dict(
		frappe.get_all("Clinic Department", fields=["name", "title"], order_by="title asc", as_list=True)
	)
	places = _children("Clinic Staff Department", "department")
	branches = _children("Clinic Staff Branch", "branch")
	names = dict(
		frappe.get_all("Clinic Branch", fields=["name", "title"], order_by="title asc", as_list=True)
	)
	by_department = defaultdict(list)
	for person in people:
		shown = _row(person, [_(names.get(branch, branch)) for branch in branches.get(person.name, ())])
		for department in places.get(person.name) or [NOBODYS]:
			by_department[department].append(shown)
	return columns(), [
		row
		for department in [*titles, NOBODYS]
		if by_department.get(department)
		for row in _branch_of_tree(department, titles.get(department), by_department[department])
	]


def _people(also_departed: bool) -> list[Any]:
	fields = ["name", "full_name", "position", "mobile", "status", *grants.ROLE_FIELDS]
	filters = {} if also_departed else {"status": ("in", people_of.WORKING)}
	return frappe.get_list(
		people_of.DOCTYPE, filters=filters, fields=fields, order_by="full_name asc", limit_page_length=0
	)


def _children(doctype: str, field: str) -> dict[str, list[str]]:
	rows = frappe.get_all(
		doctype, {"parenttype": people_of.DOCTYPE}, ["parent", field], order_by="parent asc, idx asc"
	)
	found: dict[str, list[str]] = defaultdict(list)
	for row in rows:
		found[row.parent].append(row[field])
	return found


def _row(person: Any, branches: list[str]) -> dict[str, Any]:
	return {
		"staff_member": person.name,
		"full_name": person.full_name,
		"position": person.position,
		"mobile": phones.local(person.mobile),
		"roles": _listed([_(role) for role in sorted(grants.ticked(person))]),
		"branches": _listed(branches) or _("All branches"),
		"status": _(person.status),
	}


def _listed(words: list[str]) -> str:
	return ("، " if frappe.local.lang == "fa" else ", ").join(words)


def _branch_of_tree(department: str, title: str | None, people: list[dict[str, Any]]) -> list[dict[str, Any]]:
	"""The department and, below it, its people."""
	head = {"node": department or "-", "full_name": _(title) if title else _("No department"), "indent": 0}
	head["position"] = _("{0} people").format(len(people))
	below = [
		{**person, "node": f"{department}:{person['staff_member']}", "parent_node": head["node"], "indent": 1}
		for person in people
	]
	return [head, *below]


def columns() -> list[dict[str, Any]]:
	"""What the table shows."""
	return [
		{"fieldname": "full_name", "label": _("Name"), "fieldtype": "Data", "width": 240},
		{"fieldname": "position", "label": _("Position"), "fieldtype": "Data", "width": 180},
		{"fieldname": "mobile", "label": _("Mobile"), "fieldtype": "Data", "width": 130},
		{"fieldname": "roles", "label": _("Roles"), "fieldtype": "Data", "width": 260},
		{"fieldname": "branches", "label": _("Branches"), "fieldtype": "Data", "width": 180},
		{"fieldname": "status", "label": _("Status"), "fieldtype": "Data", "width": 100},
	]
