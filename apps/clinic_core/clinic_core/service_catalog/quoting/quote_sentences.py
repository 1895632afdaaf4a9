"""What the codes of a quote say: labels, reasons, notes and refusals, in the reader's language.

Amounts within a sentence are in the unit the clinic shows money in.
"""

import datetime
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, NoReturn

import frappe
from frappe import _

from clinic_core.foundation import settings
from clinic_core.foundation.digits import in_language
from clinic_core.foundation.errors import refuse_input
from clinic_core.foundation.money import Number, to_decimal
from clinic_core.foundation.shown_days import shown_day
from clinic_core.service_catalog.quoting import price_parts as parts
from clinic_core.service_catalog.quoting.price_parts import Line, Note, PricingError

Params = Mapping[str, Any]
Money = Callable[[Number], str]


def as_number(value: Decimal) -> int | float:
	"""A decimal as JSON carries it: whole amounts as integers."""
	return int(value) if value == value.to_integral_value() else float(value)


def label(code: str) -> str:
	"""What a line is called."""
	return _LABELS[code]()


def why(line: Line, money: Money) -> str:
	"""From which figures the number of a line follows. `money` writes amounts: see `money_writer`."""
	return _WHY[line.code](line.params, money)


def note(found: Note) -> str:
	"""What a note says."""
	return _NOTES[found.code]().format(_isolated(found.params.get("title", "")))


def refuse(error: PricingError, idx: int | None = None) -> NoReturn:
	"""Say what has no price; `idx` is the line of a batch. Raises InvalidInputError."""
	field, problem = _REFUSALS[error.code](error.params)
	refuse_input(in_line(idx, field), problem)


def in_line(idx: int | None, field: str) -> str:
	"""The label of a field, with its line where there are several."""
	if not idx:
		return field
	return _("{0}, {1}", context="line, field").format(_("Line {0}").format(count(idx)), field)


def count(value: Number) -> str:
	"""A plain number of a sentence, in the reader's digits."""
	return in_language(f"{as_number(to_decimal(value)):,}", frappe.local.lang)


def money_writer() -> Money:
	"""Writes amounts of a sentence in the unit the clinic shows."""
	unit = settings.shown_unit()
	return lambda value: count(unit.to_shown(value) if unit else value)


def _units_times(params: Params, price: str, money: Money) -> str:
	return _("{0} × {1}").format(count(params["quantity"]), money(params[price]))


def _percent_of(params: Params, money: Money) -> str:
	return _("{0}% of {1}").format(count(params["percent"]), money(params["of"]))


def _contract(params: Params, money: Money) -> str:
	made, quantity = _unit_price(params, money), params["quantity"]
	if quantity != 1 and params["method"] in (parts.PERCENT, parts.RELATIVE_VALUE):
		made = _("({0}) × {1}", context="unit price, quantity").format(made, count(quantity))
	return _by(params["title"], made)


def _unit_price(params: Params, money: Money) -> str:
	if params["method"] == parts.PERCENT:
		return _percent_of(params, money)
	if params["method"] == parts.RELATIVE_VALUE:
		return _("{0} professional × {1} + {2} technical × {3}").format(
			count(params["professional_units"]),
			money(params["professional_k"]),
			count(params["technical_units"]),
			money(params["technical_k"]),
		)
	if params["method"] == parts.FIXED:
		return _units_times(params, "unit_price", money)
	return _("at the list price")


def _share(params: Params, money: Money) -> str:
	made = _percent_of(params, money) if "percent" in params else _units_times(params, "unit_amount", money)
	if params.get("limited_by") == "ceiling":
		made = _("{0}, at most {1}").format(made, money(params["ceiling"]))
	elif params.get("limited_by"):
		made = _("{0}, but not more than is left").format(made)
	elif params.get("is_outpatient_procedure"):
		made = _("{0} (outpatient procedure)").format(made)
	return _by(params["title"], made)


def _isolated(name: str) -> str:
	"""A name of either direction of writing, which leaves the order of what follows alone."""
	return f"\u2068{name}\u2069"


def _by(title: str, made: str) -> str:
	return _("{0}: {1}", context="contract: reason").format(_isolated(title), made)


def _discount(params: Params, money: Money) -> str:
	if "percent" in params:
		return _percent_of(params, money)
	return _("an amount, of {0}").format(money(params["of"]))


def _deduction(params: Params, money: Money) -> str:
	found = [_percent_of(params, money)] if params["percent"] else []
	found += [_units_times(params, "unit_amount", money)] if params["unit_amount"] else []
	return " + ".join(found)


_LABELS: dict[str, Callable[[], str]] = {
	parts.LIST_PRICE: lambda: _("List price"),
	parts.CONTRACT_PRICE: lambda: _("Contract price"),
	parts.TOUCH_UP: lambda: _("Free touch-up"),
	parts.FEE_COVERED: lambda: _("Paid already"),
	parts.INSURER_SHARE: lambda: _("Insurer share"),
	parts.SUPPLEMENTARY_SHARE: lambda: _("Supplementary insurer share"),
	parts.DISCOUNT: lambda: _("Discount"),
	parts.TAX: lambda: _("Tax"),
	parts.ROUNDING: lambda: _("Rounding", context="money"),
	parts.INCLUDED_TAX: lambda: _("Tax contained"),
	parts.DEDUCTION: lambda: _("Deduction"),
	parts.PERFORMANCE_BASE: lambda: _("Base of performance"),
}

_NOTES: dict[str, Callable[[], str]] = {
	parts.FIXED_AMOUNT: lambda: _("The amount of this service is fixed: the discount is not counted."),
	parts.NOT_INSURED: lambda: _("“{0}” pays nothing: the service is not sold with insurance."),
	parts.BY_COVERAGE: lambda: _("“{0}” applies: the patient is covered by it."),
	parts.BY_NORMAL_CONTRACT: lambda: _("“{0}” applies to everybody."),
	parts.TOUCH_UP_POSSIBLE: lambda: _("A free touch-up is possible."),
	parts.INACTIVE: lambda: _("The service is inactive: it is not sold."),
}

_WHY: dict[str, Callable[[Params, Money], str]] = {
	parts.LIST_PRICE: lambda p, money: _units_times(p, "unit_price", money),
	parts.CONTRACT_PRICE: _contract,
	parts.TOUCH_UP: lambda p, money: _("instead of {0}").format(_units_times(p, "unit_price", money)),
	parts.FEE_COVERED: lambda p, money: _(
		"visit {0} of {1} on the fee of {2}, until {3}; instead of {4}"
	).format(
		count(p["number"]),
		count(p["of"]),
		shown_day(p["paid_on"]),
		shown_day(p["until"]),
		_units_times(p, "unit_price", money),
	),
	parts.INSURER_SHARE: _share,
	parts.SUPPLEMENTARY_SHARE: _share,
	parts.DISCOUNT: _discount,
	parts.TAX: _percent_of,
	parts.ROUNDING: lambda p, money: _("{0} rounded to a multiple of {1}").format(
		money(p["of"]), money(p["step"])
	),
	parts.INCLUDED_TAX: lambda p, money: _("{0}% contained in {1}").format(
		count(p["percent"]), money(p["of"])
	),
	parts.DEDUCTION: _deduction,
	parts.PERFORMANCE_BASE: lambda p, money: _("{0} − {1}").format(money(p["of"]), money(p["deduction"])),
}

_REFUSALS: dict[str, Callable[[Params], tuple[str, str]]] = {
	parts.QUANTITY_NOT_COUNTABLE: lambda p: (
		_("Quantity"),
		_("This service is not countable: only one can be sold at a time."),
	),
	parts.QUANTITY_NOT_WHOLE: lambda p: (
		_("Quantity"),
		_("Only whole numbers can be sold of this service."),
	),
	parts.QUANTITY_NOT_POSITIVE: lambda p: (_("Quantity"), _("It must be more than 0.")),
	parts.TOO_LARGE: lambda p: (
		_("Quantity"),
		_("The amount becomes too large; {0} is the most.").format(money_writer()(p["largest"])),
	),
	parts.PERCENT_OUT_OF_RANGE: lambda p: (
		_("Discount percent"),
		_("It must be between 0 and 100."),
	),
	parts.DISCOUNT_NEGATIVE: lambda p: (_("Discount amount"), _("It must not be negative.")),
	parts.DISCOUNT_TOO_LARGE: lambda p: (
		_("Discount amount"),
		_("It must not be more than what is left to the patient: {0}.").format(money_writer()(p["left"])),
	),
	parts.TWO_DISCOUNTS: lambda p: (
		_("Discount amount"),
		_("Give the discount in percent or as an amount, not both."),
	),
	parts.BAD_TERMS: lambda p: (_terms_field(p["field"]), _out_of_range(p["field"])),
}


def _terms_field(field: str) -> str:
	return {
		"amount": _("Amount"),
		"deduction_amount": _("Deduction amount (per unit)"),
		"tax_percent": _("Tax percent"),
		"deduction_percent": _("Deduction percent"),
		"unit_price": _("Contract price"),
		"insurer_percent": _("Insurer percent"),
		"insurer_amount": _("Insurer amount (per unit)"),
		"insurer_ceiling": _("Insurer pays at most (per unit)"),
	}[field]


def _out_of_range(field: str) -> str:
	if field.endswith("percent"):
		return _("It must be between 0 and 100.")
	return _("It must be between 0 and {0}.").format(money_writer()(parts.LARGEST))


def plain(value: Any) -> Any:
	"""A figure of the explanation as JSON carries it."""
	if isinstance(value, Decimal):
		return as_number(value)
	return str(value) if isinstance(value, datetime.date) else value
