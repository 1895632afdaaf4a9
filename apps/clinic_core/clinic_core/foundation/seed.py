"""Data that a clinic may edit: inserted once if missing, never overwritten (`design.md` §4.15)."""

from collections.abc import Iterable, Mapping
from typing import Any

import frappe
from frappe import _


def insert_missing(doctype: str, records: Iterable[Mapping[str, Any]]) -> list[str]:
	"""Insert the records whose `name` or `code` does not exist yet. Returns the new names.

	What a user changed stays as it is, and what was seeded before and deleted since stays
	deleted: the names of all seeded records are remembered in a default of the site.
	"""
	remembered = f"clinic_seeded:{doctype}"
	seen = set(filter(None, (frappe.db.get_default(remembered) or "").split("\n")))
	new = []
	for record in records:
		name = record.get("name") or record.get("code")
		if name in seen or frappe.db.exists(doctype, name):
			seen.add(name)
			continue
		doc = frappe.get_doc({"doctype": doctype, **_in_site_language(doctype, record)})
		doc.insert(ignore_permissions=True, set_name=record.get("name"))
		new.append(doc.name)
		seen.add(name)
	frappe.db.set_default(remembered, "\n".join(sorted(seen)))
	return new


def _in_site_language(doctype: str, record: Mapping[str, Any]) -> dict[str, Any]:
	"""A clinic in Tehran starts with Persian titles: they are data from here on."""
	language = frappe.db.get_single_value("System Settings", "language") or "en"
	translatable = {df.fieldname for df in frappe.get_meta(doctype).fields if df.translatable}
	return {
		field: _(value, language) if field in translatable and isinstance(value, str) else value
		for field, value in record.items()
	}


def forget(seeds: Iterable[tuple[str, Iterable[Mapping[str, Any]]]]) -> None:
	"""Forget that these were seeded: the app is being uninstalled. What other apps seeded stays known."""
	for doctype, records in seeds:
		remembered = f"clinic_seeded:{doctype}"
		names = {record.get("name") or record.get("code") for record in records}
		left = set(filter(None, (frappe.db.get_default(remembered) or "").split("\n"))) - names
		if left:
			frappe.db.set_default(remembered, "\n".join(sorted(left)))
		else:
			frappe.defaults.clear_default(key=remembered)
