"""Who saw a patient's file, as the manager reads it on the form."""

from typing import Any

import frappe
from frappe import _

from clinic_core.people.access_log.seen import DOCTYPE
from clinic_core.people.merging.whole import names_of


def views(patient: str, start: int, page_length: int) -> dict[str, Any]:
	"""Rows {at, user, full_name, role, what, through, document_type, document, details}, newest first.

	Files merged into this one count as his. Two queries, and one for the merged files.
	"""
	rows = frappe.get_all(
		DOCTYPE,
		filters={"patient": ("in", names_of(patient))},
		fields=["at", "user", "role", "what", "through", "document_type", "document", "details", "ip"],
		order_by="at desc, name asc",
		limit_start=start,
		limit_page_length=page_length + 1,
	)
	has_more, rows = len(rows) > page_length, rows[:page_length]
	people = frappe.get_all(
		"User",
		filters={"name": ("in", list({row.user for row in rows}) or [""])},
		fields=["name", "full_name"],
		order_by="name asc",
	)
	names = {row.name: row.full_name for row in people}
	for row in rows:
		row.update(
			at=str(row.at).split(".")[0],
			full_name=names.get(row.user, row.user),
			role=_(row.role) if row.role else "",
			what_label=_(row.what, context=DOCTYPE),
			through=_(row.through),
			document_type=_(row.document_type) if row.document_type else "",
		)
	return {"rows": rows, "has_more": has_more}
