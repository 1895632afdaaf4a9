"""What submitting and cancelling a payment does to debts, deposits, credit and the ledger.

Called by the document's own events, so that every door obeys. Lock order: patient, shift,
receptions, deposits. Refusals leave nothing behind: the transaction ends with the error.
"""

from decimal import Decimal

import frappe
from clinic_core.foundation.errors import ConflictError, InvalidInputError, refuse_input
from clinic_core.foundation.live import changed
from clinic_core.foundation.locks import lock_rows
from clinic_core.foundation.money import to_decimal
from frappe import _
from frappe.model.document import Document
from pypika import Case

from clinic_reception.cash_desk import allocation, balances, deposits, ledger, posting, receipts, shifts
from clinic_reception.cash_desk.ledger import OWN_MONEY, MoneyLine

ZERO = Decimal(0)


def lock(doc: Document, any_cashier: bool = False) -> None:
	"""Lock the patient, then the shift; sets the desk's branch and the cashier on the document."""
	if not doc.flags.patient_locked:
		lock_rows([("Clinic Patient", doc.patient)])
	shift = shifts.lock_open(doc.shift, any_cashier)
	doc.branch, doc.cashier = shift.branch, doc.cashier or frappe.session.user
	doc.flags.legal_entity = shifts.legal_entity_of(shift.desk, shift.branch)


def settle_receipt(doc: Document) -> None:
	"""Money comes in: take from deposits and credit what the lines say, pay debts with the whole.

	Allocations without an amount get as much as is owed; without any, the oldest debts are paid
	first. The rest is kept as credit, or is the deposit. Raises InvalidInputError, ConflictError.
	"""
	doc.opening_allocated = 0
	own = [row for row in doc.lines if row.kind in OWN_MONEY]
	if doc.purpose == "Deposit":
		if own:
			refuse_input(_("Lines"), _("A deposit is new money: it is not paid from deposits or credit."))
		doc.set("allocations", [])
		doc.allocated, doc.unallocated = 0, 0
		return
	_allocate(doc)
	own_total = sum((to_decimal(row.amount) for row in own), ZERO)
	paid = to_decimal(doc.allocated) + to_decimal(doc.opening_allocated)
	if own_total > paid:
		refuse_input(
			_("Lines"),
			_("Deposits and credit pay debts only: {0} is owed.").format(_money(paid)),
		)
	_take_from_deposits(doc)
	_check_credit(doc)


def _allocate(doc: Document) -> None:
	total, wanted = to_decimal(doc.total), [row.reception for row in doc.allocations]
	if len(set(wanted)) < len(wanted):
		refuse_input(_("Allocations"), _("The same reception is named twice."))
	debts = [] if doc.flags.only_opening else balances.debts(doc.patient, wanted or None)
	if not wanted:
		# A debt from before the go-live is the oldest one.
		opening = min(total, max(balances.opening_debt(doc.patient), ZERO))
		if doc.flags.only_opening and not opening:
			frappe.throw(_("Nothing is owed from before the start any more."), ConflictError)
		doc.opening_allocated = float(opening)
		plan = allocation.pay_debts(total - opening, [(d.reception, d.outstanding) for d in debts])
		set_allocations(doc, plan.allocations, plan.rest)
		return
	owed = {debt.reception: debt.outstanding for debt in debts}
	if foreign := [name for name in wanted if name not in owed]:
		refuse_input(
			_("Reception"),
			_("{0} is not a submitted reception of this patient.").format(
				frappe.utils.escape_html(foreign[0])
			),
		)
	left, parts = total, []
	for row in doc.allocations:
		part = to_decimal(row.amount) or min(left, owed[row.reception])
		if part < 0 or part > owed[row.reception]:
			refuse_input(
				_("Allocations"),
				_("Only {0} is owed for this reception.").format(_money(owed[row.reception])),
			)
		left -= part
		parts.append((row.reception, part))
	if left < 0:
		refuse_input(_("Allocations"), _("More is allocated than was paid."))
	set_allocations(doc, [(name, part) for name, part in parts if part])


def set_allocations(doc: Document, parts: list[tuple[str, Decimal]], rest: Decimal | None = None) -> None:
	"""Replace the allocations of a payment; `rest` is what stays credit, else what is left."""
	doc.set("allocations", [])
	for reception, amount in parts:
		doc.append("allocations", {"reception": reception, "amount": float(amount)})
	for row in doc.allocations:
		row.docstatus = doc.docstatus
	allocated = sum((amount for _reception, amount in parts), ZERO)
	doc.allocated = float(allocated)
	doc.unallocated = float(to_decimal(doc.total) - allocated if rest is None else rest)


def _take_from_deposits(doc: Document) -> None:
	"""Name the deposit of every line that uses one: the given one, else the oldest first."""
	rows = [row for row in doc.lines if row.kind == "Deposit"]
	if not rows:
		return
	left = {d.deposit: d.available for d in balances.deposits(doc.patient)}
	lines = []
	for row in doc.lines:
		if row.kind != "Deposit":
			lines.append((row, None, to_decimal(row.amount)))
			continue
		pool = [(row.deposit, left.get(row.deposit, ZERO))] if row.deposit else list(left.items())
		plan = allocation.fifo(to_decimal(row.amount), pool)
		if plan.rest:
			_refuse_deposit(doc, row, sum((a for _n, a in pool), ZERO))
		for name, part in plan.allocations:
			left[name] -= part
			lines.append((row, name, part))
	_set_lines(doc, lines)


def _refuse_deposit(doc: Document, row: Document, available: Decimal) -> None:
	if row.deposit and frappe.db.get_value("Clinic Deposit", row.deposit, "patient") != doc.patient:
		refuse_input(_("Deposit"), _("This is not a deposit of this patient."))
	frappe.throw(_("Only {0} is left in deposits.").format(_money(available)), ConflictError)


def _set_lines(doc: Document, lines: list[tuple[Document, str | None, Decimal]]) -> None:
	keep = ("method", "kind", "reference", "reference_key", "terminal", "docstatus")
	values = [
		{**{f: row.get(f) for f in keep}, "deposit": deposit, "amount": float(amount)}
		for row, deposit, amount in lines
	]
	doc.set("lines", [])
	for value in values:
		doc.append("lines", value)


def _check_credit(doc: Document) -> None:
	wanted = sum((to_decimal(row.amount) for row in doc.lines if row.kind == "Credit"), ZERO)
	if wanted and wanted > (credit := balances.of_patient(doc.patient, lock=True).credit):
		frappe.throw(_("Only {0} of credit is left.").format(_money(credit)), ConflictError)


def post(doc: Document) -> None:
	"""Write the voucher and let receptions and deposits follow it."""
	refund = doc.direction == "Refund"
	if doc.purpose == "Deposit" and not refund:
		doc.deposit = deposits.create(doc)
	carrier = ledger.about(
		patient=doc.patient,
		legal_entity=doc.flags.legal_entity,
		branch=doc.branch,
		shift=doc.shift,
		reason=doc.reason if refund else None,
	)
	entries = ledger.payment(
		carrier,
		[MoneyLine(row.kind, row.amount, row.method, row.deposit) for row in doc.lines],
		[(row.reception, row.amount) for row in doc.allocations],
		doc.deposit if doc.purpose == "Deposit" else None,
		refund=refund,
		opening=doc.opening_allocated or 0,
	)
	posting.post(doc.doctype, doc.name, entries)
	_follow(doc, refunded=1)


def mirror(doc: Document) -> None:
	"""Post the opposite of everything the payment posted and let the rest follow.

	Raises ConflictError saying what to undo first if later payments were built on this one.
	"""
	_refuse_if_built_upon(doc)
	posting.mirror(doc.doctype, doc.name, doc.reason or _("Undone"))
	_follow(doc, refunded=-1, cancelled=True)
	if balances.of_patient(doc.patient, lock=True).credit < 0:
		frappe.throw(
			_("The credit this payment left was already used. Undo the later payment first."), ConflictError
		)


def _refuse_if_built_upon(doc: Document) -> None:
	table = frappe.qb.DocType("Clinic Payment")
	refunds = (
		frappe.qb.from_(table)
		.select(table.receipt_no)
		.where((table.refund_of == doc.name) & (table.docstatus == 1))
		.for_update()
		.run(pluck=True)
	)
	if not refunds and doc.purpose == "Deposit" and doc.direction == "Receive":
		available = balances.of_deposits([doc.deposit], lock=True)[doc.deposit]
		refunds = _receipts_using(doc.deposit) if available != to_decimal(doc.total) else []
	if refunds:
		frappe.throw(
			_("Later receipts build on this one. Undo them first: {0}").format(", ".join(refunds)),
			ConflictError,
		)


def _receipts_using(deposit: str) -> list[str]:
	line, payment = frappe.qb.DocType("Clinic Payment Line"), frappe.qb.DocType("Clinic Payment")
	return (
		frappe.qb.from_(payment)
		.left_join(line)
		.on(line.parent == payment.name)
		.select(payment.receipt_no)
		.distinct()
		.where((payment.docstatus == 1) & ((line.deposit == deposit) | (payment.deposit == deposit)))
		.where((payment.direction == "Refund") | (payment.purpose == "Debt"))
		.orderby(payment.receipt_no)
		.run(pluck=True)
	)


def _follow(doc: Document, refunded: int, cancelled: bool = False) -> None:
	refresh_receptions([row.reception for row in doc.allocations])
	used = {row.deposit for row in doc.lines if row.deposit}
	deposits.refresh(used)
	if doc.purpose == "Deposit":
		is_refund = doc.direction == "Refund"
		back = to_decimal(doc.total) * refunded if is_refund else ZERO
		deposits.refresh([doc.deposit], back, cancelled=cancelled and not is_refund)
	changed(doc.doctype, doc.name)


def refresh_receptions(names: list[str]) -> None:
	"""Write what the ledger says is open onto the receptions, in one statement.

	Raises ConflictError if one would be overpaid: the transaction must not commit.
	"""
	if not names:
		return
	table, case = frappe.qb.DocType("Clinic Reception"), Case()
	for name, outstanding in balances.of_receptions(names, lock=True).items():
		if outstanding < 0:
			frappe.throw(
				_("A later payment already paid this debt again. Undo that payment first."), ConflictError
			)
		case = case.when(table.name == name, float(outstanding))
	frappe.qb.update(table).set(table.outstanding, case.else_(table.outstanding)).where(
		table.name.isin(names)
	).run()
	changed("Clinic Reception", names[0])


def _money(amount: Decimal | float) -> str:
	return receipts.shown_money(amount, frappe.local.lang)


def require_reason(doc: Document) -> None:
	"""Refunds and undoing are explained. Raises InvalidInputError."""
	if not (doc.reason or "").strip():
		frappe.throw(_("Please give a reason."), InvalidInputError)
