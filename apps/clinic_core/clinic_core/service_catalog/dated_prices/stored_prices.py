"""Keeps the amounts stored on services, body areas and contract items equal to today's dated prices.

A price that was scheduled becomes the stored amount in the night, or at once for who asks. Lists read
the stored amounts; a quote does not need them. Permission-free.
"""

import datetime
from collections.abc import Collection, Sequence
from typing import Any

import frappe
from frappe.utils import getdate, now_datetime
from pypika import Case
from pypika.queries import QueryBuilder, Table
from pypika.terms import Criterion

from clinic_core.foundation import live
from clinic_core.foundation.boundary import command
from clinic_core.service_catalog.dated_prices import prices

SERVICE = "Clinic Service"
AREA = "Clinic Service Area"
CONTRACT = "Clinic Service Contract"
ITEM = "Clinic Service Contract Item"
CHUNK = 1000


def run_night() -> None:
	"""Today's prices become the stored amounts, in chunks, each a transaction of its own."""
	while command("service_catalog.night", None, follow):
		pass


def follow(services: Collection[str] | None = None, limit: int = CHUNK) -> int:
	"""Store the prices that hold today where another amount is stored. Returns how many amounts changed.

	At most `limit` of each kind of document. Whoever records a price that has begun calls this with the
	services (`limit` as many). A form that is open meanwhile is told to load again, so that saving it
	does not bring the old price back.
	"""
	on = getdate()
	changed = _store(SERVICE, SERVICE, _services_behind(on, services, limit))
	changed += _store(AREA, SERVICE, _areas_behind(on, services, limit))
	return changed + _store(ITEM, CONTRACT, _items_behind(on, services, limit))


def _begun(on: datetime.date, services: Collection[str] | None, is_of_contract: bool) -> Any:
	"""The prices that hold on a day, of services or of contracts, as a table to join."""

	def is_wanted(table: Table) -> Criterion:
		condition = (table.valid_from <= on) & (
			table.contract.isnotnull() if is_of_contract else table.contract.isnull()
		)
		return condition if services is None else condition & table.service.isin(sorted(services))

	return prices.in_force(on, is_wanted).as_("price")


def _services_behind(on: datetime.date, services: Collection[str] | None, limit: int) -> QueryBuilder:
	service, price = frappe.qb.DocType(SERVICE), _begun(on, services, is_of_contract=False)
	return (
		frappe.qb.from_(service)
		.join(price)
		.on((price.service == service.name) & price.area.isnull())
		.select(service.name, service.name.as_("parent"), price.amount)
		.where(price.amount != service.amount)
		.orderby(service.name)
		.limit(limit)
	)


def _areas_behind(on: datetime.date, services: Collection[str] | None, limit: int) -> QueryBuilder:
	area, price = frappe.qb.DocType(AREA), _begun(on, services, is_of_contract=False)
	return (
		frappe.qb.from_(area)
		.join(price)
		.on((price.service == area.parent) & (price.area == area.code))
		.select(area.name, area.parent, price.amount)
		.where((area.parenttype == SERVICE) & (price.amount != area.amount))
		.orderby(area.name)
		.limit(limit)
	)


def _items_behind(on: datetime.date, services: Collection[str] | None, limit: int) -> QueryBuilder:
	item, price = frappe.qb.DocType(ITEM), _begun(on, services, is_of_contract=True)
	same_area = (price.area == item.area) | (price.area.isnull() & ((item.area == "") | item.area.isnull()))
	return (
		frappe.qb.from_(item)
		.join(price)
		.on((price.contract == item.parent) & (price.service == item.service) & same_area)
		.select(item.name, item.parent, price.amount)
		.where((item.parenttype == CONTRACT) & (item.applies_to == "Service"))
		.where((item.pricing_method == "Fixed Price") & (price.amount != item.amount))
		.orderby(item.name)
		.limit(limit)
	)


def _store(doctype: str, parent_doctype: str, behind: QueryBuilder) -> int:
	rows = behind.run(as_dict=True)
	if not rows:
		return 0
	table = frappe.qb.DocType(doctype)
	amount = Case()
	for row in rows:
		amount = amount.when(table.name == row.name, row.amount)
	names = [row.name for row in rows]
	frappe.qb.update(table).set(table.amount, amount).where(table.name.isin(names)).run()
	_touch(parent_doctype, sorted({row.parent for row in rows}))
	return len(rows)


def _touch(doctype: str, names: Sequence[str]) -> None:
	"""The documents are other ones now: for open forms, for caches and for lists."""
	values = {"modified": now_datetime(), "modified_by": frappe.session.user}
	frappe.db.set_value(doctype, {"name": ("in", names)}, values, update_modified=False)
	for name in names:
		frappe.clear_document_cache(doctype, name)
	live.changed(doctype, names[0])
