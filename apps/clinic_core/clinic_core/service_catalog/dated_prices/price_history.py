"""Every price of a service as people read it: of what, by whom, from when (A50)."""

from collections.abc import Iterable
from typing import Any

import frappe

from clinic_core.service_catalog.dated_prices import prices

LIMIT = 100


def of_service(service: str, limit: int = LIMIT) -> dict[str, Any]:
	"""{rows, has_more}: the prices of a service, its areas and its contracts, the latest first.

	A row has the titles of its area and contract, who entered it (`by`), and whether it is `is_scheduled`
	for a later day or `is_current`. The number of queries is the same however long the history.
	"""
	rows = prices.history(service, limit + 1)
	shown = rows[:limit]
	areas = _titles("Clinic Service Area", "code", "title", {"parent": service})
	contracts = _titles("Clinic Service Contract", "name", "title", _named(row.contract for row in shown))
	people = _titles("User", "name", "full_name", _named(row.owner for row in shown))
	for row in shown:
		row.area_title = areas.get(row.area, row.area)
		row.contract_title = contracts.get(row.contract, row.contract)
		row.by = people.get(row.owner, row.owner)
	return {"rows": shown, "has_more": len(rows) > limit}


def _named(names: Iterable[str | None]) -> dict[str, Any]:
	return {"name": ("in", sorted({name for name in names if name}) or [""])}


def _titles(doctype: str, key: str, title: str, filters: dict[str, Any]) -> dict[str, str]:
	rows = frappe.get_all(doctype, filters=filters, fields=[key, title], order_by=f"{key} asc")
	return {row[key]: row[title] for row in rows}
