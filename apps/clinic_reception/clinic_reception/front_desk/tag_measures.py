"""What the front office adds to the measures of tag rules: visits, services, spending, debt (D46)."""

from collections.abc import Callable, Sequence
from typing import Any

import frappe
from clinic_core.people.tags.measures import LARGEST, SMALLEST, Asked, Measure, pairs
from clinic_core.people.tags.rules import FLAG, MONEY, NUMBER
from frappe import _
from frappe.query_builder.functions import Count, Max, Min, Sum
from frappe.utils import getdate
from pypika.queries import QueryBuilder, Table
from pypika.terms import Term

from clinic_reception.cash_desk.posting import DOCTYPE as LEDGER
from clinic_reception.front_desk.states import CANCELLED, SELL_FOR_LATER

RECEPTION, LINE, VISIT = "Clinic Reception", "Clinic Reception Line", "Clinic Visit"
_NARROWED = frozenset({"days", "service", "department"})


def clinic_tag_measures() -> list[Measure]:
	"""Handler of the hook of this name. Visits of the front desk replace what core counts by appointments."""
	return [
		Measure(
			"visit_count",
			lambda: _("Number of visits"),
			NUMBER,
			_visits,
			frozenset({"days", "department"}),
			0,
		),
		Measure(
			"last_visit_days", lambda: _("Days since the last visit"), NUMBER, _since(Max), fold=SMALLEST
		),
		Measure(
			"first_visit_days", lambda: _("Days since the first visit"), NUMBER, _since(Min), fold=LARGEST
		),
		Measure("services_received", lambda: _("Services received"), NUMBER, _received, _NARROWED, 0),
		Measure("spend", lambda: _("Spent"), MONEY, _spent, _NARROWED, 0),
		Measure("debt", lambda: _("Debt"), MONEY, _owed, default=0),
		Measure("has_debt", lambda: _("Has a debt"), FLAG, _debtors, default=0),
	]


def _of_visits(asked: Asked, figure: Callable[[Table], Term]) -> QueryBuilder:
	table = frappe.qb.DocType(VISIT)
	query = (
		frappe.qb.from_(table)
		.select(table.patient, figure(table))
		.where(asked.whom(table.patient) & (table.status != CANCELLED))
		.groupby(table.patient)
	)
	if asked.since:
		query = query.where(table.arrived_at >= asked.since)
	return query.where(table.department == asked.department) if asked.department else query


def _visits(asked: Asked) -> Sequence[tuple[str, Any]]:
	return pairs(_of_visits(asked, lambda table: Count(table.name)))


def _since(edge: Callable) -> Callable[[Asked], Sequence[tuple[str, Any]]]:
	def read(asked: Asked) -> Sequence[tuple[str, Any]]:
		rows = pairs(_of_visits(asked, lambda table: edge(table.arrived_at)))
		return [(patient, (asked.today - getdate(at)).days) for patient, at in rows]

	return read


def _of_lines(asked: Asked, figure: Callable[[Table], Term]) -> QueryBuilder:
	bill, line = frappe.qb.DocType(RECEPTION), frappe.qb.DocType(LINE)
	query = (
		frappe.qb.from_(bill)
		.join(line)
		.on((line.parent == bill.name) & (line.parenttype == RECEPTION))
		.select(bill.patient, figure(line))
		.where(asked.whom(bill.patient) & (bill.docstatus == 1))
		.groupby(bill.patient)
	)
	if asked.since:
		query = query.where(bill.posted_at >= asked.since)
	for column in ("service", "department"):
		if value := getattr(asked, column):
			query = query.where(line[column] == value)
	return query


def _received(asked: Asked) -> Sequence[tuple[str, Any]]:
	line = frappe.qb.DocType(LINE)
	return pairs(_of_lines(asked, lambda table: Sum(table.quantity)).where(line.action != SELL_FOR_LATER))


def _spent(asked: Asked) -> Sequence[tuple[str, Any]]:
	"""The patient's share of what was sold; of the bills alone where no line is asked about."""
	if asked.service or asked.department:
		return pairs(_of_lines(asked, lambda table: Sum(table.patient_share)))
	bill = frappe.qb.DocType(RECEPTION)
	query = (
		frappe.qb.from_(bill)
		.select(bill.patient, Sum(bill.patient_share))
		.where(asked.whom(bill.patient) & (bill.docstatus == 1))
		.groupby(bill.patient)
	)
	return pairs(query.where(bill.posted_at >= asked.since) if asked.since else query)


def _owed(asked: Asked) -> Sequence[tuple[str, Any]]:
	table = frappe.qb.DocType(LEDGER)
	query = (
		frappe.qb.from_(table)
		.select(table.patient, Sum(table.amount))
		.where(asked.whom(table.patient) & (table.account == "Receivable"))
		.groupby(table.patient)
	)
	return pairs(query)


def _debtors(asked: Asked) -> Sequence[tuple[str, Any]]:
	return [(patient, amount) for patient, amount in _owed(asked) if amount and amount > 0]
