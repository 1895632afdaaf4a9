"""The history of a lead's states, with the time spent in each (C093). Written once, never changed."""

import frappe
from frappe.model.document import Document
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


def state_before(lead: str) -> str | None:
	"""The state `lead` was in before its last change."""
	return frappe.db.get_value(
		DOCTYPE, {"lead": lead}, "from_status", order_by="changed_at desc, creation desc"
	)


def _last_change(lead: str) -> str | None:
	return frappe.db.get_value(
		DOCTYPE, {"lead": lead}, "changed_at", order_by="changed_at desc, creation desc"
	)
