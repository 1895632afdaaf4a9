"""Reads what suggestions are compared with: the clinic's departments, services and rooms."""

from collections.abc import Sequence
from typing import Any

import frappe
from pypika.queries import QueryBuilder

from clinic_core.service_catalog.suggestions import choice
from clinic_core.service_catalog.suggestions.seeding import DOCTYPE

SERVICE = "Clinic Service"
DEPARTMENT = "Clinic Department"


def suggestions(codes: Sequence[str] | None = None) -> list[dict[str, Any]]:
	"""Suggested services in the order of the catalogue: these, or all."""
	filters = {"name": ("in", sorted(set(codes)))} if codes is not None else {}
	return frappe.get_all(DOCTYPE, filters=filters, fields=["*"], order_by="priority asc, name asc")


def lock_suggestions(departments: Sequence[str]) -> None:
	"""Let only one person at a time adopt services of these departments (codes of the catalogue).

	All the rows of a department are locked, so that two who choose different services of it do not both
	create it.
	"""
	table = frappe.qb.DocType(DOCTYPE)
	(
		frappe.qb.from_(table)
		.select(table.name)
		.where(table.department.isin(sorted(set(departments))))
		.orderby(table.name)
		.for_update()
	).run()


def departments(*, for_update: bool = False) -> dict[str, dict[str, Any]]:
	"""All departments of the clinic by name, in its order: name, title, is_active, priority."""
	table = frappe.qb.DocType(DEPARTMENT)
	query = (
		frappe.qb.from_(table)
		.select(table.name, table.title, table.is_active, table.priority)
		.orderby(table.priority, table.title, table.name)
	)
	rows = (query.for_update() if for_update else query).run(as_dict=True)
	return {row.name: row for row in rows}


def services() -> list[dict[str, Any]]:
	"""All services of the clinic: name, service_name, department, suggestion, priority."""
	return _services().run(as_dict=True)


def lock_services(codes: Sequence[str], in_departments: Sequence[str]) -> list[dict[str, Any]]:
	"""The same for what was adopted from these suggestions or stands in these departments, locked.

	A locking read sees what somebody else adopted a moment ago.
	"""
	table = frappe.qb.DocType(SERVICE)
	rows = _services().where(table.suggestion.isin(sorted(codes))).for_update().run(as_dict=True)
	if in_departments:
		there = table.department.isin(sorted(set(in_departments)))
		rows += _services().where(there).for_update().run(as_dict=True)
	return list({row.name: row for row in rows}.values())


def _services() -> QueryBuilder:
	table = frappe.qb.DocType(SERVICE)
	return (
		frappe.qb.from_(table)
		.select(table.name, table.service_name, table.department, table.suggestion, table.priority)
		.orderby(table.name)
	)


def as_services(rows: Sequence[dict[str, Any]]) -> list[choice.Service]:
	"""The rows of `services` for the rules."""
	return [choice.Service(row.name, row.service_name, row.department, row.suggestion) for row in rows]


def resource_kinds() -> set[str]:
	"""Kinds of resources the clinic has."""
	return set(frappe.get_all("Clinic Resource", distinct=True, pluck="kind", order_by="kind asc"))
