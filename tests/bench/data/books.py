"""Visits, bills, payments and the ledger of the measured clinic, each computed from its number. Pure.

Every stay has a *shape*: what was billed and how it was paid. The entries of a shape are made by the
product's own rules (`cash_desk/ledger.py`), once per shape and service, so they cannot drift apart.
Stays are numbered by time: the patient with the long statement, the debtors, ordinary stays of past
appointments, today's, and last the shop's, whose books nobody has sealed.
"""

import datetime
from dataclasses import dataclass, fields
from functools import cache
from typing import NamedTuple

from clinic_reception.cash_desk import ledger
from clinic_reception.cash_desk.ledger import Entry, MoneyLine, SaleLine

from tests.bench.data.diary import Appointment
from tests.bench.data.mixing import mix
from tests.bench.data.staff import (
	COURSE,
	MAIN_ENTITY,
	SEARCHED_SERVICE,
	SERVICES,
	SHOP_BRANCH,
	SHOP_ENTITY,
	SHOP_KEEPER,
	SHOP_SERVICE,
	SOLD_FOR_LATER,
)

NOW, LATER = "Perform Now", "Sell for Later"
DEPOSIT_DAYS = 2
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
		[SaleLine(carrier, money.list_total, money.patient_share, 0, money.discount, 0, earned)]
	)


def _voucher(entries: list[Entry]) -> Voucher:
	return Voucher(tuple(tuple(getattr(entry, name) for name in ENTRY_FIELDS) for entry in entries))


class Stay(NamedTuple):
	"""One stay with its bill. `patient` is a number, `appointment` a name; `status` is the visit's."""

	number: int
	patient: int
	branch: str
	entity: str
	practitioner: str
	service: str
	appointment: Appointment | None
	arrived: datetime.datetime
	status: str
	shape: Shape

	@property
	def billed(self) -> datetime.datetime:
		"""When the bill was made."""
		return self.arrived + datetime.timedelta(minutes=2)

	@property
	def paid(self) -> datetime.datetime:
		"""When it was paid."""
		return self.arrived + datetime.timedelta(minutes=6)

	@property
	def deposited(self) -> datetime.datetime:
		"""When the deposit was taken."""
		return self.paid - datetime.timedelta(days=DEPOSIT_DAYS)

	@property
	def booked(self) -> Booked:
		"""What it leaves in the books."""
		return booked(self.shape, self.service)


def fill(entries: int) -> list[Shape]:
	"""Plain stays, paid (6 entries) and open (4), that give exactly this even number of entries."""
	open_count = {0: 0, 2: 2, 4: 1}[entries % 6]
	if entries < 4 * open_count:
		raise ValueError(f"{entries} entries cannot be filled")
	return [OPEN] * open_count + [CARD] * ((entries - 4 * open_count) // 6)


CYCLE_ENTRIES = sum(booked(shape, SEARCHED_SERVICE).entries for shape in CYCLE)
OPEN_STATES = ("Waiting", "Triaged", "In Service")
SHOP_DAYS = 120
HEAVY_VISITS = 250


class Books:
	"""All stays of a world."""

	def __init__(self, world) -> None:
		self.world = world
		diary, size = world.diary, world.size
		self.todays = [
			a
			for a in (diary.get(diary.past + i) for i in range(diary.today))
			if a.status in ("Completed", "Admitted")
		]
		self.heavy, self.debts = HEAVY_VISITS, size.debtors * 10
		today = sum(6 if a.status == "Completed" else 4 for a in self.todays)
		rest = size.ledger_entries - size.unsealed - self.heavy * 6 - self.debts * 2 - today
		cycles, rest = divmod(rest, CYCLE_ENTRIES)
		if rest == 2:
			cycles, rest = cycles - 1, rest + CYCLE_ENTRIES
		self.tail = fill(rest)
		self.regular = cycles * len(CYCLE) + len(self.tail)
		self._first_completed = diary.completed_count - self.regular
		self.shop_shapes = fill(size.unsealed)
		self.sealed_stays = self.heavy + self.debts + self.regular + len(self.todays)
		self.count = self.sealed_stays + len(self.shop_shapes)
		if self._first_completed < 0:
			raise ValueError("more bills than completed appointments")
		first = diary.get(diary.completed(self._first_completed))
		self.begins = first.start.date()

	def get(self, number: int) -> Stay:
		"""Stay `number` (0 … count - 1)."""
		order = number
		for count, make in (
			(self.heavy, self._heavy),
			(self.debts, self._debt),
			(self.regular, self._regular),
			(len(self.todays), self._today),
			(len(self.shop_shapes), self._shop),
		):
			if order < count:
				return make(number, order)
			order -= count
		raise IndexError(number)

	def _heavy(self, number: int, order: int) -> Stay:
		"""Once every few days over the two years before the ordinary stays begin."""
		day = self.begins - datetime.timedelta(days=30 + (self.heavy - order) * 2)
		person = self.world.staff[order % len(self.world.staff)]
		service = person.diary_services[order % len(person.diary_services)]
		return self._stay(number, 0, person.code, person.branch, service, day, order, CARD)

	def _debt(self, number: int, order: int) -> Stay:
		"""Ten rounds in the weeks before the ordinary stays: every debtor buys something on credit."""
		round_no, debtor = divmod(order, self.world.size.debtors)
		day = self.begins - datetime.timedelta(days=3 * (10 - round_no))
		person = self.world.staff[debtor % len(self.world.staff)]
		return self._stay(number, 1 + debtor, person.code, person.branch, SOLD_FOR_LATER, day, order, DEBT)

	def _regular(self, number: int, order: int) -> Stay:
		appointment = self.world.diary.get(self.world.diary.completed(self._first_completed + order))
		plain = self.regular - len(self.tail)
		shape = CYCLE[order % len(CYCLE)] if order < plain else self.tail[order - plain]
		return self._of_appointment(number, appointment, "Closed", shape)

	def _today(self, number: int, order: int) -> Stay:
		"""Who is done has paid; who is in the house has a bill."""
		appointment = self.todays[order]
		if appointment.status == "Completed":
			return self._of_appointment(number, appointment, "Done", CARD)
		return self._of_appointment(number, appointment, OPEN_STATES[order % 3], OPEN)

	def _of_appointment(self, number: int, appointment: Appointment, status: str, shape: Shape) -> Stay:
		person = self.world.staff[appointment.practitioner]
		return Stay(
			number,
			appointment.patient,
			person.branch,
			MAIN_ENTITY,
			person.code,
			appointment.service,
			appointment,
			arrival(appointment),
			status,
			shape,
		)

	def _shop(self, number: int, order: int) -> Stay:
		"""Spread over the last months; nobody needs an appointment."""
		count = len(self.shop_shapes)
		day = self.world.anchor - datetime.timedelta(days=SHOP_DAYS - order * SHOP_DAYS // count)
		patient = self.world.ordinary(mix(21, order)).number
		shape = self.shop_shapes[order]
		stay = self._stay(number, patient, SHOP_KEEPER["code"], SHOP_BRANCH, SHOP_SERVICE, day, order, shape)
		return stay._replace(entity=SHOP_ENTITY)

	def _stay(
		self,
		number: int,
		patient: int,
		practitioner: str,
		branch: str,
		service: str,
		day: datetime.date,
		order: int,
		shape: Shape,
	) -> Stay:
		came = datetime.datetime.combine(day, datetime.time(9)) + datetime.timedelta(
			seconds=mix(22, number) % 36_000
		)
		return Stay(
			number,
			patient,
			branch,
			MAIN_ENTITY,
			practitioner,
			service,
			None,
			came,
			"Closed",
			shape,
		)


def arrival(appointment: Appointment) -> datetime.datetime:
	"""When the patient of an appointment was received: a few minutes around its start."""
	return appointment.start + datetime.timedelta(minutes=mix(23, appointment.number) % 15 - 10)
