"""A patient's messages in his file and statement (hook `clinic_timeline_sources`). Asks as the user."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import get_datetime

from clinic_core.messaging import states
from clinic_core.messaging.drafts import DOCTYPE

METHOD = "clinic_core.messaging.timeline.rows"


def sources() -> list[dict[str, str]]:
	"""Handler of `clinic_timeline_sources`."""
	return [{"method": METHOD}]


def rows(patient: str, start: int = 0, page_length: int = 50) -> dict[str, Any]:
	"""Rows {when, kind, title, amount, status, doctype, name}, newest first: only what the user may see."""
	if not frappe.has_permission(DOCTYPE, "read"):
		return {"rows": [], "has_more": False}
	found = frappe.get_list(
		DOCTYPE,
		filters={"patient": patient},
		fields=["name", "creation", "sent_at", "status", "channel", "subject", "text", "template"],
		order_by="creation desc",
		limit_start=start,
		limit_page_length=page_length + 1,
	)
	return {
		"rows": [
			{
				"when": get_datetime(row.sent_at or row.creation),
				"kind": "message",
				"title": _title(row),
				"amount": None,
				"status": row.status,
				"doctype": DOCTYPE,
				"name": row.name,
			}
			for row in found[:page_length]
		],
		"has_more": len(found) > page_length,
	}


def _title(row: Any) -> str:
	"""The first words of a text message; an email by its subject."""
	if row.channel == states.EMAIL:
		return _("Email: {0}").format(row.subject or row.template or "")[:100]
	return " ".join((row.text or row.template or "").split())[:100]
