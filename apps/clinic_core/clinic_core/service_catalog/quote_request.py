"""Requests for prices as they come over the wire, read into what `quotes` takes."""

from collections.abc import Iterable, Mapping
from typing import Any

import frappe
from frappe import _
from frappe.utils import cint

from clinic_core.foundation import wire
from clinic_core.foundation.errors import refuse_input
from clinic_core.service_catalog.quote_sentences import in_line

MOST_LINES = 1000
"""Prices of so many lines are asked for in one call."""

_NAMES = ("service", "area", "contract", "supplementary_contract", "practitioner")


def line(values: Mapping[str, Any], idx: int | None = None) -> dict[str, Any]:
	"""One line with its numbers read; `idx` names it in errors. Raises InvalidInputError."""
	name = _("Line {0}").format(idx) if idx else ""
	for field in _NAMES:
		if not isinstance(values.get(field) or "", str):
			refuse_input(in_line(name, _name_label(field)), _("This must be a name."))
	if not values.get("service"):
		refuse_input(in_line(name, _("Service")), _("This is missing."))
	return {
		**{field: values.get(field) or None for field in _NAMES},
		"quantity": wire.parse_number(values.get("quantity"), in_line(name, _("Quantity")), default=1),
		"discount_percent": wire.parse_number(
			values.get("discount_percent"), in_line(name, _("Discount percent"))
		),
		"discount_amount": wire.parse_number(
			values.get("discount_amount"), in_line(name, _("Discount amount"))
		),
		"touch_up": cint(values.get("touch_up")),
		"at_list_price": cint(values.get("at_list_price")),
		"idx": idx,
	}


def lines(value: str | list | None) -> list[dict[str, Any]]:
	"""The lines of a batch, at most MOST_LINES. Raises InvalidInputError."""
	rows = wire.parse_list(value, _("Lines"))
	if len(rows) > MOST_LINES:
		refuse_input(_("Lines"), _("Ask for at most {0} at a time.").format(MOST_LINES))
	if not all(isinstance(row, dict) for row in rows):
		refuse_input(_("Lines"), _("This could not be read. Please send it as JSON."))
	return [line(row, idx) for idx, row in enumerate(rows, 1)]


def require_services(names: Iterable[str]) -> None:
	"""That the user may read all these services; those that do not exist are not its business.

	One query, two more if some are missing. Raises frappe.PermissionError.
	"""
	wire.require_permission("Clinic Service", "read")
	wanted = set(names)
	filters = {"name": ("in", sorted(wanted))}
	allowed = frappe.get_list("Clinic Service", filters=filters, pluck="name", limit_page_length=0)
	hidden = sorted(wanted - set(allowed))
	first = frappe.db.get_value("Clinic Service", {"name": ("in", hidden)}) if hidden else None
	if first:
		wire.require_permission("Clinic Service", "read", first)


def _name_label(field: str) -> str:
	return {
		"service": _("Service"),
		"area": _("Body area"),
		"contract": _("Contract"),
		"supplementary_contract": _("Supplementary contract"),
		"practitioner": _("Practitioner"),
	}[field]
