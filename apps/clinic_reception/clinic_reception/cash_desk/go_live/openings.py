"""Opening vouchers (G13): what the old books say on the day of the change, on the account Opening.

One document and one balanced voucher for each figure; taken back by its mirror while nothing was built
upon it. Permission-free; no cash shift is touched. Lock order: patient, then the opening.
"""

import datetime
from decimal import Decimal
from typing import Any

import frappe
from clinic_core.foundation.errors import refuse_input
from clinic_core.foundation.live import changed
from clinic_core.foundation.locks import lock_rows
from clinic_core.foundation.money import to_decimal
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, now_datetime

from clinic_reception.cash_desk import balances, deposits, ledger, posting, shifts
from clinic_reception.cash_desk.ledger import OWED_BY_CLINIC, OWED_BY_PATIENT

DOCTYPE = "Clinic Opening Balance"
CHEQUE = "Clinic Cheque"
DEPOSIT = ledger.OPENING_DEPOSIT
HELD_CHEQUE = ledger.OPENING_CHEQUE
SESSIONS = ledger.OPENING_SESSIONS
IN_HAND = "In Hand"


def post(
	kind: str,
	patient: str,
	amount: Decimal,
	branch: str | None,
	*,
	on: datetime.date | None = None,
	note: str | None = None,
	service: str | None = None,
	entitlement: str | None = None,
	cheque: dict[str, Any] | None = None,
) -> Document:
	"""Write an opening and its voucher. `cheque`: {cheque_no, sayad_id, bank, due_date, payer_name}.

	Raises InvalidInputError for an amount that is not positive, or without a legal entity.
	"""
	if amount <= 0:
		refuse_input(_("Amount"), _("It must be more than 0."))
	lock_rows([("Clinic Patient", patient)])
	doc = frappe.get_doc(
		{
			"doctype": DOCTYPE,
			"kind": kind,
			"patient": patient,
			"amount": float(amount),
			"branch": branch,
			"legal_entity": shifts.legal_entity_of(None, branch),
			"posting_date": on or getdate(),
			"note": note,
			"entitlement": entitlement,
			"status": "Posted",
		}
	)
	doc.flags.by_openings = True
	doc.insert(ignore_permissions=True)
	if kind == DEPOSIT:
		doc.db_set("deposit", _deposit(doc, service), update_modified=False)
	if kind == HELD_CHEQUE:
		doc.db_set("cheque", _cheque(doc, cheque or {}), update_modified=False)
	carrier = ledger.about(
		patient=patient,
		legal_entity=doc.legal_entity,
		branch=branch,
		service=service,
		deposit=doc.deposit,
		entitlement=entitlement,
	)
	posting.post(DOCTYPE, doc.name, ledger.opening(carrier, kind, amount), doc.posting_date)
	changed(DOCTYPE, doc.name)
	return doc


def _deposit(doc: Document, service: str | None) -> str:
	deposit = frappe.get_doc(
		{
			"doctype": deposits.DOCTYPE,
			"patient": doc.patient,
			"patient_name": doc.patient_name,
			"service": service,
			"branch": doc.branch,
			"opening_balance": doc.name,
			"amount": doc.amount,
			"available": doc.amount,
			"received_at": now_datetime(),
		}
	)
	deposit.flags.from_payment = True
	return deposit.insert(ignore_permissions=True).name


def _cheque(doc: Document, given: dict[str, Any]) -> str:
	cheque = frappe.get_doc(
		{
			"doctype": CHEQUE,
			**given,
			"patient": doc.patient,
			"payer_name": given.get("payer_name") or doc.patient_name,
			"amount": doc.amount,
			"branch": doc.branch,
			"opening_balance": doc.name,
			"status": IN_HAND,
		}
	)
	cheque.flags.by_openings = True
	return cheque.insert(ignore_permissions=True).name


def take_back(opening: str, reason: str) -> None:
	"""Mirror an opening. Raises InvalidInputError saying what was built upon it."""
	patient = frappe.db.get_value(DOCTYPE, opening, "patient")
	lock_rows([("Clinic Patient", patient)])
	doc = frappe.get_doc(DOCTYPE, opening, for_update=True)
	if doc.status != "Posted":
		return
	_refuse_if_built_upon(doc)
	posting.mirror(DOCTYPE, doc.name, reason)
	if doc.deposit:
		deposits.refresh([doc.deposit], cancelled=True)
	if doc.cheque:
		frappe.db.set_value(CHEQUE, doc.cheque, "status", "Cancelled")
	doc.flags.by_openings = True
	doc.update({"status": "Taken Back", "reason": reason})
	doc.save(ignore_permissions=True)
	changed(DOCTYPE, doc.name)


def _refuse_if_built_upon(doc: Document) -> None:
	amount = to_decimal(doc.amount)
	if doc.kind == OWED_BY_PATIENT and balances.opening_debt(doc.patient) < amount:
		refuse_input(_("Opening balance"), _("A part of it was paid since. Undo that payment first."))
	if doc.kind == OWED_BY_CLINIC and balances.of_patient(doc.patient, lock=True).credit < amount:
		refuse_input(_("Opening balance"), _("A part of it was used since. Undo that payment first."))
	if doc.deposit and balances.of_deposits([doc.deposit], lock=True)[doc.deposit] != amount:
		refuse_input(_("Deposit"), _("A part of it was used since. Undo that payment first."))
	if doc.cheque and frappe.db.get_value(CHEQUE, doc.cheque, "status", for_update=True) != IN_HAND:
		refuse_input(_("Cheque"), _("It is not in hand any more."))


def sessions_granted(
	entitlement: str, patient: str, service: str, value: str | float, branch: str | None
) -> None:
	"""What remaining sessions are worth is not earned yet. Hook `clinic_on_opening_entitlement`."""
	amount = to_decimal(value)
	if amount > 0:
		post(SESSIONS, patient, amount, branch, service=service, entitlement=entitlement)


def sessions_taken_back(entitlement: str, reason: str) -> None:
	"""Hook `clinic_on_opening_entitlement_taken_back`."""
	names = frappe.get_all(
		DOCTYPE, {"entitlement": entitlement, "status": "Posted"}, pluck="name", order_by="name asc"
	)
	for name in names:
		take_back(name, reason)
