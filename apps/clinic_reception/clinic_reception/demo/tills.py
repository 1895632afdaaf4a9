"""How patients of the demo clinic paid: payments, deposits, and the shifts they fell into."""

import datetime
from collections.abc import Sequence
from typing import Any

from clinic_core.demo.world import Row, World
from clinic_core.foundation.jalali import jalali_month

from clinic_reception.cash_desk import ledger
from clinic_reception.cash_desk.allocation import deposit_status
from clinic_reception.demo import books

KINDS = {"CASH": "Cash", "CARD": "Card", "TRANSFER": "Transfer", "DEPOSIT": "Deposit"}
FLOAT = 5_000_000
ROUND = 100_000
Paid = tuple[str, float]


def collect(world: World, reception: Row, service: str) -> None:
	"""Pay a reception: mostly at once, sometimes in part, from a deposit, or not yet."""
	share, roll = reception["patient_share"], world.rng.random()
	if roll > 0.985:
		_deposit(world, reception, service, reception["posted_at"], share)
	if share <= 0 or roll < 0.06 or _is_waiting(world, reception):
		return
	at = min(reception["posted_at"] + datetime.timedelta(minutes=world.rng.randrange(1, 9)), world.now)
	deposit, from_deposit = None, 0.0
	if roll < 0.12 and share > 10_000_000:
		before = at - datetime.timedelta(days=world.rng.randrange(2, 6))
		deposit = _deposit(world, reception, service, before, share * 0.3)
		from_deposit = min(deposit["amount"], share)
	due = share - from_deposit
	due = due if roll > 0.2 else due // 2 // ROUND * ROUND
	money = _money(world, due)
	if deposit:
		money.append(("DEPOSIT", from_deposit))
		_apply(deposit, from_deposit)
	_payment(world, reception, at, money, deposit=deposit, allocate=True)


def _is_waiting(world: World, reception: Row) -> bool:
	"""Half of today's patients have not been to the till yet."""
	return reception["posted_at"].date() == world.today and world.rng.random() < 0.5


def _money(world: World, due: float) -> list[Paid]:
	roll = world.rng.random()
	if due <= 0:
		return []
	if roll < 0.25:
		return [("CASH", due)]
	if roll < 0.85 or due < 4_000_000:
		return [("CARD", due)]
	cash = due // 3 // ROUND * ROUND
	return [("CASH", cash), ("CARD", due - cash)]


def _deposit(world: World, reception: Row, service: str, at: datetime.datetime, amount: float) -> Row:
	"""Buffer a deposit with the payment that brought it."""
	whole = max(amount // ROUND * ROUND, ROUND)
	payment = _payment(world, reception, at, [("CARD", whole)], service=service)
	deposit = world.add(
		"Clinic Deposit", at, payment["owner"], patient=reception["patient"],
		patient_name=reception["patient_name"], service=service, branch=reception["branch"],
		payment=payment["name"], amount=whole, available=whole, refunded=0, status="Received", received_at=at,
	)  # fmt: skip
	payment["deposit"] = deposit["name"]
	_post(world, payment, [("CARD", whole)], to_deposit=deposit["name"])
	return deposit


def _apply(deposit: Row, amount: float) -> None:
	deposit["available"] -= amount
	deposit["status"] = deposit_status(deposit["amount"], deposit["available"], 0)


def _payment(
	world: World,
	reception: Row,
	at: datetime.datetime,
	money: Sequence[Paid],
	deposit: Row | None = None,
	service: str | None = None,
	allocate: bool = False,
) -> Row:
	total = sum(amount for _method, amount in money)
	cashier = world.user("cashier")
	payment = world.add(
		"Clinic Payment", at, cashier, docstatus=1, status="Submitted", patient=reception["patient"],
		patient_name=reception["patient_name"], branch=reception["branch"], cashier=cashier, direction="Receive",
		shift=_shift(world, reception["branch"], at)["name"], purpose="Debt" if allocate else "Deposit",
		posted_at=at, jalali_month=jalali_month(at.date()), total=total, allocated=total * allocate,
		unallocated=total * (not allocate), deposit=None, service=service,
	)  # fmt: skip
	for idx, (method, amount) in enumerate(money, start=1):
		reference = f"{world.rng.randrange(10**11, 10**12)}" if method in ("CARD", "TRANSFER") else None
		world.add_child(
			"Clinic Payment Line", payment, "Clinic Payment", "lines", idx=idx, docstatus=1, method=method,
			kind=KINDS[method], amount=amount, reference=reference,
			deposit=deposit["name"] if deposit and method == "DEPOSIT" else None,
		)  # fmt: skip
	if allocate:
		world.add_child(
			"Clinic Payment Allocation", payment, "Clinic Payment", "allocations", docstatus=1,
			reception=reception["name"], amount=total,
		)  # fmt: skip
		reception["outstanding"] -= total
		_post(world, payment, money, reception=reception["name"], deposit=deposit)
	return payment


def _post(
	world: World,
	payment: Row,
	money: Sequence[Paid],
	reception: str | None = None,
	deposit: Row | None = None,
	to_deposit: str | None = None,
) -> None:
	base = books.carrier(world, payment["patient"], payment["branch"])
	shift = payment["shift"]
	lines = [
		ledger.MoneyLine(
			KINDS[method], amount, None if method == "DEPOSIT" else method,
			deposit["name"] if deposit and method == "DEPOSIT" else None,
		)
		for method, amount in money
	]  # fmt: skip
	entries = ledger.payment(
		ledger.about(
			patient=base.patient, branch=base.branch, legal_entity=base.legal_entity, shift=shift,
		),
		lines,
		[(reception, payment["total"])] if reception else [],
		to_deposit,
	)  # fmt: skip
	books.post(world, "Clinic Payment", payment, payment["posted_at"], entries)
	if totals := world.shared["till_totals"].get(shift):
		for method, amount in money:
			totals[method] = totals.get(method, 0) + amount * (method != "DEPOSIT")


def _shift(world: World, branch: str, at: datetime.datetime) -> Row:
	"""The shift of a branch on a day, opened when its first payment comes."""
	shifts: dict[Any, Row] = world.shared.setdefault("shifts", {})
	key = (branch, at.date())
	if key not in shifts:
		opened = min(datetime.datetime.combine(at.date(), datetime.time(8, 45)), at)
		cashier = world.user("cashier")
		shifts[key] = world.add(
			"Clinic Cash Shift", opened, cashier, desk=world.shared["desks"][branch], branch=branch,
			cashier=cashier, status="Closed", opened_at=opened, opening_float=FLOAT, difference=0,
		)  # fmt: skip
		world.shared.setdefault("till_totals", {})[shifts[key]["name"]] = {"CASH": FLOAT}
	return shifts[key]


def close_shifts(world: World) -> None:
	"""Close every shift by count; the cashier of today may open a new one."""
	for (_branch, day), shift in world.shared.get("shifts", {}).items():
		closing = datetime.datetime.combine(day, datetime.time(21, 15))
		shift["closed_at"] = max(min(closing, world.now), shift["opened_at"])
		totals = world.shared["till_totals"][shift["name"]]
		for idx, (method, amount) in enumerate(sorted(totals.items()), start=1):
			if method != "DEPOSIT":
				world.add_child(
					"Clinic Cash Count", shift, "Clinic Cash Shift", "counts", idx=idx, method=method,
					expected=amount, counted=amount, difference=0,
				)  # fmt: skip
