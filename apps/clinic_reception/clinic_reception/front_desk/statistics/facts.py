"""What happened to services in a period, by the database's own sums: one query for each kind (A29).

Money of a sale counts on the day of its reception (`posted_at`); cancelled receptions count nowhere. A
line that uses an earlier purchase counts its reception and its units (`used`), not its money again. A new
patient is one whose first visit ever lies in the period.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import frappe
from clinic_core.foundation.figure_periods import Period
from frappe.query_builder import Case
from frappe.query_builder.functions import Count, Sum
from pypika.queries import QueryBuilder

from clinic_reception.front_desk.states import USE_PURCHASED

_NOT_COUNTED = ("Held", "Cancelled")
RECEPTION, LINE, VISIT = "Clinic Reception", "Clinic Reception Line", "Clinic Visit"


@dataclass(frozen=True)
class Within:
	"""Which facts are asked for: days, branches, and services (None: all)."""

	period: Period
	branches: Sequence[str]
	services: Sequence[str] | None = None

	def at(self, period: Period) -> "Within":
		"""The same of another period."""
		return Within(period, self.branches, self.services)


def sold(within: Within) -> dict[str | None, dict[str, Any]]:
	"""By service: receptions, patients, units sold and used, and the money of the sales.

	Under None those of all services together, each reception and patient counted once (the database's
	roll-up, in the same pass).
	"""
	reception, line = frappe.qb.DocType(RECEPTION), frappe.qb.DocType(LINE)
	is_use = line.action == USE_PURCHASED
	query = _lines(within).select(
		line.service,
		Count(reception.name).distinct().as_("receptions"),
		Count(reception.patient).distinct().as_("patients"),
		Sum(Case().when(is_use, 0).else_(line.quantity)).as_("quantity"),
		Sum(Case().when(is_use, line.quantity).else_(0)).as_("used"),
		*(Sum(line[field]).as_(field) for field in _SUMMED),
		_net().as_("net"),
	)
	rows = query.groupby(line.service).rollup(vendor="mysql").run(as_dict=True)
	return {row.service: row for row in rows}


_SUMMED = ("list_total", "contract_adjustment", "discount", "insurer_share", "patient_share")


def net(within: Within) -> dict[str, Any]:
	"""Net revenue by service: contract price less discount."""
	line = frappe.qb.DocType(LINE)
	return dict(_lines(within).select(line.service, _net()).groupby(line.service).run())


def net_by_month(within: Within) -> list[dict[str, Any]]:
	"""Net revenue by service and Jalali month."""
	reception, line = frappe.qb.DocType(RECEPTION), frappe.qb.DocType(LINE)
	query = _lines(within).select(line.service, reception.jalali_month, _net().as_("net"))
	return query.groupby(line.service, reception.jalali_month).run(as_dict=True)


def new_patients(within: Within) -> dict[str | None, int]:
	"""Distinct new patients by service; under None those of all services together."""
	reception, line = frappe.qb.DocType(RECEPTION), frappe.qb.DocType(LINE)
	query = _of_new_patients(within).select(line.service, Count(reception.patient).distinct())
	return dict(query.groupby(line.service).rollup(vendor="mysql").run())


def new_patient_names(within: Within, limit: int) -> list[str]:
	"""Who they are, at most `limit`, the latest last."""
	reception = frappe.qb.DocType(RECEPTION)
	query = _of_new_patients(within).select(reception.patient).groupby(reception.patient)
	return query.orderby(reception.patient).limit(limit).run(pluck=True)


def appointments(within: Within) -> list[dict[str, Any]]:
	"""Appointments of the period by service and status, without held and cancelled ones."""
	table = frappe.qb.DocType("Clinic Appointment")
	query = (
		frappe.qb.from_(table)
		.select(table.service, table.status, Count(table.name).as_("count"))
		.where((table.start >= within.period.first) & (table.start < within.period.end))
		.where(table.status.notin(_NOT_COUNTED) & table.branch.isin(within.branches))
		.groupby(table.service, table.status)
	)
	if within.services is not None:
		query = query.where(table.service.isin(within.services))
	return query.run(as_dict=True)


def _lines(within: Within) -> QueryBuilder:
	reception, line = frappe.qb.DocType(RECEPTION), frappe.qb.DocType(LINE)
	query = (
		frappe.qb.from_(reception)
		.join(line)
		.on((line.parent == reception.name) & (line.parenttype == RECEPTION))
		.where(reception.posted_at >= within.period.first)
		.where(reception.posted_at < within.period.end)
		.where((reception.docstatus == 1) & reception.branch.isin(within.branches))
	)
	return query.where(line.service.isin(within.services)) if within.services is not None else query


def _net() -> Sum:
	line = frappe.qb.DocType(LINE)
	return Sum(line.list_total + line.contract_adjustment - line.discount)


def _of_new_patients(within: Within) -> QueryBuilder:
	"""The lines of patients without any visit before the period, by an anti-join over an index."""
	reception, visit = frappe.qb.DocType(RECEPTION), frappe.qb.DocType(VISIT)
	first = within.period.first
	return (
		_lines(within)
		.left_join(visit)
		.on((visit.patient == reception.patient) & (visit.arrived_at < first) & (visit.status != "Cancelled"))
		.where(visit.name.isnull())
	)
