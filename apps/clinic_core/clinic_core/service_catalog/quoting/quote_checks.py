"""What may be asked of the price function; refuses what has no price. Pure."""

from decimal import Decimal

from clinic_core.service_catalog.quoting.price_parts import (
	BAD_TERMS,
	DISCOUNT_NEGATIVE,
	DISCOUNT_TOO_LARGE,
	HUNDRED,
	LARGEST,
	PERCENT_OUT_OF_RANGE,
	QUANTITY_NOT_COUNTABLE,
	QUANTITY_NOT_POSITIVE,
	QUANTITY_NOT_WHOLE,
	TOO_LARGE,
	TWO_DISCOUNTS,
	Agreement,
	PricingError,
	Share,
	Terms,
)


def check_quantity(terms: Terms, count: Decimal) -> None:
	"""Only a countable service (A10) is sold by parts, and only it or a course (A04) several times."""
	if not count.is_finite() or count <= 0:
		raise PricingError(QUANTITY_NOT_POSITIVE, quantity=count)
	if count > LARGEST:
		raise PricingError(TOO_LARGE, largest=LARGEST)
	if terms.is_countable:
		return
	if count != count.to_integral_value():
		raise PricingError(QUANTITY_NOT_WHOLE, quantity=count)
	if count != 1 and not terms.is_session_based:
		raise PricingError(QUANTITY_NOT_COUNTABLE, quantity=count)


def check_discount(percent: Decimal, amount: Decimal) -> None:
	"""A percent of 0 to 100 or an amount, not both."""
	if not _is_percent(percent):
		raise PricingError(PERCENT_OUT_OF_RANGE, percent=percent)
	if not amount.is_finite() or amount < 0:
		raise PricingError(DISCOUNT_NEGATIVE, amount=amount)
	if percent and amount:
		raise PricingError(TWO_DISCOUNTS, percent=percent, amount=amount)


def check_terms(terms: Terms) -> None:
	"""Documents are checked when they are saved; a preview prices what is being typed."""
	for field in ("amount", "deduction_amount"):
		_require(_is_amount(getattr(terms, field)), field)
	for field in ("tax_percent", "deduction_percent"):
		_require(_is_percent(getattr(terms, field)), field)


def check_agreement(agreement: Agreement | None) -> None:
	"""The same for what a contract says."""
	if agreement is None:
		return
	_require(agreement.unit_price is None or _is_amount(agreement.unit_price), "unit_price")
	share = agreement.share or Share()
	_require(share.percent is None or _is_percent(share.percent), "insurer_percent")
	_require(share.amount is None or _is_amount(share.amount), "insurer_amount")
	_require(share.ceiling is None or _is_amount(share.ceiling), "insurer_ceiling")


def check_size(*amounts: Decimal) -> None:
	"""No amount is larger than its column."""
	if any(amount > LARGEST for amount in amounts):
		raise PricingError(TOO_LARGE, largest=LARGEST)


def check_discount_fits(amount: Decimal, left: Decimal) -> None:
	"""No more is given away than the patient would pay."""
	if amount > left:
		raise PricingError(DISCOUNT_TOO_LARGE, amount=amount, left=left)


def _is_percent(value: Decimal) -> bool:
	return value.is_finite() and 0 <= value <= HUNDRED


def _is_amount(value: Decimal) -> bool:
	return value.is_finite() and 0 <= value <= LARGEST


def _require(is_fine: bool, field: str) -> None:
	if not is_fine:
		raise PricingError(BAD_TERMS, field=field)
