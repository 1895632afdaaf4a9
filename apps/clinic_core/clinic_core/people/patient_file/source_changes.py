"""Changes of a patient's referral source: who, when, from what, to what, why (D24, D48). Append-only."""

from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import now_datetime

from clinic_core.foundation.errors import refuse_input

DOCTYPE = "Clinic Patient Source Change"
MAX_ROWS = 200


def check(doc: Document, before: Document | None) -> None:
	"""A source that was known is changed for a reason. Raises InvalidInputError."""
	reason = (doc.get("source_change_reason") or "").strip()
	doc.source_change_reason = None
	doc.flags.source_change = None
	if not before or before.referral_source == doc.referral_source:
		return
	if before.referral_source and not reason:
		refuse_input(_("Why the source changes"), _("Write in a few words why, it stays in the history."))
	doc.flags.source_change = (before.referral_source, doc.referral_source, reason)


def record(doc: Document) -> None:
	"""Write what `check` found, in the transaction of the file itself."""
	change = doc.flags.source_change
	if not change:
		return
	doc.flags.source_change = None
	old, new, reason = change
	entry = frappe.get_doc(
		{
			"doctype": DOCTYPE,
			"patient": doc.name,
			"changed_at": now_datetime(),
			"changed_by": frappe.session.user,
			"from_source": old,
			"to_source": new,
			"reason": reason,
		}
	)
	entry.flags.by_the_file = True
	entry.insert(ignore_permissions=True)


def of(patients: list[str]) -> list[dict[str, Any]]:
	"""Rows {changed_at, changed_by, user_name, from_source, to_source, from_title, to_title, reason} of a
	file, newest first. One query."""
	return frappe.get_all(
		DOCTYPE,
		filters={"patient": ("in", patients)},
		fields=[
			"changed_at",
			"changed_by",
			"changed_by.full_name as user_name",
			"from_source",
			"to_source",
			"from_source.title as from_title",
			"to_source.title as to_title",
			"reason",
		],
		order_by=f"`tab{DOCTYPE}`.changed_at desc, `tab{DOCTYPE}`.name desc",
		limit=MAX_ROWS,
	)
