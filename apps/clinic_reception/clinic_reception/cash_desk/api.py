"""Endpoints of the cash desk (`design.md` §5). Who may call what: `clinic_reception/access.py`.

Amounts are in stored units (Rial) and may arrive as text in any digits.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import frappe
from clinic_core.foundation import boundary, cards, idempotency, wire
from clinic_core.foundation.errors import refuse_input
from clinic_core.people.access_log import seen
from frappe import _

from clinic_reception import access
from clinic_reception.cash_desk import balances, payments, receipts, screens, sealer, shifts

_MODULE = "clinic_reception.cash_desk.api."
_RECEIVED_TODAY = [
	["Clinic Payment", "docstatus", "=", 1],
	["Clinic Payment", "direction", "=", "Receive"],
	["Clinic Payment", "posted_at", "Timespan", "today"],
]


@frappe.whitelist(methods=["GET"])
def current_shift() -> dict:
	"""My open shift {shift, shift_no, desk, opened_at, totals}, or {shift: None, desks}."""
	access.require("run_shift")
	return screens.current_shift()


@frappe.whitelist(methods=["GET"])
def open_debts(patient: str) -> dict:
	"""{balance, deposits, credit, receptions} of a patient."""
	access.require("see_money")
	wire.require_permission("Clinic Patient", "read", patient)
	return screens.open_debts(patient)


@frappe.whitelist(methods=["GET"])
def payments_today(desk: str | None = None) -> list[dict]:
	"""Today's receipts, newest first."""
	access.require("see_cash_desk")
	return screens.payments_today(desk)


@frappe.whitelist(methods=["GET"])
def receipt(payment: str) -> dict:
	"""{html}: the receipt as it was printed the first time."""
	access.require("see_receipt")
	wire.require_permission("Clinic Payment", "read", payment)
	seen.saw_document("Clinic Payment", payment, "Print", "Receipt")
	return {"html": receipts.clinic_receipt_html(payment)}


@frappe.whitelist(methods=["GET"])
def verify_ledger(legal_entity: str) -> dict:
	"""Walk the sealed chain of a legal entity; names the first broken row (N2)."""
	access.require("verify_ledger")
	wire.require_permission("Clinic Legal Entity", "read", legal_entity)
	return sealer.verify(legal_entity)


@frappe.whitelist(methods=["POST"])
def open_shift(
	desk: str, opening_float: str | float | int | None = 0, idempotency_key: str | None = None
) -> dict:
	"""Open my shift at a desk (F21) → {shift, shift_no, expected, difference}."""
	access.require("run_shift")
	wire.require_permission("Clinic Cash Desk", "read", desk)
	amount = wire.parse_number(opening_float, _("Opening float"))

	def work() -> dict:
		doc = shifts.open_shift(desk, amount)
		expected = shifts.expected_of(doc.name, doc.opening_float)
		return {
			"shift": doc.name,
			"shift_no": doc.shift_no,
			"expected": {method: float(value) for method, value in expected.items()},
			"difference": 0,
		}

	return _run("open_shift", idempotency_key, work, desk=desk, opening_float=amount)


@frappe.whitelist(methods=["POST"])
def close_shift(
	shift: str,
	counted: str | dict | None = None,
	reason: str | None = None,
	idempotency_key: str | None = None,
) -> dict:
	"""Close a shift with a count per method (F21) → {shift, expected, difference, differences}."""
	access.require("run_shift")
	wire.require_permission("Clinic Cash Shift", "read", shift)
	if frappe.db.get_value("Clinic Cash Shift", shift, "cashier") != frappe.session.user:
		access.require("close_any_shift")
	amounts = {
		method: wire.parse_number(value, _("Counted"))
		for method, value in wire.parse_dict(counted, _("Counted")).items()
	}
	return _run(
		"close_shift",
		idempotency_key,
		lambda: shifts.close_shift(shift, amounts, reason),
		shift=shift,
		counted=amounts,
		reason=reason,
	)


@frappe.whitelist(methods=["POST"])
def take_payment(
	patient: str,
	lines: str | list | None = None,
	reception: str | None = None,
	only_opening: bool | int | str = 0,
	idempotency_key: str | None = None,
) -> dict:
	"""Take money for debts → {payment, receipt_no, allocated, unallocated, opening_allocated, balance}.

	`lines`: [{method, amount, reference, terminal, deposit}]. `only_opening`: for the debt from before the
	go-live alone; the rest becomes credit.
	"""
	access.require("take_payment")
	wire.require_permission("Clinic Patient", "read", patient)
	rows = _lines(lines)
	only = bool(wire.parse_number(only_opening, _("Only the debt from before the start")))
	return _run(
		"take_payment",
		idempotency_key,
		lambda: _paid(payments.take_payment(patient, rows, reception or None, only)),
		patient=patient,
		lines=rows,
		reception=reception,
		only_opening=only,
	)


@frappe.whitelist(methods=["POST"])
def take_deposit(
	patient: str,
	lines: str | list | None = None,
	service: str | None = None,
	idempotency_key: str | None = None,
) -> dict:
	"""Take money beforehand (B24) → {deposit, payment, receipt_no, balance}."""
	access.require("take_payment")
	wire.require_permission("Clinic Patient", "read", patient)
	rows = _lines(lines)
	return _run(
		"take_deposit",
		idempotency_key,
		lambda: _paid(payments.take_deposit(patient, rows, service or None)),
		patient=patient,
		lines=rows,
		service=service,
	)


@frappe.whitelist(methods=["POST"])
def apply_deposit(
	deposit: str,
	reception: str,
	amount: str | float | int | None = None,
	idempotency_key: str | None = None,
) -> dict:
	"""Pay a reception from a deposit → {payment, receipt_no, allocated, balance, available}."""
	access.require("take_payment")
	wire.require_permission("Clinic Deposit", "read", deposit)
	value = _amount(amount)

	def work() -> dict:
		answer = _paid(payments.apply_deposit(deposit, reception, value))
		available = frappe.db.get_value("Clinic Deposit", deposit, "available")
		return {**answer, "deposit": deposit, "available": available}

	return _run("apply_deposit", idempotency_key, work, deposit=deposit, reception=reception, amount=value)


@frappe.whitelist(methods=["POST"])
def refund(
	payment: str | None = None,
	deposit: str | None = None,
	amount: str | float | int | None = None,
	reason: str | None = None,
	lines: str | list | None = None,
	idempotency_key: str | None = None,
) -> dict:
	"""Pay back a payment or a deposit, with a reason (F29) → {payment, receipt_no, refunded, balance}."""
	access.require("refund")
	_may_refund(payment, deposit)
	value, rows = _amount(amount), _lines(lines) if lines else None

	def work() -> dict:
		doc = payments.refund(reason or "", payment or None, deposit or None, value, rows)
		return {**_paid(doc), "refunded": doc.total}

	return _run(
		"refund",
		idempotency_key,
		work,
		payment=payment,
		deposit=deposit,
		amount=value,
		reason=reason,
		lines=rows,
	)


@frappe.whitelist(methods=["POST"])
def undo_payment(payment: str, reason: str, idempotency_key: str | None = None) -> dict:
	"""Take back a mis-click while its shift is open → {payment, status, balance}."""
	access.require("undo_payment")
	wire.require_permission("Clinic Payment", "read", payment)
	if frappe.db.get_value("Clinic Payment", payment, "cashier") != frappe.session.user:
		access.require("undo_any_payment")

	def work() -> dict:
		doc = payments.undo_payment(payment, reason)
		return {"payment": doc.name, "status": doc.status, **_balance(doc.patient)}

	return _run("undo_payment", idempotency_key, work, payment=payment, reason=reason)


def _run(method: str, key: str | None, work: Callable[[], dict], **content: Any) -> dict:
	return boundary.command(
		_MODULE + method, key, work, content=content, keep_days=idempotency.KEEP_DAYS_MONEY
	)


def _may_refund(payment: str | None, deposit: str | None) -> None:
	if payment:
		wire.require_permission("Clinic Payment", "read", payment)
	if deposit:
		wire.require_permission("Clinic Deposit", "read", deposit)


def _amount(value: str | float | int | None) -> Decimal | None:
	if value in (None, ""):
		return None
	amount = wire.parse_number(value, _("Amount"))
	if amount <= 0:
		refuse_input(_("Amount"), _("The amount must be more than 0."))
	return amount


def _lines(value: str | list | None) -> list[dict[str, Any]]:
	"""The lines as typed: amounts in any digits; lines without an amount are left out."""
	rows = []
	for number, row in enumerate(wire.parse_list(value, _("Lines")), 1):
		if not isinstance(row, dict):
			refuse_input(_("Line {0}").format(number), _("This could not be read. Please send it as JSON."))
		amount = wire.parse_number(row.get("amount"), _("Amount"))
		if amount:
			rows.append({**row, "amount": amount})
	if not rows:
		refuse_input(_("Lines"), _("Add at least one amount."))
	return rows


def _paid(doc: Any) -> dict:
	return {
		"payment": doc.name,
		"receipt_no": doc.receipt_no,
		"total": doc.total,
		"allocated": doc.allocated,
		"unallocated": doc.unallocated,
		"opening_allocated": doc.opening_allocated or 0,
		"deposit": doc.deposit,
		"allocations": [{"reception": row.reception, "amount": row.amount} for row in doc.allocations],
		**_balance(doc.patient),
	}


def _balance(patient: str) -> dict:
	balance = balances.of_patient(patient, lock=True)
	return {
		"balance": float(balance.owes),
		"deposits": float(balance.deposits),
		"credit": float(balance.credit),
	}


@frappe.whitelist(methods=["GET", "POST"])
def card_received() -> str:
	"""Text of the number card "Received today"; the desk asks for cards by POST."""
	access.require("see_money")
	return cards.total("Clinic Payment", "total", _RECEIVED_TODAY)


@frappe.whitelist(methods=["GET", "POST"])
def card_deposits() -> str:
	"""Text of the number card "Deposits not yet used"."""
	access.require("see_money")
	return cards.total("Clinic Deposit", "available", [["Clinic Deposit", "available", ">", 0]])
