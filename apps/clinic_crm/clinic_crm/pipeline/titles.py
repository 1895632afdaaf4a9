"""Titles of many records at once, for rows that people read: one query for each DocType."""

from collections.abc import Iterable

import frappe
from frappe import _

TITLE_FIELD = {
	"Clinic Marketing Channel": "title",
	"Clinic Contact Method": "title",
	"Clinic Feedback": "title",
	"Clinic Service": "service_name",
	"User": "full_name",
}
_TRANSLATED = frozenset({"Clinic Marketing Channel", "Clinic Contact Method", "Clinic Feedback"})


def of(doctype: str, names: Iterable[str | None]) -> dict[str, str]:
	"""{name: title} of the given records; names that are None or unknown are left out."""
	wanted = sorted({name for name in names if name})
	if not wanted:
		return {}
	field = TITLE_FIELD[doctype]
	rows = frappe.get_all(
		doctype, filters={"name": ("in", wanted)}, fields=["name", field], order_by="name asc"
	)
	translate = _ if doctype in _TRANSLATED else str
	return {row.name: translate(row[field]) for row in rows if row[field]}


def of_services(leads: Iterable[str]) -> dict[str, list[str]]:
	"""{lead: [names of the services wished for]}; two queries."""
	wanted = sorted(set(leads))
	if not wanted:
		return {}
	rows = frappe.get_all(
		"Clinic Lead Service",
		filters={"parent": ("in", wanted), "parenttype": "Clinic Lead"},
		fields=["parent", "service"],
		order_by="parent asc, idx asc",
	)
	names = of("Clinic Service", (row.service for row in rows))
	found: dict[str, list[str]] = {}
	for row in rows:
		found.setdefault(row.parent, []).append(names.get(row.service, row.service))
	return found
