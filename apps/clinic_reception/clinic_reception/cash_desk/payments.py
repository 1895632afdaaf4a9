"""Taking, applying, refunding and undoing money. Permission-free, plain arguments, stored units.

Each command locks the patient first; the payment's own events do the rest (`settlement.py`).
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import frappe
from clinic_core.foundation.errors import ConflictError, InvalidInputError, refuse_input
from clinic_core.foundation.locks import lock_rows
from clinic_core.foundation.money import to_decimal
from frappe import _
from frappe.model.document import Document

from clinic_reception.cash_desk import balances, shifts

DOCTYPE = "Clinic Payment"
Lines = Sequence[Mapping[str, Any]]


def take_payment(
	patient: str, lines: Lines, reception: str | None = None, only_opening: bool = False
) -> Document:
	"""Take money for debts: `reception` if given, else the oldest first; the rest becomes credit.

	`only_opening`: for the debt from before the go-live alone.
	`lines`: {method, amount, reference, terminal, deposit}, mixed as wished. Needs the session
	user's open shift. Raises InvalidInputError, ConflictError; nothing is half-written.
	"""
	if reception and only_opening:
		refuse_input(_("Reception"), _("Choose a reception, or the debt from before the start."))
	allocations = [{"reception": reception, "amount": 0}] if reception else []
	values = {"lines": _rows(lines), "allocations": allocations}
	return _submit(patient, values, only_opening=only_opening)


def take_deposit(patient: str, lines: Lines, service: str | None = None) -> Document:
	"""Take money beforehand, for a `service` if one is named. The payment carries its `deposit`."""
	if service and not frappe.db.exists("Clinic Service", service):
		refuse_input(_("Service"), _("There is no such service."))
	return _submit(patient, {"lines": _rows(lines), "purpose": "Deposit", "service": service})


def apply_deposit(deposit: str, reception: str, amount: Decimal | None = None) -> Document:
	"""Pay a reception from a deposit; without `amount` as much as is owed and left.

	Two who apply the same deposit at once: one wins, the other gets ConflictError.
	"""
	patient = _patient_of("Clinic Deposit", deposit)
	lock_rows([("Clinic Patient", patient)])
	if amount is None:
		amount = _as_much_as_possible(patient, deposit, reception)
	lines = [{"method": _method_of_kind("Deposit"), "amount": amount, "deposit": deposit}]
	return take_payment(patient, lines, reception)


def _as_much_as_possible(patient: str, deposit: str, reception: str) -> Decimal:
	debts = balances.debts(patient, [reception])
	if not debts:
		refuse_input(_("Reception"), _("This is not a submitted reception of this patient."))
	available = balances.deposits(patient, [deposit])[0].available
	if not available:
		frappe.throw(_("Nothing is left of this deposit."), ConflictError)
	if not debts[0].outstanding:
		frappe.throw(_("Nothing is owed for this reception any more."), ConflictError)
	return min(available, debts[0].outstanding)


def refund(
	reason: str,
	payment: str | None = None,
	deposit: str | None = None,
	amount: Decimal | None = None,
	lines: Lines | None = None,
) -> Document:
	"""Pay back a payment or a deposit, at most what is left of it; without `amount` all of it.

	`lines` says how the money goes back; without them in cash. Raises InvalidInputError.
	"""
	if bool(payment) == bool(deposit):
		refuse_input(_("Refund of"), _("Say which payment or which deposit is paid back."))
	deposit = deposit or _deposit_of(payment)
	patient = _patient_of("Clinic Deposit" if deposit else DOCTYPE, deposit or payment)
	lock_rows([("Clinic Patient", patient)])
	if not lines:
		whole = amount if amount is not None else _left_of(patient, payment, deposit)
		lines = [{"method": _method_of_kind("Cash"), "amount": whole}]
	elif amount is not None and sum(to_decimal(row.get("amount")) for row in lines) != amount:
		refuse_input(_("Amount"), _("The lines do not add up to the amount."))
	origin = {"deposit": deposit} if deposit else {"refund_of": payment}
	return _submit(patient, {"lines": _rows(lines), "direction": "Refund", "reason": reason, **origin})


def _deposit_of(payment: str | None) -> str | None:
	return frappe.db.get_value(
		DOCTYPE, {"name": payment, "purpose": "Deposit", "direction": "Receive"}, "deposit"
	)


def _left_of(patient: str, payment: str | None, deposit: str | None) -> Decimal:
	if deposit:
		return balances.deposits(patient, [deposit])[0].available
	table = frappe.qb.DocType(DOCTYPE)
	rows = (
		frappe.qb.from_(table)
		.select(table.name, table.total)
		.where((table.docstatus == 1) & ((table.name == payment) | (table.refund_of == payment)))
		.for_update()
		.run(as_dict=True)
	)
	return sum((to_decimal(r.total) * (1 if r.name == payment else -1) for r in rows), Decimal(0))


def undo_payment(payment: str, reason: str) -> Document:
	"""Take back a mis-click while its shift is open: everything it posted is mirrored.

	Raises InvalidInputError without a reason or once the shift is closed (then pay back instead),
	ConflictError naming later receipts that build on it.
	"""
	if not (reason or "").strip():
		frappe.throw(_("Please give a reason."), InvalidInputError)
	patient = _patient_of(DOCTYPE, payment)
	lock_rows([("Clinic Patient", patient)])
	doc = frappe.get_doc(DOCTYPE, payment, for_update=True)
	if doc.docstatus != 1:
		frappe.throw(_("This payment is already undone or was never posted."), ConflictError)
	doc.reason = reason.strip()
	doc.flags.update({"patient_locked": True, "ignore_permissions": True, "ignore_links": True})
	doc.cancel()
	return doc


def _submit(patient: str, values: dict[str, Any], only_opening: bool = False) -> Document:
	lock_rows([("Clinic Patient", patient)])
	doc = frappe.get_doc(
		{"doctype": DOCTYPE, "patient": patient, "shift": shifts.require_own_open_shift(), **values}
	)
	doc.flags.only_opening = only_opening
	# What is linked is locked or looked up by our own checks, row by row and with better words.
	doc.flags.update({"patient_locked": True, "ignore_permissions": True, "ignore_links": True})
	doc.docstatus = 1
	try:
		return doc.insert()
	except frappe.UniqueValidationError:
		frappe.throw(_("This reference number was just used by another payment."), ConflictError)


def _rows(lines: Lines) -> list[dict[str, Any]]:
	keep = ("method", "reference", "terminal", "deposit")
	return [
		{**{key: row.get(key) or None for key in keep}, "amount": float(to_decimal(row.get("amount")))}
		for row in lines
	]


def _patient_of(doctype: str, name: str | None) -> str:
	patient = frappe.db.get_value(doctype, name, "patient") if name else None
	if not patient:
		frappe.throw(_("{0} {1} not found").format(_(doctype), name), frappe.DoesNotExistError)
	return patient


def _method_of_kind(kind: str) -> str:
	found = frappe.get_all(
		"Clinic Payment Method",
		filters={"kind": kind, "is_active": 1},
		pluck="name",
		order_by="priority asc, name asc",
		limit=1,
	)
	if not found:
		refuse_input(_("Method"), _("No active payment method of kind {0}.").format(_(kind)))
	return found[0]
