"""The next period of a contract: a copy with its prices raised, the old one kept as history."""

import datetime
from decimal import Decimal

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import add_days, getdate

from clinic_core.foundation.errors import refuse_input
from clinic_core.foundation.locks import lock_rows
from clinic_core.foundation.money import round_to, to_decimal
from clinic_core.service_catalog.price_levels import contract_rows, contract_terms
from clinic_core.service_catalog.price_levels.contract_terms import KValue

LARGEST_PERCENT = 1000


def renew(
	contract: str,
	valid_from: datetime.date,
	valid_to: datetime.date | None,
	percent: Decimal = Decimal(0),
	step: Decimal = Decimal(1),
	title: str | None = None,
) -> Document:
	"""Copy a contract into its next period (F34).

	Fixed prices and insurers' amounts change by `percent`, rounded to `step` Rial; so does the last K, which
	is rounded to the Rial. A contract without an end is ended the day before. Raises InvalidInputError naming what does not fit.
	"""
	lock_rows([(contract_rows.CONTRACT, contract)])
	old = frappe.get_doc(contract_rows.CONTRACT, contract)
	_check(old, valid_from, valid_to, percent, step)
	if not old.valid_to or getdate(old.valid_to) >= valid_from:
		old.valid_to = add_days(valid_from, -1)
		old.save()
	new = frappe.copy_doc(old, ignore_no_copy=False)
	new.update(
		{
			"title": (title or "").strip() or old.title,
			"valid_from": valid_from,
			"valid_to": valid_to,
			"is_active": 1,
		}
	)
	factor = 1 + percent / 100
	for row in new.items:
		row.amount = round_to(to_decimal(row.amount) * factor, step)
		row.insurer_amount = round_to(to_decimal(row.insurer_amount) * factor, step)
	_carry_k(new, valid_from, factor)
	return new.insert()


def _check(
	old: Document,
	valid_from: datetime.date,
	valid_to: datetime.date | None,
	percent: Decimal,
	step: Decimal,
) -> None:
	if valid_from <= getdate(old.valid_from):
		refuse_input(_("Valid from"), _("It must come after the first day of the contract it follows."))
	if valid_to and valid_to < valid_from:
		refuse_input(_("Valid to"), _("It lies before the first day."))
	if not -100 < percent <= LARGEST_PERCENT:
		refuse_input(
			_("Change in percent"), _("It must be between -99 and {0}.").format(f"{LARGEST_PERCENT:,}")
		)
	if step <= 0:
		refuse_input(_("Round to"), _("It must be more than 0."))


def _carry_k(new: Document, valid_from: datetime.date, factor: Decimal) -> None:
	"""The K of the last day begins the new period, changed like the prices."""
	values = [
		KValue(getdate(row.valid_from), to_decimal(row.professional_k), to_decimal(row.technical_k))
		for row in new.k_values
	]
	last = contract_terms.k_on(values, valid_from)
	new.set("k_values", [])
	if last:
		new.append(
			"k_values",
			{
				"valid_from": valid_from,
				"professional_k": round_to(last.professional * factor),
				"technical_k": round_to(last.technical * factor),
			},
		)
