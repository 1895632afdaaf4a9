"""What a patient owes, has deposited and has as credit.

The balance is the sum of Receivable (positive = owes); deposits and credit are shown apart
(`design.md` §4.5). Commands pass `lock=True` and have locked the patient's row before: they read
what is committed now, not their snapshot. Screens read plainly. Amounts are exact decimals.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import frappe
from clinic_core.foundation.money import to_decimal
from clinic_core.people.merging import whole
from frappe.query_builder.functions import Sum

from clinic_reception.cash_desk.posting import DOCTYPE as LEDGER

RECEPTION = "Clinic Reception"
DEPOSIT = "Clinic Deposit"
_OWN = ("Receivable", "Deposits", "Credit")


@dataclass(frozen=True)
class Balance:
	"""Positive `owes` is debt of the patient; `deposits` and `credit` are money of the patient."""

	owes: Decimal = Decimal(0)
	deposits: Decimal = Decimal(0)
	credit: Decimal = Decimal(0)


@dataclass(frozen=True)
class Debt:
	"""What is open of one reception."""

	reception: str
	outstanding: Decimal
	legal_entity: str | None = None


@dataclass(frozen=True)
class OpenDeposit:
	"""What is left of one deposit."""

	deposit: str
	available: Decimal
	amount: Decimal


def of_patient(patient: str, lock: bool = False) -> Balance:
	"""The three figures of one patient, in two queries."""
	return of_patients([patient], lock).get(patient, Balance())


def of_patients(patients: Iterable[str], lock: bool = False) -> dict[str, Balance]:
	"""The figures of several patients in two queries; patients without entries are missing.

	Entries never move: those of files that were merged into a patient's count as his.
	"""
	people = whole.names_of_many(patients, lock)
	found = apart({name for names in people.values() for name in names}, lock)
	summed = {asked: [found[name] for name in names if name in found] for asked, names in people.items()}
	return {asked: _sum(parts) for asked, parts in summed.items() if parts}


def _sum(parts: Sequence[Balance]) -> Balance:
	return Balance(
		owes=sum((part.owes for part in parts), Decimal(0)),
		deposits=sum((part.deposits for part in parts), Decimal(0)),
		credit=sum((part.credit for part in parts), Decimal(0)),
	)


def apart(patients: Iterable[str], lock: bool = False) -> dict[str, Balance]:
	"""The figures of files as they were written, merged or not, in one query."""
	names = sorted(set(patients))
	if not names:
		return {}
	table = frappe.qb.DocType(LEDGER)
	query = (
		frappe.qb.from_(table)
		.select(table.patient, table.account, Sum(table.amount))
		.where(table.patient.isin(names) & table.account.isin(_OWN))
		.groupby(table.patient, table.account)
	)
	sums: dict[str, dict[str, Decimal]] = {}
	for patient, account, amount in (query.for_update() if lock else query).run():
		sums.setdefault(patient, {})[account] = to_decimal(amount)
	zero = Decimal(0)
	return {
		patient: Balance(
			owes=own.get("Receivable", zero),
			deposits=-own.get("Deposits", zero),
			credit=-own.get("Credit", zero),
		)
		for patient, own in sums.items()
	}


def opening_of(owes: Decimal, receptions: Iterable[Any]) -> Decimal:
	"""What of a debt is older than the go-live: all that is owed less what is open of receptions (screens)."""
	return max(owes - sum((to_decimal(row["outstanding"]) for row in receptions), Decimal(0)), Decimal(0))


def opening_debt(patient: str) -> Decimal:
	"""What is owed from before the go-live, and as penalties (F11): on Receivable, but of no reception.
	Locks (command).

	Of the whole person: entries stay with the file they were posted on when files are merged (N6).
	"""
	table = frappe.qb.DocType(LEDGER)
	found = (
		frappe.qb.from_(table)
		.select(Sum(table.amount))
		.where(table.patient.isin(whole.names_of(patient, lock=True)) & (table.account == "Receivable"))
		.where(table.reception.isnull() | (table.reception == ""))
		.for_update()
		.run(pluck=True)
	)
	return to_decimal(found[0])


def debts(patient: str, only: Sequence[str] | None = None) -> list[Debt]:
	"""Lock and read the open receptions of a patient, oldest first (command).

	With `only`, these receptions whatever they owe, in the same order.
	"""
	table = frappe.qb.DocType(RECEPTION)
	query = (
		frappe.qb.from_(table)
		.select(table.name, table.outstanding, table.legal_entity, table.posted_at)
		.where((table.patient == patient) & (table.docstatus == 1))
		.orderby(table.name)
		.for_update()
	)
	query = query.where(table.name.isin(list(only))) if only else query.where(table.outstanding > 0)
	rows = sorted(query.run(as_dict=True), key=lambda r: (str(r.posted_at), r.name))
	return [Debt(r.name, to_decimal(r.outstanding), r.legal_entity) for r in rows]


def deposits(patient: str, only: Sequence[str] | None = None) -> list[OpenDeposit]:
	"""Lock and read the deposits with money left, oldest first; with `only` these in any state."""
	table = frappe.qb.DocType(DEPOSIT)
	query = (
		frappe.qb.from_(table)
		.select(table.name, table.available, table.amount, table.received_at)
		.where(table.patient == patient)
		.orderby(table.name)
		.for_update()
	)
	query = query.where(table.name.isin(list(only))) if only else query.where(table.available > 0)
	rows = sorted(query.run(as_dict=True), key=lambda r: (str(r.received_at), r.name))
	return [OpenDeposit(r.name, to_decimal(r.available), to_decimal(r.amount)) for r in rows]


def of_receptions(names: Iterable[str], lock: bool = False) -> dict[str, Decimal]:
	"""What is open of each reception, from the ledger itself."""
	return _by("reception", "Receivable", names, lock)


def of_deposits(names: Iterable[str], lock: bool = False) -> dict[str, Decimal]:
	"""What is left of each deposit, from the ledger itself."""
	return {name: -amount for name, amount in _by("deposit", "Deposits", names, lock).items()}


def _by(column: str, account: str, names: Iterable[str], lock: bool) -> dict[str, Decimal]:
	wanted = sorted(set(names))
	if not wanted:
		return {}
	table = frappe.qb.DocType(LEDGER)
	query = (
		frappe.qb.from_(table)
		.select(table[column], Sum(table.amount))
		.where(table[column].isin(wanted) & (table.account == account))
		.groupby(table[column])
	)
	sums = {name: to_decimal(amount) for name, amount in (query.for_update() if lock else query).run()}
	return {name: sums.get(name, Decimal(0)) for name in wanted}
