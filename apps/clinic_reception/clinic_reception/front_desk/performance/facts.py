"""Performed lines of a period, with what each brought in: a constant number of queries (A18, F33).

Performed is what was done in a submitted reception: *Perform Now*, and *Use Purchased* on the day of its
use; what was sold for later counts when it is used. What is cancelled counts nowhere. The part of a
purchase that a use earns is told by the ledger's Revenue.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import frappe
from clinic_core.foundation.figure_periods import Period
from clinic_core.foundation.money import to_decimal
from clinic_core.service_catalog.performance_shares.performances import SERVICE_FIELDS
from frappe.query_builder.functions import Min, Sum

from clinic_reception.front_desk.performance import earned
from clinic_reception.front_desk.performance.earned import Earning, Sale
from clinic_reception.front_desk.states import SELL_FOR_LATER, USE_PURCHASED

RECEPTION, LINE = "Clinic Reception", "Clinic Reception Line"
PEOPLE = ("practitioner", "technician", "assistant")
_LINE_FIELDS = (
	*("name", "service", "department", "action", "quantity", *PEOPLE, "contract", "entitlement"),
	*("list_total", "contract_adjustment", "discount", "tax", "tax_included", "deduction"),
)
_SALE_FIELDS = ("list_total", "contract_adjustment", "discount", "tax", "tax_included", "deduction")


@dataclass(frozen=True)
class Asked:
	"""Which lines are asked for; None means all."""

	period: Period
	branches: Sequence[str]
	department: str | None = None
	person: str | None = None


def performed(asked: Asked) -> list[tuple[dict[str, Any], Earning]]:
	"""The lines, the oldest first, each with its earning. Three queries."""
	lines = _lines(asked)
	by_entitlement = _earnings({line["entitlement"] for line in lines if line["entitlement"]})
	shared: dict[tuple[str, str], list[dict[str, Any]]] = {}
	for line in lines:
		if line["entitlement"]:
			shared.setdefault((line["entitlement"], line["reception"]), []).append(line)
			# Of a course only what is done counts: the first session of a sale, the units of a use.
			line["quantity"] = line["quantity"] if line["action"] == USE_PURCHASED else 1
	parts = {}
	for (entitlement, reception), group in shared.items():
		earning = by_entitlement.get(entitlement, {}).get(reception, Earning(Decimal(0), Decimal(0)))
		quantities = [to_decimal(line["quantity"]) for line in group]
		parts |= dict(zip((line["name"] for line in group), earned.split(earning, quantities), strict=True))
	return [(line, parts.get(line["name"]) or earned.sold(line)) for line in lines]


def _lines(asked: Asked) -> list[dict[str, Any]]:
	reception, line = frappe.qb.DocType(RECEPTION), frappe.qb.DocType(LINE)
	service, patient = frappe.qb.DocType("Clinic Service"), frappe.qb.DocType("Clinic Patient")
	source = frappe.qb.DocType("Clinic Referral Source")
	query = (
		frappe.qb.from_(reception)
		.join(line)
		.on((line.parent == reception.name) & (line.parenttype == RECEPTION))
		.join(service)
		.on(service.name == line.service)
		.left_join(patient)
		.on(patient.name == reception.patient)
		.left_join(source)
		.on(source.name == patient.referral_source)
		.select(reception.name.as_("reception"), reception.reception_no, reception.posted_at)
		.select(reception.patient_name, source.counts_as, service.service_name)
		.select(*(service[field] for field in SERVICE_FIELDS if field != "department"))
		.select(*(line[field] for field in _LINE_FIELDS))
		.where(reception.posted_at >= asked.period.first)
		.where(reception.posted_at < asked.period.end)
		.where((reception.docstatus == 1) & reception.branch.isin(asked.branches))
		.where(line.action != SELL_FOR_LATER)
		.orderby(reception.posted_at, reception.name, line.idx)
	)
	if asked.department:
		query = query.where(line.department == asked.department)
	if asked.person:
		practitioner, technician, assistant = (line[field] == asked.person for field in PEOPLE)
		query = query.where(practitioner | technician | assistant)
	return query.run(as_dict=True)


def _earnings(entitlements: Iterable[str]) -> dict[str, dict[str, Earning]]:
	"""By entitlement and reception what was earned, from its whole history."""
	names = sorted(entitlements)
	if not names:
		return {}
	sales = _sales(names)
	uses: dict[str, list[tuple[str, Decimal]]] = {}
	for row in _revenue(names):
		uses.setdefault(row.entitlement, []).append((row.reception, -to_decimal(row.amount)))
	return {name: earned.of_uses(sales[name], uses.get(name, [])) for name in sales}


def _sales(names: list[str]) -> dict[str, Sale]:
	"""The line that sold each entitlement; what was not sold by a line is worth its value."""
	entitlement, line = frappe.qb.DocType("Clinic Entitlement"), frappe.qb.DocType(LINE)
	rows = (
		frappe.qb.from_(entitlement)
		.left_join(line)
		.on(
			(line.parent == entitlement.origin_name)
			& (line.entitlement == entitlement.name)
			& (line.action != USE_PURCHASED)
		)
		.select(entitlement.name, entitlement.value, line.name.as_("line"), line.contract)
		.select(*(line[field] for field in _SALE_FIELDS))
		.where(entitlement.name.isin(names))
		.run(as_dict=True)
	)
	return {row.name: _sale(row) for row in rows}


def _sale(row: Any) -> Sale:
	value = to_decimal(row.value)
	if not row.line:
		return Sale(value, value, Decimal(0))
	return Sale(value, earned.basis_of(row), to_decimal(row.deduction), row.contract)


def _revenue(names: list[str]) -> list[Any]:
	"""What each reception moved to Revenue, in the order of time; what was cancelled is left with 0."""
	entry = frappe.qb.DocType("Clinic Ledger Entry")
	began = Min(entry.posted_at)
	return (
		frappe.qb.from_(entry)
		.select(entry.entitlement, entry.reception, Sum(entry.amount).as_("amount"))
		.where(entry.entitlement.isin(names) & (entry.account == "Revenue"))
		.groupby(entry.entitlement, entry.reception)
		.having(Sum(entry.amount) != 0)
		.orderby(began, entry.reception)
		.run(as_dict=True)
	)
