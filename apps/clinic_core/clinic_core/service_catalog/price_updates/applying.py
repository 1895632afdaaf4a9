"""Changes prices all or none, and takes a change back all or none (A50). Permission-free.

The services (or the contract) are locked first; the prices are then read as they are committed, and
compared with those the manager looked at. Rows of the price history are only ever added.
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NoReturn

import frappe
from frappe import _
from frappe.utils import escape_html, getdate

from clinic_core.foundation import live
from clinic_core.foundation.errors import ConflictError
from clinic_core.foundation.locks import lock_rows
from clinic_core.foundation.money import to_decimal
from clinic_core.service_catalog.dated_prices import prices
from clinic_core.service_catalog.dated_prices.prices import PriceChange
from clinic_core.service_catalog.price_updates import preview, price_changes
from clinic_core.service_catalog.price_updates.draft import Draft
from clinic_core.service_catalog.price_updates.price_files import Target
from clinic_core.service_catalog.price_updates.rows import (
	AREA,
	CONTRACT,
	SERVICE,
	PriceRow,
	amounts_from,
	histories,
	rows_of,
)
from clinic_core.service_catalog.price_updates.storing import Progress, store, store_from_today

NAMED = 10
"""So many services are named in a message."""


@dataclass(frozen=True)
class Reverted:
	"""How many prices went back, and how many stayed because they were changed since."""

	count: int
	left: int


def apply(update: str, draft: Draft, seen: Mapping[Target, Decimal], progress: Progress) -> int:
	"""Write the draft's prices and, if they begin today, store them as today's. Returns how many changed.

	Raises ConflictError naming what is not as it was when the list was looked at (`seen`).
	"""
	_lock(draft.contract, {service for service, _area in seen})
	rows = rows_of(draft)
	dated = histories({row.service for row in rows}, draft.contract, lock=True)
	old = amounts_from(rows, dated, draft.valid_from)
	if moved := price_changes.moved_since(seen, old):
		_refuse_moved(moved, rows)
	changes = {
		target: change for target, change in preview.changes_of(draft, rows, old).items() if change.difference
	}
	changed = [row for row in rows if row.target in changes]
	prices.record(
		[_price(row, changes[row.target].new, changes[row.target].old, draft.valid_from) for row in changed],
		prices.PRICE_UPDATE,
		update,
	)
	if draft.valid_from <= getdate():
		store([(row.record, changes[row.target].new) for row in changed], draft.contract, progress)
	tell(draft.contract)
	return len(changed)


def revert(update: str, leave_changed: bool, progress: Progress) -> Reverted:
	"""Bring back what held before the update, by new rows: from today, or from its day if that is to come.

	Prices that were changed since are refused by name (ConflictError, the response carries `changed`);
	with `leave_changed` they stay as they are. With nothing left to bring back it is refused, too.
	"""
	ours = _rows_written_by(update)
	contract = next((row.contract for row in ours if row.contract), None)
	_lock(contract, {row.service for row in ours})
	dated = histories({row.service for row in ours}, contract, lock=True)
	back: list[tuple[PriceChange, Decimal]] = []
	changed = []
	for row in ours:
		on = max(row.valid_from, getdate())
		amount = price_changes.restored(
			dated.get((row.service, row.area or ""), []), update, on, row.previous_amount
		)
		if amount is None:
			changed.append((row.service, row.area or ""))
		else:
			back.append(PriceChange(row.service, row.area, row.contract, amount, row.amount, on))
	if changed and not leave_changed:
		_refuse_changed(changed, len(back))
	if not back:
		frappe.throw(
			_("Every one of these prices was changed since. There is nothing to revert."), ConflictError
		)
	prices.record(back, prices.REVERT, update)
	store_from_today(back, contract, progress)
	tell(contract)
	return Reverted(len(back), len(changed))


def _price(row: PriceRow, amount: Decimal, previous: Decimal, valid_from: datetime.date) -> PriceChange:
	return PriceChange(row.service, row.area or None, row.contract, amount, previous, valid_from)


def _lock(contract: str | None, services: Iterable[str]) -> None:
	"""A contract's prices are its own: whoever edits it locks the contract, not the services."""
	lock_rows([(CONTRACT, contract)] if contract else [(SERVICE, service) for service in services])


def _rows_written_by(update: str) -> list[PriceChange]:
	table = frappe.qb.DocType(prices.DOCTYPE)
	rows = (
		frappe.qb.from_(table)
		.select(
			table.service, table.area, table.contract, table.amount, table.previous_amount, table.valid_from
		)
		.where((table.price_update == update) & (table.source == prices.PRICE_UPDATE))
		.orderby(table.creation, table.idx)
		.run()
	)
	return [
		PriceChange(service, area, contract, to_decimal(amount), to_decimal(previous), valid_from)
		for service, area, contract, amount, previous, valid_from in rows
	]


def tell(contract: str | None) -> None:
	"""One event for all of them: pickers and lists fetch again."""
	live.changed(CONTRACT if contract else SERVICE, contract or "")


def _refuse_moved(moved: Sequence[Target], rows: Sequence[PriceRow]) -> NoReturn:
	titles = {row.target: _title(row.service_name, row.area_title) for row in rows}
	frappe.throw(
		_(
			"These prices are not as they were when you looked: {0}. Look at the list again, then submit."
		).format(_named(moved, titles)),
		ConflictError,
		title=_("Prices have changed"),
	)


def _refuse_changed(changed: Sequence[Target], others: int) -> NoReturn:
	titles = _titles_of(changed)
	frappe.local.response["changed"] = [titles.get(target, target[0]) for target in changed]
	frappe.local.response["others"] = others
	frappe.throw(
		_(
			"These prices were changed since: {0}. Leave them and revert the others, or change nothing."
		).format(_named(changed, titles)),
		ConflictError,
		title=_("Prices have changed"),
	)


def _titles_of(targets: Sequence[Target]) -> dict[Target, str]:
	services = {service for service, _area in targets}
	names = dict(
		frappe.get_all(
			SERVICE,
			{"name": ("in", services)},
			["name", "service_name"],
			order_by="name asc",
			as_list=True,
		)
	)
	areas = frappe.get_all(
		AREA,
		{"parenttype": SERVICE, "parent": ("in", services)},
		["parent", "code", "title"],
		order_by="parent asc, idx asc",
	)
	known = {(row.parent, row.code): row.title for row in areas}
	return {
		(service, area): _title(names.get(service, service), known.get((service, area), area))
		for service, area in targets
	}


def _title(service_name: str, area_title: str) -> str:
	return f"{service_name} ({area_title})" if area_title else service_name


def _named(targets: Sequence[Target], titles: Mapping[Target, str]) -> str:
	shown = [escape_html(titles.get(target, target[0])) for target in targets[:NAMED]]
	if len(targets) > NAMED:
		shown.append(_("and {0} more").format(len(targets) - NAMED))
	return _(", ", context="between names").join(shown)
