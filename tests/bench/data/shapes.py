"""What a stay can leave in the books: bills, payments and ledger entries by shape. Pure.

The entries of a shape are made by the product's own rules (`cash_desk/ledger.py`), once per shape and
service, so they cannot drift apart.
"""

from dataclasses import dataclass, fields
from functools import cache
from typing import NamedTuple

from clinic_reception.cash_desk import ledger
from clinic_reception.cash_desk.ledger import Entry, MoneyLine, SaleLine

from tests.bench.data.staff import COURSE, SEARCHED_SERVICE, SERVICES

NOW, LATER = "Perform Now", "Sell for Later"
ENTRY_FIELDS = tuple(field.name for field in fields(Entry))


@dataclass(frozen=True)
class Shape:
	"""What a stay leaves in the books.

	`paid`: (method, share of the bill in percent). `deposit_percent` of the bill was deposited two days
	before. `sells_course`: a course of sessions is sold on top. `sold_for_later`: what is billed is not
	performed but granted.
	"""

	discount: int = 0
	paid: tuple[tuple[str, int], ...] = ()
	deposit_percent: int = 0
	sells_course: bool = False
	sold_for_later: bool = False


CARD, CASH, OPEN = Shape(paid=(("CARD", 100),)), Shape(paid=(("CASH", 100),)), Shape()
_DISCOUNT = Shape(discount=10, paid=(("CARD", 100),))
_BOTH = Shape(paid=(("CASH", 40), ("CARD", 60)))
_PART = Shape(paid=(("CARD", 50),))
_COURSE = Shape(paid=(("CARD", 100),), sells_course=True)
_DEPOSIT = Shape(paid=(("CARD", 70), ("DEPOSIT", 30)), deposit_percent=30)
DEBT = Shape(sold_for_later=True)
CYCLE = (CARD, CASH, CARD, _DISCOUNT, CARD, _BOTH, CARD, CASH, _PART, CARD)
CYCLE += (_DISCOUNT, CARD, _COURSE, CASH, CARD, _BOTH, _DISCOUNT, CARD, CASH, _DEPOSIT)
"""Twenty stays in a row; their number of ledger entries is even, so any even rest can be filled."""


class Money(NamedTuple):
	"""The amounts of one bill line in Rial."""

	list_total: int
	discount: int
	patient_share: int


class Bill(NamedTuple):
	"""One line of a bill."""

	service: str
	action: str
	money: Money


class Voucher(NamedTuple):
	"""Entries of one voucher: rows of Entry fields, in which `$x` stands for the stay's own x."""

	rows: tuple[tuple[object, ...], ...]


class Booked(NamedTuple):
	"""Everything a shape books for one service."""

	bills: tuple[Bill, ...]
	total: int
	paid: tuple[tuple[str, int], ...]
	deposit: int
	reception: Voucher
	payment: Voucher | None
	deposit_payment: Voucher | None

	@property
	def paid_total(self) -> int:
		"""What came in against the bill, deposit included."""
		return sum(amount for _method, amount in self.paid)

	@property
	def entries(self) -> int:
		"""Number of ledger entries."""
		vouchers = (self.reception, self.payment, self.deposit_payment)
		return sum(len(v.rows) for v in vouchers if v)


_KINDS = {"CARD": "Card", "CASH": "Cash", "DEPOSIT": "Deposit"}


def kind_of(method: str) -> str:
	"""Kind of a payment method."""
	return _KINDS[method]


@cache
def booked(shape: Shape, service: str) -> Booked:
	"""What `shape` books when `service` is billed."""
	bills = [_bill(service, LATER if shape.sold_for_later else NOW, shape.discount)]
	if shape.sells_course:
		bills.append(_bill(COURSE, LATER, 0))
	total = sum(bill.money.patient_share for bill in bills)
	paid = tuple((method, total * percent // 100) for method, percent in shape.paid)
	deposit = total * shape.deposit_percent // 100
	sale = ledger.balanced([entry for i, bill in enumerate(bills) for entry in _sale(i, bill)])
	carrier = ledger.about(patient="$patient", legal_entity="$entity", branch="$branch", shift="$shift")
	payment = deposit_payment = None
	if paid:
		lines = [MoneyLine(kind_of(m), a, m, "$deposit" if m == "DEPOSIT" else None) for m, a in paid]
		received = sum(amount for _method, amount in paid)
		payment = _voucher(ledger.payment(carrier, lines, [("$reception", received)]))
	if deposit:
		deposit_payment = _voucher(
			ledger.payment(carrier, [MoneyLine("Card", deposit, "CARD")], (), "$deposit")
		)
	return Booked(tuple(bills), total, paid, deposit, _voucher(sale), payment, deposit_payment)


def _bill(service: str, action: str, discount_percent: int) -> Bill:
	amount = SERVICES[service].amount
	discount = amount * discount_percent // 100
	return Bill(service, action, Money(amount, discount, amount - discount))


def _sale(place: int, bill: Bill) -> list[Entry]:
	carrier = ledger.about(
		patient="$patient",
		reception="$reception",
		entitlement=f"$entitlement{place}" if bill.action == LATER else None,
		legal_entity="$entity",
		branch="$branch",
		department=SERVICES[bill.service].department,
		service=bill.service,
		practitioner="$practitioner",
	)
	money = bill.money
	earned = money.list_total if bill.action == NOW else 0
	return ledger.sale(
		[SaleLine(carrier, money.list_total, money.patient_share, (), money.discount, 0, earned)]
	)


def _voucher(entries: list[Entry]) -> Voucher:
	return Voucher(tuple(tuple(getattr(entry, name) for name in ENTRY_FIELDS) for entry in entries))


def fill(entries: int) -> list[Shape]:
	"""Plain stays, paid (6 entries) and open (4), that give exactly this even number of entries."""
	open_count = {0: 0, 2: 2, 4: 1}[entries % 6]
	if entries < 4 * open_count:
		raise ValueError(f"{entries} entries cannot be filled")
	return [OPEN] * open_count + [CARD] * ((entries - 4 * open_count) // 6)


CYCLE_ENTRIES = sum(booked(shape, SEARCHED_SERVICE).entries for shape in CYCLE)
