"""Every price a service got, from when on, by whom and by which update (A50, A87)."""

from decimal import Decimal
from typing import Any

import frappe
from frappe import _
from frappe.utils import cint, getdate
from pypika.queries import QueryBuilder, Table

from clinic_core.foundation.errors import refuse_input
from clinic_core.foundation.money import to_decimal
from clinic_core.service_catalog.dated_prices import prices
from clinic_core.service_catalog.price_updates.price_changes import Change

SERVICE, AREA = "Clinic Service", "Clinic Service Area"
DEPARTMENT, UPDATE, CONTRACT = "Clinic Department", "Clinic Price Update", "Clinic Service Contract"


def execute(filters: dict[str, Any] | None = None) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
	"""Columns and rows, the latest entry first; one query. Raises InvalidInputError for a wrong period."""
	given = frappe._dict(filters or {})
	first = getdate(given.from_date) if given.from_date else None
	last = getdate(given.to_date) if given.to_date else None
	if first and last and first > last:
		refuse_input(_("From date"), _("It must not be after the last day."))
	return columns(), [_row(row) for row in _query(given, first, last).run(as_dict=True)]


def _query(given: Any, first: Any, last: Any) -> QueryBuilder:
	price = frappe.qb.DocType(prices.DOCTYPE)
	query = _with_titles(price)
	for field in ("service", "contract", "source", "price_update"):
		if given.get(field):
			query = query.where(price[field] == given[field])
	if given.department:
		query = query.where(frappe.qb.DocType(SERVICE).department == given.department)
	if not cint(given.with_openings) and given.source != prices.OPENING:
		query = query.where(price.source != prices.OPENING)
	if first:
		query = query.where(price.valid_from >= first)
	if last:
		query = query.where(price.valid_from <= last)
	return query.orderby(price.creation, price.idx, order=frappe.qb.desc)


def _with_titles(price: Table) -> QueryBuilder:
	"""The rows with the names of what they are about."""
	service, area, department = (frappe.qb.DocType(name) for name in (SERVICE, AREA, DEPARTMENT))
	update, contract, user = (frappe.qb.DocType(name) for name in (UPDATE, CONTRACT, "User"))
	return (
		frappe.qb.from_(price)
		.left_join(service)
		.on(service.name == price.service)
		.left_join(department)
		.on(department.name == service.department)
		.left_join(area)
		.on((area.parent == price.service) & (area.parenttype == SERVICE) & (area.code == price.area))
		.left_join(update)
		.on(update.name == price.price_update)
		.left_join(contract)
		.on(contract.name == price.contract)
		.left_join(user)
		.on(user.name == price.owner)
		.select(
			price.valid_from, price.service, service.service_name, area.title.as_("area_title"), price.area
		)
		.select(department.title.as_("department"), contract.title.as_("contract_title"), price.contract)
		.select(price.previous_amount, price.amount, price.source, price.price_update)
		.select(update.title.as_("update_title"), price.creation.as_("entered_at"))
		.select(user.full_name.as_("entered_by"), price.owner)
	)


def _row(row: Any) -> dict[str, Any]:
	is_first = row.source == prices.OPENING
	change = Change(to_decimal(row.previous_amount), to_decimal(row.amount))
	return {
		**row,
		"service_name": row.service_name or row.service,
		"area_title": row.area_title or row.area,
		"entered_by": row.entered_by or row.owner,
		"previous_amount": None if is_first else row.previous_amount,
		"difference": None if is_first else change.difference,
		"percent": None if is_first else _plain(change.percent),
	}


def _plain(value: Decimal | None) -> float | None:
	return None if value is None else float(value)


def columns() -> list[dict[str, Any]]:
	"""The columns of the report."""
	return [
		_column("valid_from", _("Valid from"), "Date", 120),
		_column("service_name", _("Service"), "Data", 220),
		_column("area_title", _("Body area"), "Data", 110),
		_column("department", _("Department"), "Data", 140),
		_column("contract_title", _("Contract"), "Data", 140),
		_column("previous_amount", _("Old price"), "Currency", 130),
		_column("amount", _("New price"), "Currency", 130),
		_column("difference", _("Difference", context="price"), "Currency", 130),
		_column("percent", _("Percent"), "Float", 90),
		_column("source", _("Changed through"), "Data", 130),
		_column("update_title", _("Price update"), "Data", 180),
		_column("entered_by", _("Entered by"), "Data", 150),
		_column("entered_at", _("Entered at"), "Datetime", 170),
	]


def _column(fieldname: str, label: str, fieldtype: str, width: int) -> dict[str, Any]:
	return {"fieldname": fieldname, "label": label, "fieldtype": fieldtype, "width": width}
