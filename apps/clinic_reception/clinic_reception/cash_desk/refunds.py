"""Paying money back: a payment, or a deposit; never more than is left, never without a reason (F29).

Called by the payment's own submit event, after the patient and the shift are locked.
"""

from decimal import Decimal
from typing import Any

import frappe
from clinic_core.foundation.errors import refuse_input
from clinic_core.foundation.money import to_decimal
from frappe import _
from frappe.model.document import Document

from clinic_reception.cash_desk import allocation, balances, receipts, settlement

ZERO = Decimal(0)
_OPENING = ""
"""The debt from before the go-live among the receptions a payment paid: it has no name."""


def settle_refund(doc: Document) -> None:
	"""Find what the refund takes back: unused credit first, then the debts paid last are reopened.

	Raises InvalidInputError if more is asked for than is left.
	"""
	settlement.require_reason(doc)
	doc.opening_allocated = 0
	if bool(doc.refund_of) == bool(doc.deposit):
		refuse_input(_("Refund of"), _("Say which payment or which deposit is paid back."))
	if doc.deposit:
		_settle_deposit(doc)
	else:
		_settle_payment(doc)


def _settle_deposit(doc: Document) -> None:
	doc.purpose = "Deposit"
	if any(row.kind in settlement.OWN_MONEY for row in doc.lines):
		refuse_input(_("Lines"), _("A deposit is paid back in money."))
	found = balances.deposits(doc.patient, [doc.deposit])
	if not found:
		refuse_input(_("Deposit"), _("This is not a deposit of this patient."))
	_refuse_more_than(doc, found[0].available)
	doc.set("allocations", [])
	doc.allocated = doc.unallocated = 0


def _settle_payment(doc: Document) -> None:
	doc.purpose = "Debt"
	original = frappe.get_doc("Clinic Payment", doc.refund_of, for_update=True)
	if original.patient != doc.patient or original.docstatus != 1 or original.direction != "Receive":
		refuse_input(_("Refund of"), _("This is not a submitted payment of this patient."))
	if original.purpose == "Deposit":
		refuse_input(_("Refund of"), _("This payment brought a deposit. Pay the deposit back instead."))
	paid, kept = _still_paid(original)
	credit = balances.of_patient(doc.patient, lock=True).credit
	_check_returned_deposits(doc, original)
	plan = allocation.take_back(to_decimal(doc.total), paid, kept, credit)
	covered = sum((amount for _name, amount in plan.allocations), plan.rest)
	if covered < to_decimal(doc.total):
		_refuse_more_than(doc, covered)
	receptions = [(name, amount) for name, amount in plan.allocations if name != _OPENING]
	balances.debts(doc.patient, [name for name, _amount in receptions] or None)
	settlement.set_allocations(doc, receptions, plan.rest)
	doc.opening_allocated = float(dict(plan.allocations).get(_OPENING, ZERO))


def _still_paid(original: Document) -> tuple[dict[str, Decimal], Decimal]:
	"""What a payment still pays per reception, and what of it was kept as credit, less its refunds.

	A debt from before the go-live was paid first, and is the last to be reopened.
	"""
	paid = {_OPENING: to_decimal(original.opening_allocated)}
	paid |= {row.reception: to_decimal(row.amount) for row in original.allocations}
	kept = {original.name: to_decimal(original.unallocated)}
	opening: dict[str, Decimal] = {}
	for refund in _refunds_of(original.name):
		kept[refund.name] = -to_decimal(refund.unallocated)
		opening[refund.name] = to_decimal(refund.opening_allocated)
		if refund.reception:
			paid[refund.reception] -= to_decimal(refund.amount)
	paid[_OPENING] -= sum(opening.values(), ZERO)
	return paid, sum(kept.values(), ZERO)


def _refunds_of(payment: str) -> list[Any]:
	parent, row = frappe.qb.DocType("Clinic Payment"), frappe.qb.DocType("Clinic Payment Allocation")
	return (
		frappe.qb.from_(parent)
		.left_join(row)
		.on(row.parent == parent.name)
		.select(parent.name, parent.unallocated, parent.opening_allocated, row.reception, row.amount)
		.where((parent.refund_of == payment) & (parent.docstatus == 1))
		.for_update()
		.run(as_dict=True)
	)


def _check_returned_deposits(doc: Document, original: Document) -> None:
	"""Money goes back into a deposit only where it came from."""
	given = {}
	for row in original.lines:
		if row.deposit:
			given[row.deposit] = given.get(row.deposit, ZERO) + to_decimal(row.amount)
	for row in doc.lines:
		if row.kind != "Deposit":
			continue
		given[row.deposit] = given.get(row.deposit, ZERO) - to_decimal(row.amount)
		if given[row.deposit] < 0:
			refuse_input(_("Deposit"), _("The payment did not take that much from this deposit."))


def _refuse_more_than(doc: Document, left: Decimal) -> None:
	if to_decimal(doc.total) > left:
		refuse_input(
			_("Amount"),
			_("Only {0} is left to pay back.").format(receipts.shown_money(left, frappe.local.lang)),
		)
