"""Prices of real services: reads what the pure rules of `pricing` need and words the result.

Permission-free: callers have asked whether the user may see the service.
"""

import datetime
from decimal import Decimal
from typing import Any, NoReturn

import frappe
from frappe import _
from frappe.utils import escape_html, getdate

from clinic_core.foundation import settings
from clinic_core.foundation.errors import refuse_input
from clinic_core.foundation.money import Number, to_decimal
from clinic_core.service_catalog import price_parts as parts
from clinic_core.service_catalog import pricing

DOCTYPE = "Clinic Service"
_FIELDS = [
	"service_name",
	"amount",
	"tax_percent",
	"is_countable",
	"is_fixed_amount",
	"is_session_based",
]


def quote_for(
	service: str,
	patient: str | None = None,
	contract: str | None = None,
	quantity: Number = 1,
	discount_percent: Number = 0,
	on: datetime.date | str | None = None,
) -> dict[str, Any]:
	"""The price of a service as the endpoint `get_quote` gives it (`design.md` §4.4, §5).

	Money in stored units, percents 0 to 100. `patient` and `on` do not change the price as long as
	there are no contracts and no dated price lists; `contract` must therefore be empty.
	Raises InvalidInputError naming the field, frappe.DoesNotExistError for an unknown service.
	"""
	if contract:
		refuse_input(_("Contract"), _("There are no service contracts yet. Leave it empty."))
	terms = _terms(service)
	try:
		result = pricing.quote(
			terms, quantity, discount_percent, rounding_step=settings.get("rounding_step") or 1
		)
	except pricing.PricingError as error:
		_refuse(error)
	return {
		"service": service,
		"on": str(getdate(on)),
		"quantity": as_number(result.quantity),
		"list_price": as_number(result.list_price),
		"unit_price": as_number(result.unit_price),
		"list_total": as_number(result.list_total),
		"insurer_share": as_number(result.insurer_share),
		"insurer_shares": [],
		"discount": as_number(result.discount),
		"tax": as_number(result.tax),
		"rounding": as_number(result.rounding),
		"patient_share": as_number(result.patient_share),
		"total": as_number(result.total),
		"lines": [
			{
				"code": line.code,
				"label": _label(line.code),
				"amount": as_number(line.amount),
				"why": _why(line),
				"params": {key: as_number(value) for key, value in line.params.items()},
			}
			for line in result.lines
		],
	}


def as_number(value: Decimal) -> int | float:
	"""A decimal as JSON carries it: whole amounts as integers."""
	return int(value) if value == value.to_integral_value() else float(value)


def _terms(service: str) -> pricing.Terms:
	row = frappe.db.get_value(DOCTYPE, service, _FIELDS, as_dict=True)
	if not row:
		frappe.throw(
			_("{0} {1} not found").format(_(DOCTYPE), escape_html(service)), frappe.DoesNotExistError
		)
	return pricing.Terms(
		amount=to_decimal(row.amount),
		tax_percent=to_decimal(row.tax_percent),
		is_countable=bool(row.is_countable),
		is_fixed_amount=bool(row.is_fixed_amount),
		is_session_based=bool(row.is_session_based),
	)


def _label(code: str) -> str:
	return {
		parts.LIST_PRICE: _("List price"),
		parts.DISCOUNT: _("Discount"),
		parts.INSURER_SHARE: _("Insurer share"),
		parts.TAX: _("Tax"),
		parts.ROUNDING: _("Rounding", context="money"),
	}[code]


def _why(line: pricing.Line) -> str:
	shown = {key: _plain(value) for key, value in line.params.items()}
	if line.code == parts.LIST_PRICE:
		return _("{0} × {1}").format(shown["quantity"], shown["unit_price"])
	if line.code == parts.ROUNDING:
		return _("rounded to {0}").format(shown["step"])
	return _("{0}% of {1}").format(shown["percent"], shown["of"])


def _plain(value: Decimal) -> str:
	return f"{as_number(value):,}"


def _refuse(error: pricing.PricingError) -> NoReturn:
	if error.code == parts.QUANTITY_NOT_COUNTABLE:
		refuse_input(_("Quantity"), _("This service is not countable: only one can be sold at a time."))
	if error.code == parts.QUANTITY_NOT_WHOLE:
		refuse_input(_("Quantity"), _("Only whole numbers can be sold of this service."))
	if error.code == parts.QUANTITY_NOT_POSITIVE:
		refuse_input(_("Quantity"), _("It must be more than 0."))
	refuse_input(_("Discount percent"), _("It must be between 0 and 100."))
