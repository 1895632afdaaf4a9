"""Loads the catalogue into Clinic Suggested Service: each edition once, so a user's edit survives."""

from collections.abc import Sequence
from typing import Any

import frappe
from frappe.utils import now_datetime

from clinic_core.service_catalog.suggestions import catalogue

DOCTYPE = "Clinic Suggested Service"
_LOADED = f"clinic_seeded:{DOCTYPE}"


def load() -> int:
	"""Insert the services of editions that were not loaded yet; returns how many.

	What was deleted or changed since its edition was loaded stays so (`design.md` §4.15). Hundreds of
	rows go in at once: an installation should not wait for hundreds of documents.
	"""
	loaded = int(frappe.db.get_default(_LOADED) or 0)
	if loaded >= catalogue.edition():
		return 0
	known = set(frappe.get_all(DOCTYPE, pluck="name", order_by="name asc"))
	new = [row for row in catalogue.read() if row["edition"] > loaded and row["code"] not in known]
	insert([{field: value for field, value in row.items() if field != "edition"} for row in new])
	frappe.db.set_default(_LOADED, str(catalogue.edition()))
	return len(new)


def insert(rows: Sequence[dict[str, Any]]) -> None:
	"""Write rows as their documents would; all have the same fields, `code` among them."""
	if not rows:
		return
	now, user = now_datetime(), frappe.session.user
	stamp = {"creation": now, "modified": now, "owner": user, "modified_by": user, "docstatus": 0, "idx": 0}
	full = [{"name": row["code"], **stamp, **row} for row in rows]
	fields = list(full[0])
	frappe.db.bulk_insert(DOCTYPE, fields, [[row[field] for field in fields] for row in full])


def forget() -> None:
	"""Forget what was loaded: the app is being uninstalled."""
	frappe.defaults.clear_default(key=_LOADED)
