"""The one price function (`design.md` §4.4). Pure.

What a service costs, and why, line by line. Preview, reception, public page and reports all ask
here. Amounts are in stored units (Rial), which have no fractions: every part is rounded to a whole
unit and the parts add up to what is paid.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from clinic_core.foundation.money import Number, round_to, to_decimal

ZERO = Decimal(0)
HUNDRED = Decimal(100)

# Codes of the lines, in the order they are shown.
LIST_PRICE = "list_price"
DISCOUNT = "discount"
INSURER_SHARE = "insurer_share"
TAX = "tax"
ROUNDING = "rounding"

# Codes of what can be wrong with a request.
QUANTITY_NOT_POSITIVE = "quantity_not_positive"
QUANTITY_NOT_COUNTABLE = "quantity_not_countable"
QUANTITY_NOT_WHOLE = "quantity_not_whole"
PERCENT_OUT_OF_RANGE = "percent_out_of_range"
FIXED_AMOUNT = "fixed_amount"


class PricingError(ValueError):
	"""A request that has no price: `code` says why, `params` with which figures."""

	def __init__(self, code: str, **params: Any) -> None:
		super().__init__(code)
		self.code = code
		self.params = params


@dataclass(frozen=True)
class Terms:
	"""How one service is sold.

	`amount`: list price of one unit. Percents are 0 to 100. `is_countable` (A10): more than one may
	be sold at once; `is_session_based` (A04): whole courses may; `is_fixed_amount` (A11): the price
	is not negotiable.
	"""

	amount: Decimal
	tax_percent: Decimal = ZERO
	is_countable: bool = False
	is_fixed_amount: bool = False
	is_session_based: bool = False


@dataclass(frozen=True)
class Line:
	"""One number of the quote: what it is (`code`), how much, and from which inputs (`params`)."""

	code: str
	amount: Decimal
	params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Quote:
	"""The price of a quantity of one service.

	`list_total - discount + tax + rounding == total == insurer_share + patient_share`; `rounding`
	may be negative, everything else is not.
	"""

	list_price: Decimal
	unit_price: Decimal
	quantity: Decimal
	list_total: Decimal
	discount: Decimal
	insurer_share: Decimal
	tax: Decimal
	rounding: Decimal
	patient_share: Decimal
	lines: tuple[Line, ...]

	@property
	def total(self) -> Decimal:
		"""What patient and insurer pay together."""
		return self.insurer_share + self.patient_share


def quote(
	terms: Terms, quantity: Number = 1, discount_percent: Number = 0, rounding_step: Number = 1
) -> Quote:
	"""Price `quantity` units of a service.

	The discount is taken from the list total, tax is added to what is left, and what the patient
	pays is rounded to a multiple of `rounding_step` (half up). Nobody insures anything yet, so the
	patient's share is the whole.
	Raises PricingError, with one of the codes above.
	"""
	count, percent = to_decimal(quantity), to_decimal(discount_percent)
	_check_quantity(terms, count)
	_check_discount(terms, percent)
	list_total = round_to(terms.amount * count)
	discount = round_to(list_total * percent / HUNDRED)
	net = list_total - discount
	tax = round_to(net * terms.tax_percent / HUNDRED)
	patient_share = round_to(net + tax, rounding_step)
	rounding = patient_share - net - tax
	lines = (
		Line(LIST_PRICE, list_total, {"quantity": count, "unit_price": terms.amount}),
		Line(DISCOUNT, -discount, {"percent": percent, "of": list_total}),
		Line(TAX, tax, {"percent": terms.tax_percent, "of": net}),
		Line(ROUNDING, rounding, {"step": to_decimal(rounding_step)}),
	)
	return Quote(
		list_price=terms.amount,
		unit_price=terms.amount,
		quantity=count,
		list_total=list_total,
		discount=discount,
		insurer_share=ZERO,
		tax=tax,
		rounding=rounding,
		patient_share=patient_share,
		lines=tuple(line for line in lines if line.amount or line.code == LIST_PRICE),
	)


def _check_quantity(terms: Terms, count: Decimal) -> None:
	if not count.is_finite() or count <= 0:
		raise PricingError(QUANTITY_NOT_POSITIVE, quantity=count)
	if terms.is_countable:
		return
	if count != count.to_integral_value():
		raise PricingError(QUANTITY_NOT_WHOLE, quantity=count)
	if count != 1 and not terms.is_session_based:
		raise PricingError(QUANTITY_NOT_COUNTABLE, quantity=count)


def _check_discount(terms: Terms, percent: Decimal) -> None:
	if not percent.is_finite() or not 0 <= percent <= HUNDRED:
		raise PricingError(PERCENT_OUT_OF_RANGE, percent=percent)
	if percent and terms.is_fixed_amount:
		raise PricingError(FIXED_AMOUNT, percent=percent)
