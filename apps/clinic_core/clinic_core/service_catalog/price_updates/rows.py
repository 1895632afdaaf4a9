"""The prices that a draft is about, with what people know them by. A constant number of queries."""

import datetime
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import frappe
from pypika import Order
from pypika.queries import QueryBuilder

from clinic_core.foundation.money import to_decimal
from clinic_core.service_catalog.dated_prices import prices
from clinic_core.service_catalog.price_updates.draft import ALL, DEPARTMENTS, SERVICES, Draft
from clinic_core.service_catalog.price_updates.price_changes import DatedPrice, holding, standing
from clinic_core.service_catalog.price_updates.price_files import Known, Target

SERVICE = "Clinic Service"
AREA = "Clinic Service Area"
DEPARTMENT = "Clinic Department"
CONTRACT = "Clinic Service Contract"
ITEM = "Clinic Service Contract Item"
FIXED = "Fixed Price"


@dataclass(frozen=True)
class PriceRow:
	"""One price. `stored`: today's amount as its record has it; `record`: the row that stores it."""

	service: str
	area: str
	contract: str | None
	service_name: str
	area_title: str
	department: str
	barcode: str
	stored: Decimal
	record: tuple[str, str]

	@property
	def target(self) -> Target:
		"""Service and body area."""
		return self.service, self.area

	@property
	def key(self) -> prices.Key:
		"""As dated prices know it."""
		return self.service, self.area or None, self.contract

	def known(self) -> Known:
		"""As a price file may call it."""
		return Known(self.service, self.area, self.service_name, self.area_title, self.barcode)


def rows_of(draft: Draft) -> list[PriceRow]:
	"""The prices a draft is about, in the manager's order. At most three queries."""
	if draft.chooses_nothing:
		return []
	if draft.contract:
		return _contract_rows(draft)
	services = _services(draft).run(as_dict=True)
	areas = _areas(services, draft.include_inactive) if draft.include_areas else {}
	rows = []
	for service in services:
		rows.append(_row(service, record=(SERVICE, service.name)))
		rows += [
			_row(service, area.code, area.title, area.amount, record=(AREA, area.name))
			for area in areas.get(service.name, ())
		]
	return rows


def _row(
	service: Any,
	area: str = "",
	area_title: str = "",
	amount: Any = None,
	contract: str | None = None,
	record: tuple[str, str] = ("", ""),
) -> PriceRow:
	return PriceRow(
		service=service.name,
		area=area or "",
		contract=contract,
		service_name=service.service_name,
		area_title=area_title or "",
		department=service.department_title or "",
		barcode=service.barcode or "",
		stored=to_decimal(service.amount if amount is None else amount),
		record=record,
	)


def _services(draft: Draft) -> QueryBuilder:
	service, department = frappe.qb.DocType(SERVICE), frappe.qb.DocType(DEPARTMENT)
	query = (
		frappe.qb.from_(service)
		.left_join(department)
		.on(department.name == service.department)
		.select(
			service.name,
			service.service_name,
			service.barcode,
			service.amount,
			department.title.as_("department_title"),
		)
		.orderby(department.priority, department.title, service.priority, service.service_name, service.name)
	)
	if not draft.include_inactive:
		query = query.where(service.status == "Active")
	if draft.applies_to == DEPARTMENTS:
		query = query.where(service.department.isin(draft.departments))
	if draft.applies_to == SERVICES:
		query = query.where(service.name.isin(draft.services))
	return query


def _areas(services: Iterable[Any], include_inactive: bool) -> dict[str, list[Any]]:
	"""The body areas of services, in their order, by service."""
	names = [service.name for service in services]
	found: dict[str, list[Any]] = {}
	if not names:
		return found
	area = frappe.qb.DocType(AREA)
	query = (
		frappe.qb.from_(area)
		.select(area.name, area.parent, area.code, area.title, area.amount)
		.where((area.parenttype == SERVICE) & area.parent.isin(names))
		.orderby(area.parent, area.idx)
	)
	if not include_inactive:
		query = query.where(area.is_active == 1)
	for row in query.run(as_dict=True):
		found.setdefault(row.parent, []).append(row)
	return found


def _contract_rows(draft: Draft) -> list[PriceRow]:
	"""The fixed prices a contract names for single services and their areas."""
	item = frappe.qb.DocType(ITEM)
	wanted = _services(draft)
	service = frappe.qb.DocType(SERVICE)
	query = (
		wanted.join(item)
		.on(item.service == service.name)
		.select(item.name.as_("item"), item.area, item.amount.as_("item_amount"))
		.where(
			(item.parenttype == CONTRACT)
			& (item.parent == draft.contract)
			& (item.applies_to == "Service")
			& (item.pricing_method == FIXED)
		)
		.orderby(item.idx)
	)
	found = query.run(as_dict=True)
	titles = {
		(parent, area.code): area.title for parent, rows in _areas(found, True).items() for area in rows
	}
	return [
		_row(
			row,
			row.area,
			titles.get((row.name, row.area), row.area),
			row.item_amount,
			draft.contract,
			(ITEM, row.item),
		)
		for row in found
	]


def everything(draft: Draft) -> list[PriceRow]:
	"""Every price of the kind a draft is about, whichever are chosen: what a file may name."""
	wanted = Draft(**{**vars(draft), "applies_to": ALL, "include_inactive": True, "include_areas": True})
	return rows_of(wanted)


def histories(
	services: Collection[str], contract: str | None, lock: bool = False
) -> dict[Target, list[DatedPrice]]:
	"""Every dated price of services, list prices or those of a contract, oldest entry first. One query.

	With `lock` they are read as they are committed now, whatever this transaction saw before, and nobody
	adds one until it ends.
	"""
	found: dict[Target, list[DatedPrice]] = {}
	if not services:
		return found
	table = frappe.qb.DocType(prices.DOCTYPE)
	query = (
		frappe.qb.from_(table)
		.select(table.service, table.area, table.valid_from, table.amount, table.price_update, table.source)
		.where(table.service.isin(sorted(services)))
		.where(table.contract == contract if contract else table.contract.isnull())
		.orderby(table.creation, table.idx, order=Order.asc)
	)
	if lock:
		query = query.for_update()
	for number, row in enumerate(query.run(as_dict=True)):
		price = DatedPrice(
			row.valid_from, number, to_decimal(row.amount), row.price_update, row.source == prices.REVERT
		)
		found.setdefault((row.service, row.area or ""), []).append(price)
	return found


def amounts_from(
	rows: Iterable[PriceRow], dated: Mapping[Target, list[DatedPrice]], on: datetime.date
) -> dict[Target, Decimal]:
	"""What each price is on a day, by its history; without one, what its record stores."""
	found = {}
	for row in rows:
		history = standing(dated.get(row.target, []))
		price = holding(history, on) or _earliest(history)
		found[row.target] = price.amount if price else row.stored
	return found


def _earliest(history: Iterable[DatedPrice]) -> DatedPrice | None:
	"""Before the first day of a history its first price counts, of one day the one entered last."""
	return min(history, key=lambda price: (price.valid_from, -price.entered), default=None)
