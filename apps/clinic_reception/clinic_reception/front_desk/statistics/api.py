"""Endpoints of the page Service Statistics (A29). Who may ask: `clinic_reception/access.py`."""

from typing import Any

import frappe
from clinic_core.foundation import asked_periods

from clinic_reception import access
from clinic_reception.front_desk.statistics import export, services


@frappe.whitelist(methods=["GET"])
def service_statistics(
	period: str | None = None,
	from_date: str | None = None,
	to_date: str | None = None,
	branch: str | None = None,
	department: str | None = None,
	text: str | None = None,
) -> dict[str, Any]:
	"""{period, previous, rows, totals, distinct}: figures per service (money in stored units).

	`period`: week, month, last_month, jalali_month, quarter, year or custom with `from_date`, `to_date`.
	"""
	access.require("see_statistics")
	kind, shown = asked_periods.asked(period, from_date, to_date)
	return services.statistics(kind, shown, branch or None, department or None, text)


@frappe.whitelist(methods=["GET"])
def service_trend(
	branch: str | None = None, department: str | None = None, text: str | None = None
) -> dict[str, Any]:
	"""{months, services}: net revenue per service in each of the last twelve Jalali months."""
	access.require("see_statistics")
	return services.trend(branch or None, department or None, text)


@frappe.whitelist(methods=["GET"])
def new_patients_of(
	service: str,
	period: str | None = None,
	from_date: str | None = None,
	to_date: str | None = None,
	branch: str | None = None,
) -> list[str]:
	"""The new patients behind a figure, for the list of them (500 at most)."""
	access.require("see_statistics")
	_kind, shown = asked_periods.asked(period, from_date, to_date)
	return services.new_patients(shown, branch or None, [service])


@frappe.whitelist(methods=["GET"])
def export_service_statistics(
	file_type: str = "xlsx",
	period: str | None = None,
	from_date: str | None = None,
	to_date: str | None = None,
	branch: str | None = None,
	department: str | None = None,
	text: str | None = None,
) -> None:
	"""The same table as a file, xlsx or csv, in the reader's language."""
	access.require("see_statistics")
	kind, shown = asked_periods.asked(period, from_date, to_date)
	export.answer(services.statistics(kind, shown, branch or None, department or None, text), file_type)
