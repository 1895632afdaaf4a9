"""Units of missed sessions, many at once: given back, or lapsed (A84). For the night job.

The same rules as `entitlements.release` and `entitlements.burn`, in a constant number of queries.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import frappe
from frappe.utils import getdate

from clinic_core.people import entitlement_entries as entries

DOCTYPE = "Clinic Entitlement"


@dataclass(frozen=True)
class MissedUnit:
	"""One unit that was set aside for `aside_for` and is not used.

	With `lapses_for` it lapses for that reference; both are (DocType, name).
	"""

	entitlement: str
	aside_for: tuple[str, str]
	lapses_for: tuple[str, str] | None = None


def settle(units: Sequence[MissedUnit], reason: str) -> None:
	"""Release what was set aside, burn what lapses (at most what is left) with `reason`.

	In the caller's transaction; locks the entitlements in the order of their names.
	"""
	docs = _locked({unit.entitlement for unit in units})
	known: dict[str, list[frappe._dict]] = defaultdict(list)
	for row in entries.read({"entitlement": sorted(docs)}) if docs else []:
		known[row.entitlement].append(row)
	posted: list[dict[str, Any]] = []
	burnt = set()
	for unit in units:
		doc, rows = docs[unit.entitlement], known[unit.entitlement]
		posted.append(_release(doc, rows, unit.aside_for))
		if unit.lapses_for:
			posted.append(_burn(doc, rows, unit.lapses_for, reason))
			burnt.add(doc.name)
	entries.post_many([row for row in posted if row])
	_keep_statuses([docs[name] for name in sorted(burnt)], known)


def _locked(names: set[str]) -> dict[str, frappe._dict]:
	if not names:
		return {}
	table = frappe.qb.DocType(DOCTYPE)
	rows = (
		frappe.qb.from_(table)
		.select(table.name, table.patient, table.service, table.status, table.valid_to)
		.where(table.name.isin(sorted(names)))
		.orderby(table.name)
		.for_update()
		.run(as_dict=True)
	)
	return {row.name: row for row in rows}


def _release(doc: frappe._dict, rows: list[frappe._dict], reference: tuple[str, str]) -> dict | None:
	aside = -sum(
		row.quantity
		for row in rows
		if row.kind in entries.SET_ASIDE and (row.reference_doctype, row.reference_name) == reference
	)
	return _entry(doc, rows, "Release", min(1.0, aside), reference, None)


def _burn(
	doc: frappe._dict, rows: list[frappe._dict], reference: tuple[str, str], reason: str
) -> dict | None:
	left = sum(row.quantity for row in rows if row.kind not in entries.SET_ASIDE)
	return _entry(doc, rows, "Burn", min(1.0, left), reference, reason)


def _entry(
	doc: frappe._dict,
	rows: list[frappe._dict],
	kind: str,
	units: float,
	reference: tuple[str, str],
	reason: str | None,
) -> dict[str, Any] | None:
	"""The entry to post, None for nothing; the next unit of the same entitlement sees it in `rows`."""
	if units <= entries.SMALL:
		return None
	row = {
		"entitlement": doc.name,
		"patient": doc.patient,
		"service": doc.service,
		"kind": kind,
		"quantity": -units if kind == "Burn" else units,
		"reference_doctype": reference[0],
		"reference_name": reference[1],
		"reason": reason,
	}
	rows.append(frappe._dict(row, name=None, reverses=None))
	return row


def _keep_statuses(docs: list[frappe._dict], known: dict[str, list[frappe._dict]]) -> None:
	changed: dict[str, list[str]] = defaultdict(list)
	for doc in docs:
		status = entries.status_of(known[doc.name], doc.valid_to, getdate())
		if status != doc.status:
			changed[status].append(doc.name)
	for status, names in changed.items():
		frappe.db.set_value(DOCTYPE, {"name": ("in", names)}, "status", status)
