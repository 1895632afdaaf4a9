"""Arranging departments and services by hand (A19, A51, A88): all of it or none."""

from collections.abc import Mapping
from typing import Any

import frappe
from frappe import _
from frappe.query_builder import Case
from frappe.utils import escape_html, now_datetime

from clinic_core.foundation import live, locks
from clinic_core.foundation.digits import in_language
from clinic_core.foundation.errors import ConflictError, refuse_input
from clinic_core.service_catalog.definition import search_text
from clinic_core.service_catalog.lists import arrangement
from clinic_core.service_catalog.public_page import page_cache

SERVICE = "Clinic Service"
DEPARTMENT = "Clinic Department"
CHUNK = 500
_CARD = ["name", "service_name", "department", "priority", "status", "amount", "duration_minutes", "photo"]


def current() -> dict[str, Any]:
	"""Everything in its order: {departments: [{name, title, is_active, services: […]}], seen}.

	Inactive ones too: they keep their places. `seen` stands for this order: who arranges sends it back.
	Two queries, whatever the number of services. Permissions are those of a list.
	"""
	departments = frappe.get_list(
		DEPARTMENT,
		fields=["name", "title", "kind", "is_active", "priority", "colour"],
		order_by="priority asc, title asc, name asc",
		limit_page_length=0,
	)
	services = frappe.get_list(
		SERVICE,
		filters=[[SERVICE, "department", "in", [row.name for row in departments]]],
		fields=_CARD,
		order_by="priority asc, service_name asc, name asc",
		limit_page_length=0,
	)
	by_department: dict[str, list[Any]] = {row.name: [] for row in departments}
	for row in services:
		by_department[row.department].append(row)
	for row in departments:
		row.services = by_department[row.name]
	return {"departments": departments, "seen": arrangement.fingerprint(_order(departments))}


def arrange(wanted: list[tuple[str, list[str]]], seen: str) -> dict[str, Any]:
	"""Bring departments and services into the `wanted` order; services may change their department.

	`seen` is what `current` gave when the arranging began. Raises ConflictError if the order has been
	changed since, InvalidInputError if `wanted` is not the same departments and services. Writes what
	moved, by one update for each 500, and who moved it. Returns {moved, departments, seen}.
	"""
	# Locked before the first reading, so that of two who arrange at once the second reads what the first did.
	locks.lock_rows([(DEPARTMENT, name) for name, _services in wanted])
	known = current()
	order = _order(known["departments"])
	_refuse_if_changed(known["seen"], seen)
	_refuse_if_different(order, wanted)
	departments = {row.name: row for row in known["departments"]}
	services = {row.name: row for row in departments.values() for row in row.services}
	change = arrangement.changes(
		wanted,
		{name: row.priority for name, row in departments.items()},
		{name: arrangement.Place(row.department, row.priority) for name, row in services.items()},
	)
	_refuse_inactive_departments(change.services, departments, services)
	_write_departments(change.departments)
	_write_services(change.services)
	_write_notes(change, departments)
	moved = [name for name, place in change.services.items() if place.department != services[name].department]
	search_text.rewrite(moved)
	_tell(change)
	return {
		"moved": len(change.services),
		"departments": len(change.departments),
		"seen": arrangement.fingerprint(wanted),
	}


def _order(departments: list[Any]) -> list[tuple[str, list[str]]]:
	return [(row.name, [service.name for service in row.services]) for row in departments]


def _refuse_if_changed(now: str, seen: str) -> None:
	if now != seen:
		frappe.throw(
			_("Somebody else has changed services or their order meanwhile. Load the page again, please."),
			ConflictError,
			title=_("Not saved"),
		)


def _refuse_if_different(order: arrangement.Order, wanted: arrangement.Order) -> None:
	found = arrangement.difference(order, wanted)
	names = [*found.missing, *found.unknown, *found.twice]
	if names:
		refuse_input(
			_("Order"),
			_("Each department and service must stand in it once. Look at {0}.").format(
				escape_html(", ".join(names[:5]))
			),
		)


def _refuse_inactive_departments(
	places: Mapping[str, arrangement.Place], departments: Mapping[str, Any], services: Mapping[str, Any]
) -> None:
	"""The rule of the form holds here too: a service in use stands in a department in use."""
	for name, place in places.items():
		row, department = services[name], departments[place.department]
		if row.department != place.department and row.status == "Active" and not department.is_active:
			refuse_input(
				row.service_name,
				_("The department “{0}” is not active. Activate it first.").format(department.title),
			)


def _write_departments(priorities: Mapping[str, int]) -> None:
	_write(DEPARTMENT, {name: {"priority": value} for name, value in priorities.items()})


def _write_services(places: Mapping[str, arrangement.Place]) -> None:
	_write(SERVICE, {name: place._asdict() for name, place in places.items()})


def _write(doctype: str, values: Mapping[str, Mapping[str, Any]]) -> None:
	"""Several fields of many records by one update for each 500 of them."""
	table, names = frappe.qb.DocType(doctype), sorted(values)
	for at in range(0, len(names), CHUNK):
		some = names[at : at + CHUNK]
		query = frappe.qb.update(table).where(table.name.isin(some))
		for field in values[some[0]]:
			case = Case()
			for name in some:
				case = case.when(table.name == name, values[name][field])
			query = query.set(table[field], case)
		query.set(table.modified, now_datetime()).set(table.modified_by, frappe.session.user).run()


def _write_notes(change: arrangement.Change, departments: Mapping[str, Any]) -> None:
	"""Who moved what to where, in the history of each record. One statement."""
	step = arrangement.STEP
	rows = [
		_note(DEPARTMENT, name, _("moved it to place {0}").format(_digits(priority // step)))
		for name, priority in change.departments.items()
	]
	for name, place in change.services.items():
		title = departments[place.department].title
		text = _("moved it to place {0} in {1}").format(_digits(place.priority // step), escape_html(title))
		rows.append(_note(SERVICE, name, text))
	if rows:
		frappe.db.bulk_insert("Comment", _NOTE_FIELDS, rows)


# A Comment rather than a Version, whose names are a sequence of the database in some releases.
_NOTE_FIELDS = [
	"name",
	"creation",
	"modified",
	"owner",
	"modified_by",
	"comment_type",
	"comment_email",
	"reference_doctype",
	"reference_name",
	"content",
]


def _note(doctype: str, name: str, text: str) -> tuple[Any, ...]:
	now, user = now_datetime(), frappe.session.user
	return (frappe.generate_hash(length=10), now, now, user, user, "Info", user, doctype, name, text)


def _digits(number: int) -> str:
	return in_language(str(number), frappe.local.lang)


def _tell(change: arrangement.Change) -> None:
	"""Pickers and boards fetch again; one event is enough for all."""
	for doctype, names in ((DEPARTMENT, change.departments), (SERVICE, change.services)):
		for name in names:
			frappe.clear_document_cache(doctype, name)
		if names:
			live.changed(doctype, next(iter(names)))
	page_cache.forget()
