"""Requests for prices as they come over the wire, read into what `quotes` takes."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

import frappe
from frappe import _
from frappe.utils import cint

from clinic_core.foundation import wire
from clinic_core.foundation.errors import refuse_input
from clinic_core.foundation.money import to_decimal
from clinic_core.service_catalog.quoting.quote_sentences import in_line

MOST_LINES = 1000
"""Prices of so many lines are asked for in one call."""

_NAMES = ("service", "area", "contract", "supplementary_contract", "practitioner")
_NUMBERS = {"quantity": 1, "discount_percent": 0, "discount_amount": 0}
_LABELS: dict[str, Callable[[], str]] = {
	"service": lambda: _("Service"),
	"area": lambda: _("Body area"),
	"contract": lambda: _("Contract"),
	"supplementary_contract": lambda: _("Supplementary contract"),
	"practitioner": lambda: _("Practitioner"),
	"quantity": lambda: _("Quantity"),
	"discount_percent": lambda: _("Discount percent"),
	"discount_amount": lambda: _("Discount amount"),
}


def line(values: Mapping[str, Any], idx: int | None = None) -> dict[str, Any]:
	"""One line with its numbers read; `idx` names it in errors. Raises InvalidInputError."""
	for field in _NAMES:
		if not isinstance(values.get(field) or "", str):
			refuse_input(in_line(idx, _LABELS[field]()), _("This must be a name."))
	if not values.get("service"):
		refuse_input(in_line(idx, _LABELS["service"]()), _("This is missing."))
	return {
		**{field: values.get(field) or None for field in _NAMES},
		**{field: _number(values.get(field), field, idx) for field in _NUMBERS},
		"touch_up": cint(values.get("touch_up")),
		"at_list_price": cint(values.get("at_list_price")),
		"is_for_later": cint(values.get("is_for_later")),
		"idx": idx,
	}


def _number(value: Any, field: str, idx: int | None) -> Decimal:
	if value in (None, ""):
		return Decimal(_NUMBERS[field])
	if isinstance(value, int | float) and not isinstance(value, bool):
		return to_decimal(value)
	return wire.parse_number(value, in_line(idx, _LABELS[field]()))


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
