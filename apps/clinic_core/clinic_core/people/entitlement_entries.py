"""The entries of entitlements: the only writer of Clinic Entitlement Entry, and their sums."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import frappe
from frappe.utils import now_datetime

ENTRY = "Clinic Entitlement Entry"
SET_ASIDE = frozenset({"Reserve", "Release"})


def read(filters: dict[str, Any]) -> list[frappe._dict]:
	"""Entries as they are now, past the transaction's snapshot, in the order they were posted."""
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
		query = query.where(table[field] == value)
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
