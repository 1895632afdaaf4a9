"""Rows of payments, deposits and cash shifts. Pure; the ledger is in `ledger_tables`."""

import datetime
import json
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from clinic_reception.cash_desk.allocation import deposit_status

from tests.bench.data import staff
from tests.bench.data.books import Stay
from tests.bench.data.books_tables import bill_name, patient_name, stays
from tests.bench.data.rows import CASHIER, CHILD, Row, Table, head, jalali_month, number_of
from tests.bench.data.shapes import kind_of

PAYMENT, DEPOSIT, SHIFT = "Clinic Payment", "Clinic Deposit", "Clinic Cash Shift"
FLOAT = 5_000_000
_BRANCHES = (*staff.BRANCHES, staff.SHOP_BRANCH)
OF_DEPOSIT, OF_DEBT = 0, 1


def payment_name(number: int, which: int) -> str:
	"""Name of a stay's payment: OF_DEPOSIT beforehand, OF_DEBT for the bill."""
	return f"bm-{number:07d}-{which}"


def deposit_name(number: int) -> str:
	"""Name of a stay's deposit."""
	return f"bz-{number:07d}"


def shift_name(branch: str, day: datetime.date) -> str:
	"""The shift of a branch on a day."""
	return f"bh-{_BRANCHES.index(branch)}-{day:%Y%m%d}"


class Taken:
	"""One payment of a stay."""

	def __init__(self, stay: Stay, which: int) -> None:
		self.stay, self.which = stay, which
		self.is_deposit = which == OF_DEPOSIT
		self.name = payment_name(stay.number, which)
		self.at = stay.deposited if self.is_deposit else stay.paid
		booked = stay.booked
		self.lines = (("CARD", booked.deposit),) if self.is_deposit else booked.paid
		self.total = sum(amount for _method, amount in self.lines)
		self.number = stay.number * 2 + which + 1
		self.receipt_no = number_of(stay.branch, self.at, self.number)
		self.shift = shift_name(stay.branch, self.at.date())

	def reference(self, method: str) -> str | None:
		"""The number on the card terminal's slip; each one once."""
		return f"{100_000_000_000 + self.number}" if method == "CARD" else None


def payments_of(world) -> Iterator[Taken]:
	"""Everything that was paid, in the order of names."""
	for stay in stays(world):
		if stay.booked.deposit:
			yield Taken(stay, OF_DEPOSIT)
		if stay.booked.paid:
			yield Taken(stay, OF_DEBT)


def payments(world) -> Iterator[Row]:
	"""Clinic Payment."""
	names = world.people.full_names
	for paid in payments_of(world):
		stay, kept = paid.stay, paid.is_deposit
		yield (
			*head(paid.name, paid.at, CASHIER),
			1,
			paid.receipt_no,
			patient_name(stay.patient),
			names[stay.patient],
			stay.branch,
			paid.shift,
			CASHIER,
			"Receive",
			"Deposit" if kept else "Debt",
			paid.at,
			"Submitted",
			deposit_name(stay.number) if kept else None,
			stay.service if kept else None,
			jalali_month(paid.at.date()),
			paid.total,
			0 if kept else paid.total,
			receipt(world, paid),
		)


def receipt(world, paid: Taken) -> str:
	"""What the receipt prints, in the form of `receipts.data_of`."""
	stay = paid.stay
	titles = {"CARD": "Card terminal", "CASH": "Cash", "DEPOSIT": "From deposit"}
	left = 0 if paid.is_deposit else stay.booked.total - stay.booked.paid_total
	data = {
		"version": 1,
		"lang": "en",
		"dir": "ltr",
		"clinic": "Clinic",
		"branch": staff.BRANCH_TITLES[stay.branch],
		"heading": "Deposit receipt" if paid.is_deposit else "Receipt",
		"facts": [
			["Receipt number", paid.receipt_no],
			["Date", f"{paid.at:%Y-%m-%d %H:%M}"],
			["Patient", world.people.full_names[stay.patient]],
			["File number", world.people.file_no(stay.patient)],
			["Cashier", CASHIER],
		],
		"lines": [[titles[m], paid.reference(m) or "", f"{amount:,} Rial"] for m, amount in paid.lines],
		"receptions": []
		if paid.is_deposit
		else [[number_of(stay.branch, stay.billed, stay.number + 1), f"{paid.total:,} Rial"]],
		"total": ["Total", f"{paid.total:,} Rial"],
		"words": f"{paid.total:,} Rial",
		"balances": [["Still to pay", f"{left:,} Rial"]],
		"reason": None,
	}
	return json.dumps(data, ensure_ascii=False)


def payment_lines(world) -> Iterator[Row]:
	"""Clinic Payment Line."""
	for paid in payments_of(world):
		for idx, (method, amount) in enumerate(paid.lines, 1):
			reference = paid.reference(method)
			yield (
				*head(f"bb-{paid.name[3:]}-{idx}", paid.at, CASHIER),
				1,
				paid.name,
				PAYMENT,
				"lines",
				idx,
				method,
				kind_of(method),
				amount,
				reference,
				deposit_name(paid.stay.number) if method == "DEPOSIT" else None,
				f"{method}:{reference}" if reference else None,
			)


def allocations(world) -> Iterator[Row]:
	"""Clinic Payment Allocation: a payment of a bill goes to that bill."""
	for paid in payments_of(world):
		if not paid.is_deposit:
			place = (paid.name, PAYMENT, "allocations", 1)
			yield (
				*head(f"bl-{paid.name[3:]}", paid.at, CASHIER),
				1,
				*place,
				bill_name(paid.stay.number),
				paid.total,
			)


def deposits(world) -> Iterator[Row]:
	"""Clinic Deposit."""
	for paid in payments_of(world):
		if not paid.is_deposit:
			continue
		stay = paid.stay
		used = sum(amount for method, amount in stay.booked.paid if method == "DEPOSIT")
		left = paid.total - used
		yield (
			*head(deposit_name(stay.number), paid.at, CASHIER),
			patient_name(stay.patient),
			world.people.full_names[stay.patient],
			stay.service,
			stay.branch,
			paid.name,
			paid.total,
			left,
			deposit_status(Decimal(paid.total), Decimal(left), Decimal(0)),
			paid.at,
		)


def tills(world) -> dict[tuple[str, datetime.date], dict[str, int]]:
	"""What came in by method, for each branch and day, in the order of the shifts' names."""
	found: dict[tuple[str, datetime.date], dict[str, int]] = defaultdict(lambda: {"CASH": FLOAT})
	for paid in payments_of(world):
		totals = found[(paid.stay.branch, paid.at.date())]
		for method, amount in paid.lines:
			totals[method] = totals.get(method, 0) + amount
	return {key: found[key] for key in sorted(found, key=lambda key: shift_name(*key))}


def shifts(world) -> Iterator[Row]:
	"""Clinic Cash Shift: one a day and branch, closed by count."""
	for place, (branch, day) in enumerate(tills(world), 1):
		opened = datetime.datetime.combine(day, datetime.time(7, 45))
		yield (
			*head(shift_name(branch, day), opened, CASHIER),
			number_of(branch, opened, place),
			branch,
			branch,
			CASHIER,
			"Closed",
			opened,
			datetime.datetime.combine(day, datetime.time(21, 15)),
			FLOAT,
		)


def counts(world) -> Iterator[Row]:
	"""Clinic Cash Count: counted as expected. Deposits that were used are in the books, not in the till."""
	for (branch, day), totals in tills(world).items():
		closed = datetime.datetime.combine(day, datetime.time(21, 15))
		name = shift_name(branch, day)
		methods = sorted(method for method in totals if method != "DEPOSIT")
		for idx, method in enumerate(methods, 1):
			place = (name, SHIFT, "counts", idx)
			amount = totals[method]
			yield (*head(f"{name}-{idx}", closed, CASHIER), *place, method, amount, amount)


def _payment_count(world) -> int:
	return world.books.count - world.books.debts


TABLES = [
	Table(
		PAYMENT,
		(
			"docstatus",
			"receipt_no",
			"patient",
			"patient_name",
			"branch",
			"shift",
			"cashier",
			"direction",
			"purpose",
			"posted_at",
			"status",
			"deposit",
			"service",
			"jalali_month",
			"total",
			"allocated",
			"receipt_data",
		),
		payments,
		_payment_count,
	),
	Table(
		"Clinic Payment Line",
		("docstatus", *CHILD, "method", "kind", "amount", "reference", "deposit", "reference_key"),
		payment_lines,
		_payment_count,
	),
	Table(
		"Clinic Payment Allocation",
		("docstatus", *CHILD, "reception", "amount"),
		allocations,
		_payment_count,
	),
	Table(
		DEPOSIT,
		(
			"patient",
			"patient_name",
			"service",
			"branch",
			"payment",
			"amount",
			"available",
			"status",
			"received_at",
		),
		deposits,
		lambda world: world.books.regular // 20,
	),
	Table(
		SHIFT,
		("shift_no", "desk", "branch", "cashier", "status", "opened_at", "closed_at", "opening_float"),
		shifts,
		lambda world: 900,
	),
	Table("Clinic Cash Count", (*CHILD, "method", "expected", "counted"), counts, lambda world: 1800),
]
