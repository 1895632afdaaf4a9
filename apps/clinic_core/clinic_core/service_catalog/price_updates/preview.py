"""Old and new prices side by side, before anything is changed (A50). Permission-free.

A constant number of queries, whatever the number of services.
"""

import datetime
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import frappe

from clinic_core.foundation.money import to_decimal
from clinic_core.service_catalog.dated_prices import prices
from clinic_core.service_catalog.price_updates import price_changes
from clinic_core.service_catalog.price_updates.draft import Draft, key_of
from clinic_core.service_catalog.price_updates.price_changes import Change
from clinic_core.service_catalog.price_updates.price_files import Target
from clinic_core.service_catalog.price_updates.rows import CONTRACT, FIXED, ITEM, PriceRow, rows_of
from clinic_core.service_catalog.quotes import as_number


@dataclass(frozen=True)
class Line:
	"""One price of the preview. `scheduled`: the next price that begins later; `contracts`: left behind."""

	row: PriceRow
	change: Change
	is_typed: bool
	doubts: tuple[str, ...]
	scheduled: tuple[datetime.date, Decimal] | None = None
	contracts: int = 0


def current_amounts(draft: Draft, rows: Sequence[PriceRow]) -> dict[Target, Decimal]:
	"""What each price would be on the draft's day without it. One query."""
	dated = prices.amounts_on([row.key for row in rows], draft.valid_from)
	return {row.target: dated.get(row.key, row.stored) for row in rows}


def changes_of(draft: Draft, rows: Sequence[PriceRow], old: Mapping[Target, Decimal]) -> dict[Target, Change]:
	"""Every price of the draft before and after."""
	return {
		row.target: Change(
			old[row.target],
			price_changes.new_amount(old[row.target], draft.rule, draft.typed.get(row.target)),
		)
		for row in rows
	}


def lines_of(draft: Draft) -> list[Line]:
	"""The preview of a draft: at most six queries."""
	rows = rows_of(draft)
	changes = changes_of(draft, rows, current_amounts(draft, rows))
	services = {row.service for row in rows}
	later = _scheduled_after(services, draft)
	behind = {} if draft.contract else _fixed_in_contracts(services, draft.valid_from)
	lines = []
	for row in rows:
		change, next_price = changes[row.target], later.get(row.target)
		count = behind.get(row.target, 0)
		lines.append(
			Line(
				row=row,
				change=change,
				is_typed=row.target in draft.typed,
				doubts=price_changes.doubts(change, bool(next_price), bool(count)),
				scheduled=next_price,
				contracts=count,
			)
		)
	return lines


def _scheduled_after(services: Collection[str], draft: Draft) -> dict[Target, tuple[datetime.date, Decimal]]:
	"""The next price that begins after the draft's day, by target."""
	if not services:
		return {}
	table = frappe.qb.DocType(prices.DOCTYPE)
	of_contract = table.contract == draft.contract if draft.contract else table.contract.isnull()
	query = (
		prices.standing(frappe.qb.from_(table), table)
		.select(table.service, table.area, table.valid_from, table.amount)
		.where(table.service.isin(sorted(services)) & of_contract & (table.valid_from > draft.valid_from))
		.orderby(table.valid_from, order=frappe.qb.desc)
		.orderby(table.creation, table.idx)
	)
	# Written from the last to the first: the earliest one stays, of one day the one entered last.
	found: dict[Target, tuple[datetime.date, Decimal]] = {}
	for row in query.run(as_dict=True):
		found[(row.service, row.area or "")] = (row.valid_from, to_decimal(row.amount))
	return found


def _fixed_in_contracts(services: Collection[str], on: datetime.date) -> dict[Target, int]:
	"""How many contracts in force name a fixed price of their own for each target."""
	if not services:
		return {}
	item, contract = frappe.qb.DocType(ITEM), frappe.qb.DocType(CONTRACT)
	count = frappe.query_builder.functions.Count(contract.name).distinct()
	rows = (
		frappe.qb.from_(item)
		.join(contract)
		.on((contract.name == item.parent) & (item.parenttype == CONTRACT))
		.select(item.service, item.area, count.as_("contracts"))
		.where(item.service.isin(sorted(services)) & (item.pricing_method == FIXED))
		.where((item.applies_to == "Service") & (contract.is_active == 1))
		.where(contract.valid_to.isnull() | (contract.valid_to >= on))
		.groupby(item.service, item.area)
		.run(as_dict=True)
	)
	return {(row.service, row.area or ""): row.contracts for row in rows}


def answer(lines: Sequence[Line], seen: Mapping[Target, Decimal] | None = None) -> dict[str, Any]:
	"""The preview as the endpoint gives it; money in stored units.

	`seen`: the prices at the last look, to mark what moved since.
	"""
	figures = price_changes.totals(line.change for line in lines)
	old = {line.row.target: line.change.old for line in lines}
	moved = set(price_changes.moved_since(seen, old)) if seen is not None else set()
	return {
		"rows": [_as_dict(line, line.row.target in moved) for line in lines],
		"totals": {
			"count": figures.count,
			"changed": figures.changed,
			"unchanged": figures.count - figures.changed,
			"raised": figures.raised,
			"lowered": figures.lowered,
			"old": as_number(figures.old),
			"new": as_number(figures.new),
			"percent": None if figures.percent is None else float(figures.percent),
		},
		"moved": len(moved),
	}


def _as_dict(line: Line, is_moved: bool) -> dict[str, Any]:
	row, change = line.row, line.change
	shown = {
		"key": key_of(row.target),
		"service": row.service,
		"service_name": row.service_name,
		"area_title": row.area_title,
		"department": row.department,
		"old": as_number(change.old),
		"new": as_number(change.new),
		"percent": None if change.percent is None else float(change.percent),
		"typed": line.is_typed,
		"doubts": line.doubts,
	}
	if is_moved:
		shown["moved"] = True
	if line.scheduled and line.doubts:
		shown["scheduled"] = {"from": str(line.scheduled[0]), "amount": as_number(line.scheduled[1])}
	if line.contracts and line.doubts:
		shown["contracts"] = line.contracts
	return shown


def recorded(update: str) -> dict[str, Any]:
	"""What a submitted update changed, in the same form, as the price history has it. One query."""
	price, service = frappe.qb.DocType(prices.DOCTYPE), frappe.qb.DocType("Clinic Service")
	area, department = frappe.qb.DocType("Clinic Service Area"), frappe.qb.DocType("Clinic Department")
	rows = (
		frappe.qb.from_(price)
		.left_join(service)
		.on(service.name == price.service)
		.left_join(department)
		.on(department.name == service.department)
		.left_join(area)
		.on(
			(area.parent == price.service) & (area.parenttype == "Clinic Service") & (area.code == price.area)
		)
		.select(price.service, price.area, price.contract, price.amount, price.previous_amount)
		.select(service.service_name, service.barcode, area.title, department.title.as_("department"))
		.where((price.price_update == update) & (price.source == prices.PRICE_UPDATE))
		.orderby(price.idx)
		.run(as_dict=True)
	)
	return answer([_recorded_line(row) for row in rows])


def _recorded_line(row: Any) -> Line:
	shown = PriceRow(
		service=row.service,
		area=row.area or "",
		contract=row.contract,
		service_name=row.service_name or row.service,
		area_title=row.title or row.area or "",
		department=row.department or "",
		barcode=row.barcode or "",
		stored=to_decimal(row.amount),
		record=("", ""),
	)
	return Line(shown, Change(to_decimal(row.previous_amount), to_decimal(row.amount)), False, ())
