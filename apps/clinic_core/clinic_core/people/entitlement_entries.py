"""The entries of entitlements: the only writer of Clinic Entitlement Entry, and their sums."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import frappe
from frappe.utils import getdate, now_datetime

ENTRY = "Clinic Entitlement Entry"
SET_ASIDE = frozenset({"Reserve", "Release"})
# Quantities are floats in the database: less than this is nothing.
SMALL = 1e-6


def read(filters: dict[str, Any]) -> list[frappe._dict]:
	"""Entries as they are now, past the transaction's snapshot, in the order they were posted.

	A filter is a value or a list of values.
	"""
	table = frappe.qb.DocType(ENTRY)
	query = frappe.qb.from_(table).select(
		table.name,
		table.entitlement,
		table.kind,
		table.quantity,
		table.reference_doctype,
		table.reference_name,
		table.reverses,
		table.creation,
	)
	for field, value in filters.items():
		query = query.where(table[field].isin(value) if isinstance(value, list) else table[field] == value)
	rows = query.for_update().run(as_dict=True)
	return sorted(rows, key=lambda row: (row.creation, row.name))


def of_reference(entitlement: str, reference_doctype: str, reference_name: str) -> list[frappe._dict]:
	"""What was posted for one reference and is not mirrored yet."""
	rows = read({"entitlement": entitlement})
	mirrored = {row.reverses for row in rows if row.reverses}
	return [
		row
		for row in rows
		if (row.reference_doctype, row.reference_name) == (reference_doctype, reference_name)
		and not row.reverses
		and row.name not in mirrored
	]


def sums(entitlement: str) -> dict[str, float]:
	"""`left` and `reserved` of one entitlement, as they are now."""
	return add_up(read({"entitlement": entitlement}))[entitlement]


def sums_of(names: list[str]) -> dict[str, dict[str, float]]:
	"""The same of several, in one query, as the snapshot sees them (screens)."""
	if not names:
		return {}
	rows = frappe.get_all(
		ENTRY, {"entitlement": ("in", names)}, ["entitlement", "kind", "quantity"], order_by="name asc"
	)
	return add_up(rows)


def add_up(rows: Iterable[frappe._dict]) -> dict[str, dict[str, float]]:
	"""`left` and `reserved` per entitlement; left includes what is reserved."""
	found: dict[str, dict[str, float]] = defaultdict(lambda: {"left": 0.0, "reserved": 0.0})
	for row in rows:
		if row.kind in SET_ASIDE:
			found[row.entitlement]["reserved"] -= row.quantity
		else:
			found[row.entitlement]["left"] += row.quantity
	return found


def post(
	doc: Any,
	kind: str,
	quantity: float,
	reference_doctype: str,
	reference_name: str,
	*,
	reason: str | None = None,
	reverses: str | None = None,
) -> None:
	"""Append one signed entry. The caller has locked the entitlement `doc`."""
	entry = frappe.get_doc(
		{
			"doctype": ENTRY,
			"entitlement": doc.name,
			"patient": doc.patient,
			"service": doc.service,
			"kind": kind,
			"quantity": quantity,
			"reference_doctype": reference_doctype,
			"reference_name": reference_name,
			"reason": reason,
			"reverses": reverses,
			"posted_at": now_datetime(),
		}
	)
	entry.flags.by_entitlements = True
	entry.insert(ignore_permissions=True, ignore_links=True)


def post_many(rows: list[dict[str, Any]]) -> None:
	"""Append signed entries in one statement. The caller has locked their entitlements.

	Rows {entitlement, patient, service, kind, quantity, reference_doctype, reference_name, reason}.
	"""
	if not rows:
		return
	now, user = now_datetime(), frappe.session.user
	stamps = {"creation": now, "modified": now, "owner": user, "modified_by": user, "posted_at": now}
	columns = ["name", *stamps, *rows[0]]
	values = [[frappe.generate_hash(length=10), *stamps.values(), *row.values()] for row in rows]
	frappe.db.bulk_insert(ENTRY, columns, values)


def status_of(
	rows: Iterable[frappe._dict], valid_to: datetime.date | str | None, today: datetime.date
) -> str:
	"""The state of an entitlement by all its entries: Active, Used Up, Expired or Cancelled."""
	rows = list(rows)
	mirrored = {row.reverses for row in rows if row.reverses}
	if not any(row.kind == "Grant" and not row.reverses and row.name not in mirrored for row in rows):
		return "Cancelled"
	left = sum(row.quantity for row in rows if row.kind not in SET_ASIDE)
	if left <= SMALL:
		return "Used Up"
	return "Expired" if valid_to and getdate(valid_to) < today else "Active"
