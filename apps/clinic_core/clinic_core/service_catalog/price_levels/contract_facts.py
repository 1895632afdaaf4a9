"""What the checks of a contract must know of the services it names: two queries, however many."""

from collections import defaultdict
from collections.abc import Iterable

import frappe

from clinic_core.service_catalog.price_levels.contract_checks import ServiceFacts


def of_services(names: Iterable[str]) -> dict[str, ServiceFacts]:
	"""Relative value units and body areas by service."""
	wanted = sorted(set(names))
	if not wanted:
		return {}
	areas: dict[str, dict[str, str]] = defaultdict(dict)
	for row in frappe.get_all(
		"Clinic Service Area",
		filters={"parent": ("in", wanted), "parenttype": "Clinic Service"},
		fields=["parent", "code", "title"],
		order_by="parent asc, idx asc",
	):
		areas[row.parent][row.code] = row.title
	return {
		row.name: ServiceFacts(
			has_units=bool(row.professional_units or row.technical_units), areas=areas[row.name]
		)
		for row in frappe.get_all(
			"Clinic Service",
			filters={"name": ("in", wanted)},
			fields=["name", "professional_units", "technical_units"],
			order_by="name asc",
		)
	}


def department_titles(names: Iterable[str | None]) -> dict[str, str]:
	"""Titles of departments by name: one query, none without any."""
	wanted = sorted({name for name in names if name})
	if not wanted:
		return {}
	rows = frappe.get_all(
		"Clinic Department",
		filters={"name": ("in", wanted)},
		fields=["name", "title"],
		order_by="name asc",
	)
	return {row.name: row.title for row in rows}
