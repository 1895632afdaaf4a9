"""The history of a lead's states, with the time spent in each (C093). Written once, never changed."""

from collections.abc import Sequence
from typing import Any

import frappe
from frappe.model.document import Document
from frappe.query_builder.functions import Max
from frappe.utils import get_datetime, now_datetime, time_diff_in_seconds

DOCTYPE = "Clinic Lead Status Log"


def record(lead: Document, old: str | None, new: str) -> None:
	"""Keep one change of `lead`; seconds are those spent in `old`."""
	now = now_datetime()
	since = _last_change(lead.name) if old else None
	frappe.get_doc(
		{
			"doctype": DOCTYPE,
			"lead": lead.name,
			"from_status": old,
			"to_status": new,
			"reason": lead.reason if new == "Stagnant" else None,
			"changed_by": frappe.session.user,
			"changed_at": now,
			"seconds_in_status": int(time_diff_in_seconds(now, get_datetime(since or lead.creation)))
			if old
			else 0,
		}
	).insert(ignore_permissions=True)


def record_many(moves: Sequence[tuple[Any, str, str]]) -> None:
	"""Keep changes (lead, old, new) of many leads {name, creation} in two statements."""
	since = _last_changes([lead.name for lead, _old, _new in moves])
	now, user = now_datetime(), frappe.session.user
	columns = ["name", "creation", "modified", "owner", "modified_by"]
	columns += ["lead", "from_status", "to_status", "changed_by", "changed_at", "seconds_in_status"]
	rows = []
	for lead, old, new in moves:
		seconds = int(time_diff_in_seconds(now, get_datetime(since.get(lead.name) or lead.creation)))
		stamps = (frappe.generate_hash(length=10), now, now, user, user)
		rows.append((*stamps, lead.name, old, new, user, now, seconds))
	frappe.db.bulk_insert(DOCTYPE, columns, rows)


def _last_changes(leads: Sequence[str]) -> dict[str, Any]:
	table = frappe.qb.DocType(DOCTYPE)
	rows = (
		frappe.qb.from_(table)
		.select(table.lead, Max(table.changed_at))
		.where(table.lead.isin(sorted(set(leads))))
		.groupby(table.lead)
		.run()
	)
	return dict(rows)


def state_before(lead: str) -> str | None:
	"""The state `lead` was in before its last change."""
	return frappe.db.get_value(
		DOCTYPE, {"lead": lead}, "from_status", order_by="changed_at desc, creation desc"
	)


def _last_change(lead: str) -> str | None:
	return frappe.db.get_value(
		DOCTYPE, {"lead": lead}, "changed_at", order_by="changed_at desc, creation desc"
	)
