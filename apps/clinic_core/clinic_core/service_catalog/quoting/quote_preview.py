"""The price of a service while its form is being filled in: of values that are not saved yet."""

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import frappe
from frappe import _
from frappe.utils import getdate

from clinic_core.foundation import wire
from clinic_core.foundation.document import read_typed_numbers
from clinic_core.foundation.money import to_decimal
from clinic_core.service_catalog import quotes
from clinic_core.service_catalog.dated_prices import prices
from clinic_core.service_catalog.quotes import Ask, Situation
from clinic_core.service_catalog.quoting import quote_services

DOCTYPE = quote_services.DOCTYPE


def preview(
	values: Mapping[str, Any],
	line: Mapping[str, Any],
	patient: str | None = None,
	branch: str | None = None,
	on: datetime.date | None = None,
) -> dict[str, Any]:
	"""What `quotes.quote_for` would say of a service if it were saved today with these values.

	`line` has the keys of a line there. What is typed holds from today on, up to a price that is scheduled
	for a later day; past days keep their prices. Raises InvalidInputError naming the field.
	"""
	row = _row(values)
	situation = Situation(patient, branch, getdate(on))
	dated = _dated(row, situation.on)
	ask = Ask.read({**line, "service": row.name})
	[answer] = quotes.price([ask], {row.name: row}, dated, situation)
	return answer


def _row(values: Mapping[str, Any]) -> frappe._dict:
	"""The typed values as a service's row with its areas by code; a new area is known by its row."""
	given = {field: values.get(field) for field in quote_services.FIELDS if field in values}
	doc = frappe.get_doc({**given, "doctype": DOCTYPE})
	for row in wire.parse_list(values.get("areas"), _("Body areas")):
		typed = wire.parse_dict(row, _("Body areas"))
		doc.append("areas", {field: typed.get(field) for field in (*quote_services.AREA_FIELDS, "name")})
	read_typed_numbers(doc)
	found = frappe._dict({field: doc.get(field) for field in quote_services.FIELDS})
	found.name = found.name or _("New service")
	found.areas = {
		row.code or row.name or str(row.idx): frappe._dict(
			title=row.title, amount=row.amount, is_active=row.is_active
		)
		for row in doc.areas
	}
	return found


def _dated(row: frappe._dict, on: datetime.date) -> dict[prices.Key, Decimal]:
	"""The list prices of that day which typing another amount today would not change."""
	saved = quote_services.read([row.name]).get(row.name)
	if not saved:
		return {}
	today, kept = getdate(), {}
	query = prices.in_force(on, lambda table: (table.service == row.name) & table.contract.isnull())
	for held in query.run(as_dict=True):
		area = held.area or None
		if area and (area not in saved.areas or area not in row.areas):
			continue
		typed, stored = (quote_services.stored_amount(one, area) for one in (row, saved))
		if typed == stored or on < today or held.valid_from > today:
			kept[(row.name, area, None)] = to_decimal(held.amount)
	return kept
