"""Numbers and chains committed ledger entries per legal entity (`design.md` §4.5, N2).

Chaining while inserting would be one lock for the whole clinic; a job that follows is enough.
The row of the legal entity is locked, so there are never two sealers of one entity.
"""

import datetime
from collections.abc import Callable, Iterable
from typing import Any

import frappe
from clinic_core.foundation.locks import lock_rows
from frappe.query_builder.functions import Count
from frappe.utils import add_days, now_datetime
from pypika.queries import QueryBuilder

from clinic_reception.cash_desk import chain
from clinic_reception.cash_desk.posting import DOCTYPE as LEDGER

SEAL = "Clinic Ledger Seal"
BATCH = 500
_SEALER = "Administrator"
LATE_DAYS = 2
"""A transaction that commits later than this after its `posted_at` does not exist."""


def entities() -> list[str]:
	"""The legal entities of the clinic, in a fixed order."""
	return frappe.get_all("Clinic Legal Entity", pluck="name", order_by="name asc")


def seal_batch(legal_entity: str, limit: int = BATCH) -> int:
	"""Seal the next entries of one legal entity; returns how many. Call in a transaction of its own.

	The lock comes first, then the reads: the snapshot is taken after the last sealer committed.
	"""
	lock_rows([("Clinic Legal Entity", legal_entity)])
	last = _last_seal(legal_entity)
	sequence, previous = (last.sequence, last.entry_hash) if last else (0, chain.GENESIS)
	entries = _unsealed(legal_entity, last.ledger_entry if last else None, limit)
	now, rows = now_datetime(), []
	for entry in entries:
		sequence += 1
		digest = chain.entry_hash(entry, sequence, previous)
		place = (legal_entity, sequence, entry.name, previous, digest, now)
		rows.append((frappe.generate_hash(length=20), now, now, _SEALER, _SEALER, *place))
		previous = digest
	if rows:
		frappe.db.bulk_insert(SEAL, _SEAL_COLUMNS, rows)
	return len(rows)


_SEAL_COLUMNS = [
	"name",
	"creation",
	"modified",
	"owner",
	"modified_by",
	"legal_entity",
	"sequence",
	"ledger_entry",
	"previous_hash",
	"entry_hash",
	"sealed_at",
]


Read = Callable[[QueryBuilder], Iterable[frappe._dict]]
"""Runs a query and gives its rows, all at once or one by one: here, or in a restored backup."""


def _read_here(query: QueryBuilder) -> list:
	return query.run(as_dict=True)


def verify(legal_entity: str, batch: int = 2000, read: Read = _read_here) -> dict[str, Any]:
	"""Check the whole chain of one legal entity, in this database or where `read` reads.

	Returns {ok, checked, unsealed, broken: None or {sequence, ledger_entry, voucher_type,
	voucher_no, problem}}; `broken` is the first row that does not hold.
	"""
	at, broken = (0, chain.GENESIS), None
	while broken is None:
		before, rows = at, read(_sealed(legal_entity, at[0], batch))
		at, broken = chain.check(((row, row if row.name else None) for row in rows), at)
		if at == before:
			break
	return {
		"ok": broken is None,
		"legal_entity": legal_entity,
		"checked": at[0],
		"unsealed": _first(read(_unsealed_count(legal_entity))).unsealed,
		"broken": _named(broken, read) if broken else None,
	}


def _named(broken: chain.Broken, read: Read) -> dict[str, Any]:
	entry = frappe.qb.DocType(LEDGER)
	voucher = _first(
		read(
			frappe.qb.from_(entry)
			.select(entry.voucher_type, entry.voucher_no)
			.where(entry.name == broken.ledger_entry)
		)
	)
	return {
		"sequence": broken.sequence,
		"ledger_entry": broken.ledger_entry,
		"problem": broken.problem,
		**(voucher or {"voucher_type": None, "voucher_no": None}),
	}


def _first(rows: Iterable[frappe._dict]) -> frappe._dict | None:
	return next(iter(rows), None)


def _last_seal(legal_entity: str) -> Any:
	table = frappe.qb.DocType(SEAL)
	rows = (
		frappe.qb.from_(table)
		.select(table.sequence, table.entry_hash, table.ledger_entry)
		.where(table.legal_entity == legal_entity)
		.orderby(table.sequence, order=frappe.qb.desc)
		.limit(1)
		.for_update()
		.run(as_dict=True)
	)
	return rows[0] if rows else None


def _unsealed(legal_entity: str, last_entry: str | None, limit: int) -> list:
	"""Entries without a seal, in the order they were entered; looks back only as far as needed."""
	entry, seal = frappe.qb.DocType(LEDGER), frappe.qb.DocType(SEAL)
	query = (
		frappe.qb.from_(entry)
		.left_join(seal)
		.on(seal.ledger_entry == entry.name)
		.select(*[entry[c] for c in chain.SEALED_COLUMNS])
		.where((entry.legal_entity == legal_entity) & seal.name.isnull())
		.orderby(entry.posted_at)
		.orderby(entry.name)
		.limit(limit)
	)
	if since := _frontier(last_entry):
		query = query.where(entry.posted_at >= since)
	return query.run(as_dict=True)


def _frontier(last_entry: str | None) -> datetime.datetime | None:
	posted_at = frappe.db.get_value(LEDGER, last_entry, "posted_at") if last_entry else None
	return add_days(posted_at, -LATE_DAYS) if posted_at else None


def _sealed(legal_entity: str, after: int, limit: int) -> QueryBuilder:
	"""The next seals with their entries; without an entry its columns are None."""
	entry, seal = frappe.qb.DocType(LEDGER), frappe.qb.DocType(SEAL)
	return (
		frappe.qb.from_(seal)
		.left_join(entry)
		.on(seal.ledger_entry == entry.name)
		.select(
			seal.sequence,
			seal.ledger_entry,
			seal.previous_hash,
			seal.entry_hash,
			*[entry[c] for c in chain.SEALED_COLUMNS],
		)
		.where((seal.legal_entity == legal_entity) & (seal.sequence > after))
		.orderby(seal.sequence)
		.limit(limit)
	)


def _unsealed_count(legal_entity: str) -> QueryBuilder:
	entry, seal = frappe.qb.DocType(LEDGER), frappe.qb.DocType(SEAL)
	return (
		frappe.qb.from_(entry)
		.left_join(seal)
		.on(seal.ledger_entry == entry.name)
		.select(Count(entry.name).as_("unsealed"))
		.where((entry.legal_entity == legal_entity) & seal.name.isnull())
	)
