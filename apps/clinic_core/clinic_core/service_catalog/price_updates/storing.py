"""The amounts stored on services, body areas and contract items follow prices that begin today.

What is stored is known here, so it is written by its own name: a few hundred by one statement.
"""

import datetime
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

import frappe
from frappe.utils import getdate, now_datetime
from pypika import Case

from clinic_core.service_catalog.dated_prices.prices import PriceChange
from clinic_core.service_catalog.price_updates.price_files import Target
from clinic_core.service_catalog.price_updates.rows import AREA, CONTRACT, ITEM, SERVICE
from clinic_core.service_catalog.public_page import page_cache

CHUNK = 300
"""Amounts stored by one statement: a CASE is read from its top for every row."""

Progress = Callable[[int, int], None]
"""Told how many amounts of how many are stored."""


def store_from_today(back: Sequence[PriceChange], contract: str | None, progress: Progress) -> None:
	"""Prices that hold from today on become the stored ones."""
	begun = {(c.service, c.area or ""): c.amount for c in back if c.valid_from <= getdate()}
	if not begun:
		return
	records = _records_of({service for service, _area in begun}, contract)
	store(
		[(records[target], amount) for target, amount in begun.items() if target in records],
		contract,
		progress,
	)


def _records_of(services: Iterable[str], contract: str | None) -> dict[Target, tuple[str, str]]:
	"""Which row stores the amount of each target."""
	names = sorted(services)
	if contract:
		filters = {
			"parenttype": CONTRACT,
			"parent": contract,
			"applies_to": "Service",
			"service": ("in", names),
		}
		rows = frappe.get_all(ITEM, filters, ["name", "service", "area"], order_by="idx asc")
		return {(row.service, row.area or ""): (ITEM, row.name) for row in rows}
	rows = frappe.get_all(
		AREA,
		{"parenttype": SERVICE, "parent": ("in", names)},
		["name", "parent", "code"],
		order_by="name asc",
	)
	found = {(name, ""): (SERVICE, name) for name in names}
	return found | {(row.parent, row.code): (AREA, row.name) for row in rows}


def store(
	amounts: Sequence[tuple[tuple[str, str], Decimal]], contract: str | None, progress: Progress
) -> None:
	"""Make these the stored amounts, a few hundred by one statement, and touch the documents.

	`amounts`: ((DocType, name) of the row that stores it, amount). A form that is open meanwhile is told
	to load again: saving it does not bring the old price back.
	"""
	now = now_datetime()
	for doctype in (SERVICE, AREA, ITEM):
		wanted = [(name, amount) for (of, name), amount in amounts if of == doctype]
		for start in range(0, len(wanted), CHUNK):
			_store_chunk(doctype, wanted[start : start + CHUNK])
			progress(min(start + CHUNK, len(wanted)), len(wanted))
	if contract:
		_touch(CONTRACT, [contract], now)
		return
	services = [name for (of, name), _amount in amounts if of == SERVICE]
	areas = [name for (of, name), _amount in amounts if of == AREA]
	_touch(SERVICE, sorted({*services, *_parents(areas)}), now)


def _store_chunk(doctype: str, amounts: Sequence[tuple[str, Decimal]]) -> None:
	table = frappe.qb.DocType(doctype)
	amount = Case()
	for name, value in amounts:
		amount = amount.when(table.name == name, value)
	names = [name for name, _value in amounts]
	frappe.qb.update(table).set(table.amount, amount).where(table.name.isin(names)).run()


def _parents(areas: Sequence[str]) -> list[str]:
	if not areas:
		return []
	table = frappe.qb.DocType(AREA)
	return (
		frappe.qb.from_(table)
		.select(table.parent)
		.distinct()
		.where(table.name.isin(areas))
		.orderby(table.parent)
		.run(pluck=True)
	)


def _touch(doctype: str, names: Sequence[str], now: datetime.datetime) -> None:
	if not names:
		return
	table = frappe.qb.DocType(doctype)
	query = frappe.qb.update(table).set(table.modified, now).set(table.modified_by, frappe.session.user)
	query.where(table.name.isin(names)).run()
	# All of them at once: one call, where thousands of names would be thousands.
	frappe.clear_document_cache(doctype)
	page_cache.forget()
