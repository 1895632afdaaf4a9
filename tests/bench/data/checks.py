"""Does a loaded site hold what its documents would have written? Prints one line per rule.

The masses never went through the product's documents, so its rules are asked of them here: set-based
over everything, and for a sample of each DocType by the documents themselves.
"""

import time
from collections.abc import Callable, Iterator
from typing import Any

import frappe
from clinic_core.foundation.state import as_system
from clinic_core.people import search
from clinic_core.scheduling.queue.numbers import queue_key
from clinic_reception.cash_desk import sealer
from frappe.query_builder.functions import Coalesce, Count, Sum
from frappe.utils import now_datetime
from pypika import Case
from pypika.functions import NullIf

from devbench.paths import Bench
from devbench.ui import Stop, say
from tests.bench.data import staff, stamp
from tests.bench.data.loading import inside
from tests.bench.data.tables import ALL
from tests.bench.world import SIZES, World, site_of

SAMPLE = 5
GROUPS = 2 << 30
"""Memory that a group-by of a check may take."""
EXACT = {
	"Clinic Patient": "patients",
	"Clinic Appointment": "appointments",
	"Clinic Ledger Entry": "ledger_entries",
	"Clinic Lead": "leads",
}
SAVED = ("Clinic Patient", "Clinic Appointment", "Clinic Visit", "Clinic Lead", "Clinic Contact")
SAVED += ("Clinic Activity", "Clinic Call", "Clinic Session", "Clinic Session Plan", "Clinic Triage")
"""Documents that may be saved again as they are; the others are append-only or submitted."""
Found = list[str]


def run(size: str) -> int:
	"""Check one loaded site; 0 when every rule holds. Raises Stop if it was never loaded to the end."""
	bench = Bench()
	loaded = stamp.read(bench.sites / site_of(size))
	if not loaded:
		raise Stop(f"{site_of(size)} is not loaded: python -m tests.bench.data load {size}")
	with inside(bench, site_of(size)):
		# Sums over a million rows are kept in memory; on disk they take minutes.
		frappe.db.sql(
			"SET SESSION tmp_table_size = %(size)s, max_heap_table_size = %(size)s", {"size": GROUPS}
		)
		return report(World(SIZES[size], loaded.day))


def report(world: World) -> int:
	"""Run all rules inside the connected site and print them. Returns the exit code."""
	failed = 0
	for rule in RULES:
		begun = time.monotonic()
		found = list(rule(world))
		failed += bool(found)
		mark = "✗" if found else "✓"
		say(f"  {mark} {rule.__doc__.splitlines()[0]} ({time.monotonic() - begun:.1f} s)")
		for line in found[:10]:
			say(f"      {line}")
	frappe.db.rollback()
	return 1 if failed else 0


def counts(world: World) -> Iterator[str]:
	"""The counts are those of the size."""
	for doctype, field in EXACT.items():
		there, wanted = frappe.db.count(doctype), getattr(world.size, field)
		if there != wanted:
			yield f"{doctype}: {there:,} instead of {wanted:,}"
	for table in ALL:
		if not frappe.db.count(table.doctype):
			yield f"{table.doctype} is empty"


def vouchers(_world: World) -> Iterator[str]:
	"""Every voucher sums to zero."""
	entry = frappe.qb.DocType("Clinic Ledger Entry")
	total = Sum(entry.amount)
	rows = (
		frappe.qb.from_(entry)
		.select(entry.voucher_type, entry.voucher_no, total)
		.groupby(entry.voucher_type, entry.voucher_no)
		.having(total != 0)
		.run()
	)
	yield from (f"{kind} {name} sums to {amount}" for kind, name, amount in rows)


def open_bills(_world: World) -> Iterator[str]:
	"""What is open of each reception is what the ledger says."""
	yield from _differs("Clinic Reception", "outstanding", "reception", "Receivable", 1)


def open_deposits(_world: World) -> Iterator[str]:
	"""What is left of each deposit is what the ledger says."""
	yield from _differs("Clinic Deposit", "available", "deposit", "Deposits", -1)


def _differs(doctype: str, field: str, column: str, account: str, sign: int) -> Iterator[str]:
	document, entry = frappe.qb.DocType(doctype), frappe.qb.DocType("Clinic Ledger Entry")
	sums = (
		frappe.qb.from_(entry)
		.select(entry[column].as_("document"), Sum(entry.amount).as_("amount"))
		.where((entry.account == account) & entry[column].isnotnull())
		.groupby(entry[column])
	)
	rows = (
		frappe.qb.from_(document)
		.left_join(sums)
		.on(sums.document == document.name)
		.select(document.name, document[field], sums.amount)
		.where(document[field] != Coalesce(sums.amount, 0) * sign)
		.run()
	)
	yield from (f"{doctype} {name}: {kept} instead of {amount}" for name, kept, amount in rows)


def shifts(_world: World) -> Iterator[str]:
	"""Every shift was counted as the ledger says."""
	from clinic_reception.cash_desk import shifts as tills

	for name, opening in _some("Clinic Cash Shift", ["name", "opening_float"], 20):
		expected = tills.expected_of(name, opening)
		rows = frappe.get_all(
			"Clinic Cash Count", {"parent": name}, ["method", "counted"], order_by="idx asc"
		)
		if {row.method: row.counted for row in rows} != {m: float(a) for m, a in expected.items()}:
			yield f"{name}: {rows} instead of {expected}"


def seals(world: World) -> Iterator[str]:
	"""The chain of the clinic holds, and the shop's books are unsealed."""
	if world.size.code == "S":
		found = sealer.verify(staff.MAIN_ENTITY)
		if not found["ok"] or found["unsealed"]:
			yield str(found)
	seal, entry = frappe.qb.DocType("Clinic Ledger Seal"), frappe.qb.DocType("Clinic Ledger Entry")
	unsealed = (
		frappe.qb.from_(entry)
		.left_join(seal)
		.on(seal.ledger_entry == entry.name)
		.select(entry.legal_entity, Count(entry.name))
		.where(seal.name.isnull())
		.groupby(entry.legal_entity)
		.run()
	)
	if dict(unsealed) != {staff.SHOP_ENTITY: world.size.unsealed}:
		yield f"unsealed: {unsealed}"


def entitlements(_world: World) -> Iterator[str]:
	"""What was granted is what its entries say, and no more of it is used than was granted."""
	right, entry = frappe.qb.DocType("Clinic Entitlement"), frappe.qb.DocType("Clinic Entitlement Entry")
	left = Sum(entry.quantity)
	granted = Sum(Case().when(entry.kind == "Grant", entry.quantity).else_(0))
	rows = (
		frappe.qb.from_(right)
		.left_join(entry)
		.on(entry.entitlement == right.name)
		.where(right.status != "Cancelled")
		.select(right.name, right.quantity, granted, left)
		.groupby(right.name, right.quantity)
		.having((granted != right.quantity) | (left < 0))
		.run()
	)
	yield from (f"{name}: {left} left of {sold}, {given} granted" for name, sold, given, left in rows)


_QUEUES = queue_key("")


def claims(_world: World) -> Iterator[str]:
	"""No claims overlap, queue numbers are those of their claims, and every coming appointment holds its time."""
	claim, booked = frappe.qb.DocType("Clinic Time Claim"), frappe.qb.DocType("Clinic Appointment")
	# Who shares a start with others holds a seat beside them (F13): a group counts as one.
	holders = Count(Coalesce(NullIf(claim.group_key, ""), claim.name)).distinct()
	twice = (
		frappe.qb.from_(claim)
		.select(claim.resource_key, claim.cell, holders)
		.where(claim.resource_key.not_like(f"{_QUEUES}%"))
		.groupby(claim.resource_key, claim.cell)
		.having(holders > 1)
		.run()
	)
	yield from (f"{key} is held {times} times in cell {cell}" for key, cell, times in twice)
	# All numbers of a queue are claimed on one cell, each by a seat of its own (G03).
	misnumbered = (
		frappe.qb.from_(claim)
		.join(booked)
		.on(booked.name == claim.appointment)
		.select(booked.name, booked.queue_no, claim.seat)
		.where(claim.resource_key.like(f"{_QUEUES}%") & (booked.queue_no != claim.seat + 1))
		.run()
	)
	yield from (f"{name}: number {number} holds seat {seat}" for name, number, seat in misnumbered)
	without = (
		frappe.qb.from_(booked)
		.left_join(claim)
		.on(claim.appointment == booked.name)
		.select(booked.name)
		.where(booked.status.isin(("Booked", "Confirmed")) & claim.name.isnull())
		.where(booked.end >= now_datetime())
		.run()
	)
	yield from (f"{name} holds no time" for (name,) in without)


def links(_world: World) -> Iterator[str]:
	"""Links point to something."""
	for table in ALL:
		for df in frappe.get_meta(table.doctype).get_link_fields():
			if df.fieldname not in table.columns or df.options == "DocType":
				continue
			here, there = frappe.qb.DocType(table.doctype), frappe.qb.DocType(df.options)
			lost = (
				frappe.qb.from_(here)
				.left_join(there)
				.on(there.name == here[df.fieldname])
				.select(here.name, here[df.fieldname])
				.where(here[df.fieldname].isnotnull() & there.name.isnull())
				.limit(3)
				.run()
			)
			yield from (f"{table.doctype} {name}: {df.fieldname} {value}" for name, value in lost)


def persons(world: World) -> Iterator[str]:
	"""People are found by number, code, file and name."""
	for number in range(0, world.size.patients, world.size.patients // SAMPLE):
		patient = world.patient(number)
		for text in (patient.local_mobile, patient.national_code, patient.file_no, patient.full_name):
			found = [row["name"] for row in search.find(text, 200)] if text else [patient.name]
			if patient.name not in found:
				yield f"{patient.name} is not found by {text}"


def documents(_world: World) -> Iterator[str]:
	"""A sample of each document loads, and saves as it is without a complaint."""
	for table in ALL:
		if frappe.get_meta(table.doctype).istable:
			continue
		for (name,) in _some(table.doctype, ["name"], SAMPLE):
			yield from _save(table.doctype, name)


def _save(doctype: str, name: str) -> Found:
	doc = frappe.get_doc(doctype, name)
	before = _plain(doc)
	if doctype not in SAVED:
		return []
	try:
		with as_system():
			doc.save(ignore_permissions=True)
	except Exception as error:
		return [f"{doctype} {name}: {type(error).__name__}: {error}"]
	after = _plain(frappe.get_doc(doctype, name))
	return [
		f"{doctype} {name}: {field} {before.get(field)!r} became {after.get(field)!r}"
		for field in before
		if before[field] != after.get(field)
	]


def _plain(doc: Any) -> dict[str, Any]:
	ours = {field.fieldname for field in doc.meta.fields}
	return {
		key: value or None
		for key, value in doc.as_dict(no_nulls=True).items()
		if key in ours and not isinstance(value, list)
	}


def _some(doctype: str, fields: list[str], count: int) -> list[tuple[Any, ...]]:
	"""Loaded records, spread over the whole table."""
	loaded = {"name": ("like", "b_-%")}
	total = frappe.db.count(doctype, loaded)
	found = []
	for place in range(count):
		start = total * place // count
		found += frappe.get_all(
			doctype,
			filters=loaded,
			fields=fields,
			order_by="name asc",
			limit_start=start,
			limit_page_length=1,
			as_list=True,
		)
	return found


RULES: tuple[Callable[[World], Iterator[str]], ...] = (
	counts,
	vouchers,
	open_bills,
	open_deposits,
	shifts,
	seals,
	entitlements,
	claims,
	links,
	persons,
	documents,
)
