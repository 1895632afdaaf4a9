"""Statistics of services: who sees which, and the answer of the page (A29).

Permission-free as to roles; branches are those the user may see.
"""

from decimal import Decimal
from typing import Any

import frappe
from clinic_core.foundation import asked_periods
from clinic_core.foundation.figure_periods import Period, months_back
from clinic_core.foundation.jalali import jalali_month
from clinic_core.people.names import fold
from frappe.utils import getdate

from clinic_reception.front_desk import branches
from clinic_reception.front_desk.statistics import facts, figures
from clinic_reception.front_desk.statistics.facts import Within

MONTHS = 12
MOST_PATIENTS = 500


@frappe.read_only()
def statistics(
	kind: str, shown: Period, branch: str | None, department: str | None, text: str | None
) -> dict[str, Any]:
	"""{period, previous, rows, totals, distinct}: the figures of every service in the period.

	A constant number of queries. Raises frappe.PermissionError for a branch that is not the user's.
	"""
	services = _services(department, text)
	within = _within(shown, branch, services if department or text else None)
	earlier = asked_periods.before(kind, shown)
	sold, new = facts.sold(within), facts.new_patients(within)
	appointments = _by_service(facts.appointments(within))
	found = figures.rows(services, sold, facts.net(within.at(earlier)), new, appointments)
	together = sold.get(None, {})
	return {
		"period": _period(kind, shown),
		"previous": _period(kind, earlier),
		"rows": [_plain(row) for row in found],
		"totals": _plain(figures.totals(found)),
		"distinct": {
			"receptions": together.get("receptions", 0),
			"patients": together.get("patients", 0),
			"new_patients": new.get(None, 0),
		},
	}


@frappe.read_only()
def trend(branch: str | None, department: str | None, text: str | None) -> dict[str, Any]:
	"""{months, services}: net revenue of each service in each of the last twelve Jalali months."""
	months = months_back(getdate(), MONTHS)
	services = _services(department, text) if department or text else None
	within = _within(Period(months[0].first, months[-1].last), branch, services)
	names = [jalali_month(month.first) for month in months]
	series = figures.by_month(facts.net_by_month(within), names)
	return {
		"months": [
			{"month": name, "first": str(month.first), "last": str(month.last)}
			for name, month in zip(names, months, strict=True)
		],
		"services": {service: list(map(_number, values)) for service, values in series.items()},
	}


@frappe.read_only()
def new_patients(shown: Period, branch: str | None, services: list[str] | None) -> list[str]:
	"""The new patients behind a figure, at most MOST_PATIENTS."""
	return facts.new_patient_names(Within(shown, branches.visible(branch), services), MOST_PATIENTS)


def _within(shown: Period, branch: str | None, services: list[dict[str, Any]] | None) -> Within:
	names = None if services is None else [row["name"] for row in services] or [""]
	return Within(shown, branches.visible(branch), names)


def _services(department: str | None, text: str | None) -> list[dict[str, Any]]:
	"""Services with the department's title, of a department or with the words of a search."""
	service, division = frappe.qb.DocType("Clinic Service"), frappe.qb.DocType("Clinic Department")
	query = (
		frappe.qb.from_(service)
		.left_join(division)
		.on(division.name == service.department)
		.select(service.name, service.service_name, service.status, service.department)
		.select(division.title.as_("department_title"))
		.orderby(service.priority, service.service_name, service.name)
	)
	if department:
		query = query.where(service.department == department)
	rows = query.run(as_dict=True)
	words = fold(text or "").split()
	return [row for row in rows if all(word in fold(f"{row.name} {row.service_name}") for word in words)]


def _by_service(rows: list[dict[str, Any]]) -> dict[str, dict[str, int]]:
	found: dict[str, dict[str, int]] = {}
	for row in rows:
		found.setdefault(row["service"], {})[row["status"]] = row["count"]
	return found


def _period(kind: str, period: Period) -> dict[str, str]:
	return {"kind": kind, "first": str(period.first), "last": str(period.last)}


def _plain(row: dict[str, Any]) -> dict[str, Any]:
	"""Decimals as JSON carries them."""
	return {key: _number(value) if isinstance(value, Decimal) else value for key, value in row.items()}


def _number(value: Decimal) -> int | float:
	return int(value) if value == value.to_integral_value() else float(value)
