"""Dated prices: what a service costs on a day, and every price it ever had (A50, A87; `design.md` §2).

Clinic Service Price is written here only, in whole batches, and never changed. The amounts stored on
services, body areas and contract items are today's prices, for lists (`stored_prices`); a quote reads
the dated rows. Amounts are in stored units (Rial). Permission-free.
"""

import datetime
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import frappe
from frappe.model.document import Document
from frappe.utils import getdate, now_datetime
from pypika import Case, Order
from pypika.analytics import RowNumber
from pypika.functions import Coalesce
from pypika.queries import QueryBuilder, Table
from pypika.terms import Criterion

from clinic_core.foundation.money import to_decimal

DOCTYPE = "Clinic Service Price"
SERVICE = "Clinic Service"

# What wrote a price: the options of its field `source`.
OPENING = "Opening"
FORM = "Form"
PRICE_UPDATE = "Price Update"
REVERT = "Revert"
IMPORT = "Import"
SUGGESTION = "Suggestion"

Key = tuple[str, str | None, str | None]
"""(service, code of the body area, contract); empty or None: of the service itself, the list price."""

_COLUMNS = (
	"name",
	"creation",
	"modified",
	"owner",
	"modified_by",
	"docstatus",
	"idx",
	"service",
	"area",
	"contract",
	"amount",
	"previous_amount",
	"valid_from",
	"source",
	"price_update",
)


@dataclass(frozen=True)
class PriceChange:
	"""A price from a day on. `previous_amount`: what it was so far, None if it had none."""

	service: str
	area: str | None
	contract: str | None
	amount: Decimal
	previous_amount: Decimal | None
	valid_from: datetime.date

	@property
	def key(self) -> Key:
		"""What is priced."""
		return (self.service, self.area or None, self.contract or None)


def amounts_on(keys: Iterable[Key], on: datetime.date) -> dict[Key, Decimal]:
	"""The price of each key that holds on a day; one query, none without keys.

	The latest begun; of one day the one entered last; none begun: the earliest. Keys that have no dated
	price are left out: their stored amount counts.
	"""
	wanted = {key: (key[0], key[1] or None, key[2] or None) for key in keys}
	if not wanted:
		return {}
	services, contracts = {key[0] for key in wanted}, {key[2] for key in wanted.values() if key[2]}

	def is_wanted(table: Table) -> Criterion:
		kind = table.contract.isnull()
		if contracts:
			kind |= table.contract.isin(sorted(contracts))
		return table.service.isin(sorted(services)) & kind

	rows = in_force(on, is_wanted).run(as_dict=True)
	found = {(row.service, row.area or None, row.contract or None): to_decimal(row.amount) for row in rows}
	return {asked: found[key] for asked, key in wanted.items() if key in found}


def record(changes: Sequence[PriceChange], source: str, price_update: str | None = None) -> None:
	"""Write prices: one multi-row insert, with who and when. `source` is one of the constants above.

	A price that was never recorded before gets its previous amount as an opening row first, so that days
	before `valid_from` keep it. The stored amounts are not touched: see `stored_prices.follow`.
	"""
	if not changes:
		return
	rows = [(change, source, price_update) for change in changes]
	rows = [(change, OPENING, None) for change in _missing_openings(changes)] + rows
	now, user = now_datetime(), frappe.session.user
	frappe.db.bulk_insert(
		DOCTYPE,
		list(_COLUMNS),
		[
			(frappe.generate_hash(length=20), now, now, user, user, 0, place, *_values(*row))
			for place, row in enumerate(rows, 1)
		],
	)


def on_service_saved(doc: Document) -> None:
	"""Write what saving a service changed of its prices, from today on (on_update of Clinic Service).

	`doc.flags.price_source` names the source where it is neither the form nor an import.
	"""
	before = doc.get_doc_before_save()
	old = _amounts_of(before) if before else {}
	changes = [
		PriceChange(doc.name, area, None, amount, old.get(area), getdate())
		for area, amount in _amounts_of(doc).items()
		if amount != old.get(area)
	]
	opening = [change for change in changes if change.previous_amount is None]
	record(opening, doc.flags.price_source or OPENING)
	changed = [change for change in changes if change.previous_amount is not None]
	record(changed, doc.flags.price_source or (IMPORT if frappe.flags.in_import else FORM))


def _amounts_of(doc: Document) -> dict[str | None, Decimal]:
	"""The amount of a service (None) and of each of its body areas by code."""
	areas = {row.code: to_decimal(row.amount) for row in doc.areas}
	return {None: to_decimal(doc.amount), **areas}


def forget(service: str | None = None, contract: str | None = None) -> None:
	"""Drop the prices of a service or contract that is being deleted, which nothing else needs.

	Whatever else points to it keeps it from being deleted, and undoes this with it. Another one of the
	same code must not begin with these prices.
	"""
	name, field = (service, "service") if service else (contract, "contract")
	if name:
		table = frappe.qb.DocType(DOCTYPE)
		frappe.qb.from_(table).delete().where(table[field] == name).run()


def history(service: str, limit: int = 100) -> list[dict[str, Any]]:
	"""Every price of a service, its areas and its contracts, the latest first (A50).

	`is_scheduled`: begins later than today; `is_current`: holds today. Two queries.
	"""
	today = getdate()
	table = frappe.qb.DocType(DOCTYPE)
	fields = ("name", "area", "contract", "amount", "previous_amount", "valid_from", "source")
	rows = (
		frappe.qb.from_(table)
		.select(*[table[field] for field in (*fields, "price_update", "owner", "creation")])
		.where(table.service == service)
		.orderby(table.valid_from, table.creation, table.idx, order=Order.desc)
		.limit(limit)
		.run(as_dict=True)
	)
	current = {
		(row.area or None, row.contract or None): row.name
		for row in in_force(today, lambda table: table.service == service).run(as_dict=True)
	}
	for row in rows:
		row.is_scheduled = row.valid_from > today
		row.is_current = current.get((row.area or None, row.contract or None)) == row.name
		row.pop("name")
	return rows


def _values(change: PriceChange, source: str, price_update: str | None) -> tuple[Any, ...]:
	return (
		*change.key,
		to_decimal(change.amount),
		to_decimal(change.previous_amount),
		change.valid_from,
		source,
		price_update,
	)


def _missing_openings(changes: Sequence[PriceChange]) -> list[PriceChange]:
	"""What the prices were so far, for those that were never recorded."""
	known = {change.key: change for change in reversed(changes) if change.previous_amount is not None}
	if not known:
		return []
	services = sorted({key[0] for key in known})
	recorded = _recorded(services)
	missing = {key: change for key, change in known.items() if key not in recorded}
	if not missing:
		return []
	created = _created(services)
	openings = []
	for key, change in missing.items():
		service, _area, contract = key
		since = change.valid_from - datetime.timedelta(days=1)
		if not contract and service in created:
			since = min(created[service], since)
		openings.append(PriceChange(*key, change.previous_amount, None, since))
	return openings


def _created(services: Collection[str]) -> dict[str, datetime.date]:
	rows = frappe.get_all(
		SERVICE, filters={"name": ("in", services)}, fields=["name", "creation"], order_by="name asc"
	)
	return {row.name: getdate(row.creation) for row in rows}


def _recorded(services: Collection[str]) -> set[Key]:
	table = frappe.qb.DocType(DOCTYPE)
	rows = (
		frappe.qb.from_(table)
		.select(table.service, table.area, table.contract)
		.distinct()
		.where(table.service.isin(services))
		.run()
	)
	return {(service, area or None, contract or None) for service, area, contract in rows}


def in_force(on: datetime.date, is_wanted: Callable[[Table], Criterion | None] | None = None) -> QueryBuilder:
	"""A query of the one row of each key that holds on a day: name, service, area, contract, amount, valid_from.

	`is_wanted` narrows it to the keys asked about: given the table, it returns the condition.
	"""
	table = frappe.qb.DocType(DOCTYPE)
	begun = table.valid_from <= on
	place = (
		RowNumber()
		.over(table.service, table.area, table.contract)
		.orderby(Case().when(begun, 0).else_(1))
		.orderby(Case().when(begun, table.valid_from), order=Order.desc)
		.orderby(table.valid_from)
		.orderby(table.creation, table.idx, order=Order.desc)
	)
	fields = ("name", "service", "area", "contract", "amount", "valid_from")
	ranked = standing(frappe.qb.from_(table), table)
	ranked = ranked.select(*[table[field] for field in fields], place.as_("place"))
	if is_wanted:
		ranked = ranked.where(is_wanted(table))
	first = ranked.as_("first")
	return frappe.qb.from_(first).select(*[first[field] for field in fields]).where(first.place == 1)


def standing(query: QueryBuilder, table: Table) -> QueryBuilder:
	"""Leave out what a price update wrote and took back for the same day, and the taking back itself.

	As if neither had been made: a price that is entered later for a day before counts on that day, too.
	"""
	# Rows of a price update are either what it wrote or what it took back: the other one is looked for.
	back = frappe.qb.DocType(DOCTYPE).as_("taken_back")
	is_same_key = (Coalesce(back.area, "") == Coalesce(table.area, "")) & (
		Coalesce(back.contract, "") == Coalesce(table.contract, "")
	)
	is_same = (back.price_update == table.price_update) & (back.service == table.service) & is_same_key
	return (
		query.left_join(back)
		.on(is_same & (back.valid_from == table.valid_from) & (back.source != table.source))
		.where(back.name.isnull())
	)
