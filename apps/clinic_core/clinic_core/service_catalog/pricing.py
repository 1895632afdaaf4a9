"""The one price function (`design.md` §4.4). Pure.

What a service costs, who pays which part, and why, line by line. Preview, reception, public page and
reports all ask here. Amounts are in stored units (Rial), which have no fractions: every part is rounded
to a whole unit and the parts add up to what is paid.

The order: list price → contract price → base insurer → supplementary insurer → discount on what is left
to the patient → tax → rounding of what the patient pays.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from clinic_core.foundation.money import Number, round_to, to_decimal
from clinic_core.service_catalog.quoting import price_parts as parts
from clinic_core.service_catalog.quoting import quote_checks as checks
from clinic_core.service_catalog.quoting.price_parts import (
	FIXED,
	HUNDRED,
	LIST,
	PERCENT,
	RELATIVE_VALUE,
	ZERO,
	Agreement,
	Line,
	Note,
	Payer,
	PricingError,
	Quote,
	Share,
	Terms,
)

__all__ = (
	"FIXED",
	"LIST",
	"PERCENT",
	"RELATIVE_VALUE",
	"Agreement",
	"Line",
	"Note",
	"Payer",
	"PricingError",
	"Quote",
	"Share",
	"Terms",
	"quote",
)


def quote(
	terms: Terms,
	quantity: Number = 1,
	discount_percent: Number = 0,
	discount_amount: Number = 0,
	rounding_step: Number = 1,
	agreement: Agreement | None = None,
	supplementary: Agreement | None = None,
) -> Quote:
	"""Price `quantity` units of a service.

	The contract's price is `agreement`'s, without one `supplementary`'s. A discount is a percent of what
	the insurers leave to the patient, or an amount up to it. Added tax is on the contract total less the
	discount and paid by the patient, whose share is rounded to a multiple of `rounding_step` (half up).
	Raises PricingError, with one of the codes of `price_parts`.
	"""
	count = to_decimal(quantity)
	percent, amount = to_decimal(discount_percent), to_decimal(discount_amount)
	checks.check_quantity(terms, count)
	checks.check_discount(percent, amount)
	checks.check_terms(terms)
	checks.check_agreement(agreement)
	checks.check_agreement(supplementary)
	if terms.is_touch_up:
		return _for_nothing(terms, count, parts.TOUCH_UP, {})
	if terms.covered:
		return _for_nothing(terms, count, parts.FEE_COVERED, asdict(terms.covered))
	sale = _Sale(terms, count, to_decimal(rounding_step))
	sale.sell(agreement or supplementary)
	sale.insure(parts.BASE, parts.INSURER_SHARE, agreement)
	sale.insure(parts.SUPPLEMENTARY, parts.SUPPLEMENTARY_SHARE, supplementary)
	sale.discount_by(percent, amount)
	sale.tax_and_round()
	return sale.result()


class _Sale:
	"""The steps of one quote, each taking what the step before left; `lines` explains them."""

	def __init__(self, terms: Terms, count: Decimal, step: Decimal) -> None:
		self.terms, self.count, self.step = terms, count, step
		self.lines: list[Line] = []
		self.notes: list[Note] = []
		self.payers: list[Payer] = []

	def sell(self, priced_by: Agreement | None) -> None:
		"""List total and contract total: what the service is sold for."""
		terms, count = self.terms, self.count
		self.list_total = round_to(terms.amount * count)
		self.unit_price = terms.amount
		if priced_by and priced_by.unit_price is not None:
			self.unit_price = priced_by.unit_price
		self.contract_total = round_to(self.unit_price * count)
		checks.check_size(self.list_total, self.contract_total)
		self.lines.append(
			Line(parts.LIST_PRICE, self.list_total, {"quantity": count, "unit_price": terms.amount})
		)
		if priced_by:
			self._explain_contract(priced_by)
		self.left = self.contract_total

	def _explain_contract(self, priced_by: Agreement) -> None:
		params = {
			"title": priced_by.title,
			"method": priced_by.method,
			"unit_price": self.unit_price,
			"quantity": self.count,
			**priced_by.inputs,
		}
		self.lines.append(Line(parts.CONTRACT_PRICE, self.contract_total - self.list_total, params))

	def insure(self, kind: str, code: str, agreement: Agreement | None) -> None:
		"""One insurer pays its part of what is left, at most its ceiling and at most all of it."""
		share = agreement.share if agreement else None
		if not share:
			return
		if agreement.kind == parts.INSURER and not (self.terms.has_insurance or self.payers):
			self.notes.append(Note(parts.NOT_INSURED, {"title": agreement.title}))
			return
		limits = {"whole": self.left, "ceiling": _times(share.ceiling, self.count)}
		part = _times(share.amount, self.count)
		if part is None:
			part = round_to(self.left * (share.percent or ZERO) / HUNDRED)
		limit = min((name for name in limits if limits[name] is not None), key=lambda name: limits[name])
		paid = min(part, limits[limit])
		params = {
			"title": agreement.title,
			"percent": share.percent if share.amount is None else None,
			"unit_amount": share.amount,
			"quantity": self.count,
			"of": self.left,
			"ceiling": limits["ceiling"],
			"limited_by": limit if paid < part else None,
			"is_outpatient_procedure": self.terms.is_outpatient_procedure,
		}
		self.lines.append(Line(code, -paid, {k: v for k, v in params.items() if v is not None}))
		if paid:
			self.payers.append(Payer(kind, agreement.contract, agreement.insurer, paid))
		self.left -= paid

	def discount_by(self, percent: Decimal, amount: Decimal) -> None:
		"""Take the discount from what is left; a fixed amount (A11) is not negotiable."""
		self.discount = ZERO
		if self.terms.is_fixed_amount and (percent or amount):
			self.notes.append(Note(parts.FIXED_AMOUNT, {"percent": percent, "amount": amount}))
			return
		checks.check_discount_fits(amount, self.left)
		self.discount = round_to(amount or self.left * percent / HUNDRED)
		params = {"amount": amount} if amount else {"percent": percent}
		self.lines.append(Line(parts.DISCOUNT, -self.discount, {**params, "of": self.left}))

	def tax_and_round(self) -> None:
		"""Tax on what the service is sold for after the discount (G14), then the step of the till."""
		net, percent = self.contract_total - self.discount, self.terms.tax_percent
		self.is_tax_included = self.terms.tax_included and bool(percent)
		added = ZERO
		if self.is_tax_included:
			self.tax = round_to(net * percent / (HUNDRED + percent))
			self._inform(parts.INCLUDED_TAX, self.tax, {"percent": percent, "of": net})
		else:
			self.tax = added = round_to(net * percent / HUNDRED)
			self.lines.append(Line(parts.TAX, added, {"percent": percent, "of": net}))
		exact = self.left - self.discount + added
		self.patient_share = round_to(exact, self.step)
		self.rounding = self.patient_share - exact
		self.lines.append(Line(parts.ROUNDING, self.rounding, {"step": self.step, "of": exact}))
		checks.check_size(self.patient_share)
		self._deduct(net - (self.tax if self.is_tax_included else ZERO))

	def _deduct(self, earned: Decimal) -> None:
		"""What is taken off before performance is computed (A15, A68); never more than there is."""
		percent, amount = self.terms.deduction_percent, self.terms.deduction_amount
		wanted = round_to(earned * percent / HUNDRED) + round_to(amount * self.count)
		self.deduction = min(wanted, earned)
		self.performance_base = earned - self.deduction
		params = {"percent": percent, "of": earned, "unit_amount": amount, "quantity": self.count}
		self._inform(parts.DEDUCTION, self.deduction, params)
		if self.deduction:
			self._inform(
				parts.PERFORMANCE_BASE, self.performance_base, {"of": earned, "deduction": self.deduction}
			)

	def _inform(self, code: str, amount: Decimal, params: dict[str, Decimal]) -> None:
		self.lines.append(Line(code, amount, params, is_information=True))

	def result(self) -> Quote:
		"""Everything together; a line that is nothing is left out, the information comes last."""
		return Quote(
			list_price=self.terms.amount,
			unit_price=self.unit_price,
			quantity=self.count,
			list_total=self.list_total,
			contract_adjustment=self.contract_total - self.list_total,
			insurer_shares=tuple(self.payers),
			discount=self.discount,
			tax=self.tax,
			tax_included=self.is_tax_included,
			rounding=self.rounding,
			patient_share=self.patient_share,
			deduction=self.deduction,
			performance_base=self.performance_base,
			lines=_shown(self.lines),
			notes=tuple(self.notes),
		)


def _for_nothing(terms: Terms, count: Decimal, code: str, why: Mapping[str, Any]) -> Quote:
	"""A free touch-up (G07) or a visit on an earlier fee (F18): nothing is paid, by nobody.

	The line says what it would have cost.
	"""
	params = {"quantity": count, "unit_price": terms.amount, **why}
	return Quote(
		list_price=terms.amount,
		unit_price=ZERO,
		quantity=count,
		list_total=ZERO,
		contract_adjustment=ZERO,
		insurer_shares=(),
		discount=ZERO,
		tax=ZERO,
		tax_included=False,
		rounding=ZERO,
		patient_share=ZERO,
		deduction=ZERO,
		performance_base=ZERO,
		lines=(Line(code, ZERO, params),),
	)


def _times(unit_amount: Decimal | None, count: Decimal) -> Decimal | None:
	return None if unit_amount is None else round_to(unit_amount * count)


def _shown(lines: Iterable[Line]) -> tuple[Line, ...]:
	kept = [line for line in lines if line.amount or line.code in (parts.LIST_PRICE, parts.CONTRACT_PRICE)]
	return tuple(sorted(kept, key=lambda line: line.is_information))
