"""What a price is asked with, and what it is made of: data only, for `pricing`. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from clinic_core.service_catalog.quoting.fee_rules import Covered

ZERO = Decimal(0)
HUNDRED = Decimal(100)
LARGEST = Decimal(10**12 - 1)
"""The largest amount and quantity that the columns hold."""

# How a contract makes its price: the options of Clinic Service Contract Item.
LIST = "List Price"
FIXED = "Fixed Price"
PERCENT = "Percent of List"
RELATIVE_VALUE = "Relative Value"

INSURER = "Insurer"
"""The kind of contract whose share is paid for services with insurance only (A12)."""

BASE, SUPPLEMENTARY = "base", "supplementary"

# Codes of the lines, in the order they are shown. The first nine add up to the patient's share.
LIST_PRICE = "list_price"
CONTRACT_PRICE = "contract_price"
TOUCH_UP = "touch_up"
FEE_COVERED = "fee_covered"
INSURER_SHARE = "insurer_share"
SUPPLEMENTARY_SHARE = "supplementary_share"
DISCOUNT = "discount"
TAX = "tax"
ROUNDING = "rounding"
# For information: contained in the others or of use after the sale.
INCLUDED_TAX = "included_tax"
DEDUCTION = "deduction"
PERFORMANCE_BASE = "performance_base"

# Codes of what can be wrong with a request, and of the notes.
QUANTITY_NOT_POSITIVE = "quantity_not_positive"
QUANTITY_NOT_COUNTABLE = "quantity_not_countable"
QUANTITY_NOT_WHOLE = "quantity_not_whole"
TOO_LARGE = "too_large"
PERCENT_OUT_OF_RANGE = "percent_out_of_range"
DISCOUNT_NEGATIVE = "discount_negative"
DISCOUNT_TOO_LARGE = "discount_too_large"
TWO_DISCOUNTS = "two_discounts"
BAD_TERMS = "bad_terms"
FIXED_AMOUNT = "fixed_amount"
NOT_INSURED = "not_insured"
# Notes of who knows the patient and the service, not of the price function.
BY_COVERAGE = "by_coverage"
BY_NORMAL_CONTRACT = "by_normal_contract"
TOUCH_UP_POSSIBLE = "touch_up_possible"
INACTIVE = "inactive"


class PricingError(ValueError):
	"""A request that has no price: `code` says why, `params` with which figures."""

	def __init__(self, code: str, **params: Any) -> None:
		super().__init__(code)
		self.code = code
		self.params = params


@dataclass(frozen=True)
class Share:
	"""What an insurer pays: a percent, or an amount per unit; at most `ceiling` per unit (None: none)."""

	percent: Decimal | None = None
	amount: Decimal | None = None
	ceiling: Decimal | None = None


@dataclass(frozen=True)
class Agreement:
	"""What a contract says about one service.

	`unit_price` None: the list price. `method` is how it was made (LIST, FIXED, PERCENT,
	RELATIVE_VALUE) and `inputs` with which figures (percent, units, K …), for the explanation.
	"""

	contract: str
	title: str = ""
	kind: str = "Normal"
	insurer: str | None = None
	unit_price: Decimal | None = None
	method: str = LIST
	inputs: Mapping[str, Any] = field(default_factory=dict)
	share: Share | None = None


@dataclass(frozen=True)
class Terms:
	"""How one service is sold.

	`amount`: list price of one unit. Percents are 0 to 100. `is_countable` (A10): more than one may
	be sold at once; `is_session_based` (A04): whole courses may; `is_fixed_amount` (A11): the price
	is not negotiable; `tax_included` (G14): the amount contains the tax; `has_insurance` (A12):
	insurers pay their share; `deduction_amount` (A15, A68) is per unit; `is_touch_up` (G07): free;
	`covered` (F18): paid by an earlier fee.
	"""

	amount: Decimal
	tax_percent: Decimal = ZERO
	is_countable: bool = False
	is_fixed_amount: bool = False
	is_session_based: bool = False
	tax_included: bool = False
	has_insurance: bool = False
	is_outpatient_procedure: bool = False
	deduction_percent: Decimal = ZERO
	deduction_amount: Decimal = ZERO
	is_touch_up: bool = False
	covered: Covered | None = None


@dataclass(frozen=True)
class Line:
	"""One number of the quote: what it is (`code`), how much, and from which inputs (`params`).

	A line of information is not part of what the patient pays.
	"""

	code: str
	amount: Decimal
	params: Mapping[str, Any] = field(default_factory=dict)
	is_information: bool = False


@dataclass(frozen=True)
class Note:
	"""Something the reader should know that is no number, e.g. that a discount was not given."""

	code: str
	params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Payer:
	"""What one insurer pays of the quote; `kind` is BASE or SUPPLEMENTARY."""

	kind: str
	contract: str
	insurer: str | None
	amount: Decimal


@dataclass(frozen=True)
class Quote:
	"""The price of a quantity of one service.

	`list_total + contract_adjustment - discount + added tax + rounding == total == insurer_share +
	patient_share`. Only `rounding` and `contract_adjustment` may be negative. `tax` is added, or with
	`tax_included` contained in what is paid.
	"""

	list_price: Decimal
	unit_price: Decimal
	quantity: Decimal
	list_total: Decimal
	contract_adjustment: Decimal
	insurer_shares: tuple[Payer, ...]
	discount: Decimal
	tax: Decimal
	tax_included: bool
	rounding: Decimal
	patient_share: Decimal
	deduction: Decimal
	performance_base: Decimal
	lines: tuple[Line, ...]
	notes: tuple[Note, ...] = ()

	@property
	def contract_total(self) -> Decimal:
		"""What the service is sold for, before discount and added tax."""
		return self.list_total + self.contract_adjustment

	@property
	def insurer_share(self) -> Decimal:
		"""What all insurers pay together."""
		return sum((payer.amount for payer in self.insurer_shares), ZERO)

	@property
	def total(self) -> Decimal:
		"""What patient and insurers pay together."""
		return self.insurer_share + self.patient_share
