"""Rows of the ledger and of the seals over it. Pure."""

import datetime
from collections.abc import Iterator

from clinic_reception.cash_desk import chain

from tests.bench.data import staff
from tests.bench.data.books import Stay
from tests.bench.data.books_tables import BILL, bill_name, entitlement_name, patient_name, stays
from tests.bench.data.money_tables import (
	OF_DEBT,
	OF_DEPOSIT,
	PAYMENT,
	deposit_name,
	payment_name,
	shift_name,
)
from tests.bench.data.rows import ADMINISTRATOR, CASHIER, HEAD, RECEPTION, Row, Table, head, jalali_month
from tests.bench.data.shapes import ENTRY_FIELDS, Booked, Voucher

LEDGER = "Clinic Ledger Entry"


def ledger_entries(world) -> Iterator[Row]:
	"""Clinic Ledger Entry: the vouchers of every stay."""
	count = 0
	for stay in stays(world):
		booked = stay.booked
		own = {
			"$patient": patient_name(stay.patient),
			"$reception": bill_name(stay.number),
			"$entity": stay.entity,
			"$branch": stay.branch,
			"$practitioner": stay.practitioner,
			"$deposit": deposit_name(stay.number),
			"$entitlement0": entitlement_name(stay.number, 0),
			"$entitlement1": entitlement_name(stay.number, 1),
		}
		for voucher, doctype, name, at, owner in _vouchers(stay, booked):
			own["$shift"] = shift_name(stay.branch, at.date())
			day = at.date()
			start = (doctype, name, day, at, jalali_month(day))
			for row in voucher.rows:
				count += 1
				yield (
					*head(f"bl-{count:08d}", at, owner),
					*start,
					*(own.get(value, value) for value in row),
				)


def _vouchers(stay: Stay, booked: Booked) -> Iterator[tuple[Voucher, str, str, datetime.datetime, str]]:
	if booked.deposit_payment:
		name = payment_name(stay.number, OF_DEPOSIT)
		yield booked.deposit_payment, PAYMENT, name, stay.deposited, CASHIER
	yield booked.reception, BILL, bill_name(stay.number), stay.billed, RECEPTION
	if booked.payment:
		yield booked.payment, PAYMENT, payment_name(stay.number, OF_DEBT), stay.paid, CASHIER


LEDGER_COLUMNS = (
	"voucher_type",
	"voucher_no",
	"posting_date",
	"posted_at",
	"jalali_month",
	*ENTRY_FIELDS,
)


def seals(world) -> Iterator[Row]:
	"""Clinic Ledger Seal: the chain over everything but the shop's books, by the product's own hash."""
	columns = (*HEAD, *LEDGER_COLUMNS)
	entity = columns.index("legal_entity")
	sealed = datetime.datetime.combine(world.anchor, datetime.time(14))
	sequence, previous = 0, chain.GENESIS
	for row in ledger_entries(world):
		if row[entity] == staff.SHOP_ENTITY:
			continue
		sequence += 1
		digest = chain.entry_hash(dict(zip(columns, row, strict=True)), sequence, previous)
		start = head(f"bn-{sequence:08d}", sealed, ADMINISTRATOR)
		yield (*start, staff.MAIN_ENTITY, sequence, row[0], previous, digest, sealed)
		previous = digest


TABLES = [
	Table(LEDGER, LEDGER_COLUMNS, ledger_entries, lambda world: world.size.ledger_entries),
	Table(
		"Clinic Ledger Seal",
		("legal_entity", "sequence", "ledger_entry", "previous_hash", "entry_hash", "sealed_at"),
		seals,
		lambda world: world.size.ledger_entries - world.size.unsealed,
	),
]
