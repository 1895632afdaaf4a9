"""Contacts and leads in the find box and in link boxes (G19): known by a name, a number or only a handle."""

from collections.abc import Sequence
from typing import Any

import frappe
from clinic_core.foundation import wire
from clinic_core.people import phones, search
from clinic_core.people.finding import link_search, why
from clinic_core.people.search_keys import Source
from frappe import _

from clinic_crm.pipeline.states import CLOSED

CONTACT, LEAD = "Clinic Contact", "Clinic Lead"


def sources(names: Sequence[str]) -> dict[str, Source]:
	"""What contacts are found by, read for many at once (hook `clinic_search_documents`). One query."""
	rows = frappe.get_all(
		CONTACT,
		filters={"name": ("in", names)},
		fields=["name", "full_name", "company_name", "social_handle", "mobile", "phone"],
		order_by="name asc",
		limit_page_length=0,
	)
	return {row.name: source_of(row) for row in rows}


def source_of(contact: Any) -> Source:
	"""What one contact is found by, a document or a row."""
	return Source(
		names=[name for name in (contact.full_name, contact.company_name, contact.social_handle) if name],
		phones=[number for number in (contact.mobile, contact.phone) if number],
	)


def find(text: str, limit: int = 10) -> list[dict[str, Any]]:
	"""Rows for the find box: contacts that are no patients yet, and their open leads (hook `clinic_search`).

	What the user may not read is left out. Four queries at most.
	"""
	if not frappe.has_permission(CONTACT, "read"):
		return []
	ranks = {hit.name: hit.rank for hit in search.references(CONTACT, text, limit)}
	if not ranks:
		return []
	contacts = frappe.get_list(
		CONTACT,
		filters={"name": ("in", list(ranks)), "patient": ("is", "not set")},
		fields=["name", "full_name", "mobile", "phone", "social_network", "social_handle", "city"],
		order_by="name asc",
		limit_page_length=0,
	)
	contacts.sort(key=lambda row: ranks[row.name])
	return [_contact(row, text) for row in contacts] + _leads([row.name for row in contacts])


def _contact(row: dict[str, Any], text: str) -> dict[str, Any]:
	handle = " ".join(
		part for part in (row["social_network"] and _(row["social_network"]), row["social_handle"]) if part
	)
	return {
		"group": _("Contacts"),
		"doctype": CONTACT,
		"name": row["name"],
		"title": row["full_name"],
		"title_parts": why.in_name(row["full_name"], text, "name"),
		"hint": handle if row["social_handle"] != row["full_name"] else row["city"] or "",
		"phone": phones.local(row["mobile"] or row["phone"]),
	}


def _leads(contacts: list[str]) -> list[dict[str, Any]]:
	if not contacts or not frappe.has_permission(LEAD, "read"):
		return []
	rows = frappe.get_list(
		LEAD,
		filters={"contact": ("in", contacts), "status": ("!=", CLOSED)},
		fields=["name", "title", "person_name", "status"],
		order_by="modified desc, name asc",
		limit_page_length=10,
	)
	return [
		{
			"group": _("Leads"),
			"doctype": LEAD,
			"name": row.name,
			"title": row.title,
			"title_parts": [(row.title or "", False)],
			"hint": " · ".join((row.person_name or "", _(row.status))),
			"phone": "",
		}
		for row in rows
	]


@frappe.whitelist(methods=["GET"])
def contacts_for_link(
	doctype: str = CONTACT,
	txt: str = "",
	searchfield: str = "name",
	start: int | str = 0,
	page_length: int | str = 20,
	filters: dict | list | str | None = None,
	as_dict: bool | int | str = False,
) -> list:
	"""Rows (name, full name, handle, end of the phone) for a link to a contact (hook `standard_queries`)."""
	wire.require_permission(CONTACT, "read")
	fields = ["full_name", "social_handle", "mobile", "city"]
	conditions = link_search.conditions(CONTACT, filters)
	rows = link_search.by_keys(CONTACT, txt, start, page_length, conditions, fields)
	return [link_search.shown(row, row.full_name, _told_apart(row), as_dict) for row in rows]


def _told_apart(row: dict[str, Any]) -> str:
	handle = row["social_handle"] if row["social_handle"] != row["full_name"] else ""
	number = "…" + phones.local(row["mobile"])[-4:] if row["mobile"] else ""
	return " · ".join(part for part in (handle, number, row["city"]) if part)
