"""Deposits: money a patient leaves for later, an earmark on the payment that brought it (B24).

What is left of a deposit is what the ledger says; the figures on the document follow it.
"""

from collections.abc import Iterable
from decimal import Decimal

import frappe
from clinic_core.foundation.errors import ConflictError
from clinic_core.foundation.live import changed
from clinic_core.foundation.money import to_decimal
from frappe import _
from frappe.model.document import Document

from clinic_reception.cash_desk import balances
from clinic_reception.cash_desk.allocation import deposit_status

DOCTYPE = "Clinic Deposit"


def create(payment: Document) -> str:
	"""The deposit a payment brings in. Called by the payment itself, before it posts."""
	deposit = frappe.get_doc(
		{
			"doctype": DOCTYPE,
			"patient": payment.patient,
			"patient_name": payment.patient_name,
			"service": payment.service,
			"branch": payment.branch,
			"payment": payment.name,
			"amount": payment.total,
			"available": payment.total,
			"received_at": payment.posted_at,
		}
	)
	deposit.flags.from_payment = True
	deposit.flags.ignore_links = True
	deposit.insert(ignore_permissions=True)
	return deposit.name


def refresh(names: Iterable[str], refunded: Decimal = Decimal(0), cancelled: bool = False) -> None:
	"""Write what the ledger says onto the deposits. `refunded` was paid back now (negative: undone).

	Raises ConflictError if more would be used than there is: the transaction must not commit.
	"""
	for name, available in balances.of_deposits(names, lock=True).items():
		row = frappe.db.get_value(DOCTYPE, name, ["amount", "refunded"], as_dict=True, for_update=True)
		amount, paid_back = to_decimal(row.amount), to_decimal(row.refunded) + refunded
		if available < 0 or available > amount:
			frappe.throw(_("This deposit does not have that much left."), ConflictError)
		frappe.db.set_value(
			DOCTYPE,
			name,
			{
				"available": float(available),
				"refunded": float(paid_back),
				"status": "Cancelled" if cancelled else deposit_status(amount, available, paid_back),
			},
		)
		changed(DOCTYPE, name)
