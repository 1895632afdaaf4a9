"""What the centre says of itself, also where nobody has said anything yet (A92).

A Single that was never saved answers None for everything, and 0 for a check added later: what is not
stored is read as its default here, and missing texts come from the main branch and the company.
"""

from typing import Any

import frappe
from frappe import _
from frappe.utils import cint

from clinic_core.foundation import settings

DOCTYPE = "Clinic Public Profile"

_SWITCHES = {
	"published": 1,
	"show_branches": 1,
	"show_practitioners": 0,
	"show_articles": 1,
	"comments_on": 1,
	"comments_per_hour": 20,
	"comments_per_page": 5,
}


def read() -> Any:
	"""The stored profile with defaults for what is not stored; nothing is taken from elsewhere yet.

	One query in a request, however often it is asked.
	"""
	stored = frappe.db.get_singles_dict(DOCTYPE)
	found = frappe._dict({key: value for key, value in stored.items() if value not in (None, "")})
	return frappe._dict({**found, **switches(found)})


def switches(stored: Any = None) -> dict[str, int]:
	"""Checks and limits as they hold: the stored ones, else their defaults."""
	if stored is None:
		stored = frappe.db.get_singles_dict(DOCTYPE)
	return {
		field: default if stored.get(field) in (None, "") else cint(stored[field])
		for field, default in _SWITCHES.items()
	}


def shown() -> Any:
	"""The profile as visitors see it: texts of the centre, else of its main branch and company."""
	found = read()
	branches = _branches()
	main = next((one for one in branches if one.name == settings.get("default_branch")), None)
	main = main or (branches[0] if branches else frappe._dict())
	found.centre_name = (
		_(found.centre_name) if found.centre_name else _company() or _(main.title or "") or _("Clinic")
	)
	found.tagline = _(found.tagline) if found.tagline else ""
	found.phone = found.phone or main.phone or ""
	found.address = found.address or main.address or ""
	found.branches = branches if found.show_branches and len(branches) > 1 else []
	found.links = _links()
	return found


def _branches() -> list[Any]:
	return frappe.get_all(
		"Clinic Branch",
		{"is_active": 1},
		["name", "title", "phone", "address"],
		order_by="creation asc, name asc",
		limit=50,
	)


def _company() -> str:
	entity = settings.get("default_legal_entity")
	return _(frappe.get_cached_value("Clinic Legal Entity", entity, "title") or "") if entity else ""


def _links() -> list[Any]:
	return frappe.get_all(
		"Clinic Public Link",
		{"parenttype": DOCTYPE},
		["kind", "url", "label"],
		order_by="idx asc",
		limit=30,
	)
