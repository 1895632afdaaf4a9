"""Purchases of sessions that have no plan yet: the form of sessions opens for them (A05, D49)."""

from collections.abc import Iterable
from typing import Any

import frappe
from clinic_core.people import entitlement_entries

from clinic_reception.front_desk.states import USE_PURCHASED


def of_lines(lines: Iterable[Any]) -> list[str]:
	"""The purchases of a reception whose sessions nobody has planned. Two queries, none if there are none."""
	sold = {
		row.entitlement: row.service
		for row in lines
		if row.entitlement and not row.session_plan and row.action != USE_PURCHASED
	}
	given_in_sessions = _session_services(set(sold.values()))
	names = [name for name, service in sold.items() if service in given_in_sessions]
	left = entitlement_entries.sums_of(names)
	return [name for name in names if left[name]["left"] >= 1]


def mark(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
	"""Rows of paid, not used, each with `is_session_based` and the `session_plan` over it. Two queries."""
	given_in_sessions = _session_services({row["service"] for row in rows})
	plans = _plans([row["name"] for row in rows if row["service"] in given_in_sessions])
	return [
		{
			**row,
			"is_session_based": row["service"] in given_in_sessions,
			"session_plan": plans.get(row["name"]),
		}
		for row in rows
	]


def _session_services(names: set[str]) -> set[str]:
	if not names:
		return set()
	filters = {"name": ("in", sorted(names)), "is_session_based": 1}
	return set(frappe.get_all("Clinic Service", filters, pluck="name", order_by="name asc"))


def _plans(entitlements: list[str]) -> dict[str, str]:
	if not entitlements:
		return {}
	rows = frappe.get_all(
		"Clinic Session Plan",
		{"entitlement": ("in", entitlements), "status": ("!=", "Cancelled")},
		["entitlement", "name"],
		order_by="creation asc",
	)
	return {row.entitlement: row.name for row in rows}
