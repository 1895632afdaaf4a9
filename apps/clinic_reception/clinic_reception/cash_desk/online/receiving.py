"""What was paid online becomes a deposit (hook `clinic_on_online_payment`): one document, one balanced voucher.

Bank against Deposits, of no cash shift: nobody counted it into a drawer. The unique key `online_payment` is the
last word, so a hook that is retried, or told twice, brings the money in once. Refunds and use are those of any
deposit. Permission-free. Lock order: the patient, then the deposit.
"""

from decimal import Decimal
from typing import Any

import frappe
from clinic_core.foundation.live import changed
from clinic_core.foundation.locks import lock_rows
from clinic_core.foundation.money import to_decimal
from frappe.utils import now_datetime

from clinic_reception.cash_desk import deposits, ledger, posting, shifts

VOUCHER = "Clinic Online Payment"
METHOD = "Clinic Payment Method"


def on_online_payment(events: list[dict[str, Any]]) -> None:
	"""Handler of `clinic_on_online_payment`: a deposit for each, once."""
	lock_rows([("Clinic Patient", event["patient"]) for event in events])
	for event in events:
		if not frappe.db.get_value(
			deposits.DOCTYPE, {"online_payment": event["payment"]}, "name", for_update=True
		):
			_receive(event, to_decimal(event["amount"]))


def _receive(event: dict[str, Any], amount: Decimal) -> None:
	deposit = frappe.get_doc(
		{
			"doctype": deposits.DOCTYPE,
			"patient": event["patient"],
			"patient_name": frappe.db.get_value("Clinic Patient", event["patient"], "full_name"),
			"service": event["service"],
			"branch": event["branch"],
			"online_payment": event["payment"],
			"amount": float(amount),
			"available": float(amount),
			"received_at": now_datetime(),
		}
	)
	deposit.flags.from_payment = True
	deposit.insert(ignore_permissions=True)
	carrier = ledger.about(
		patient=event["patient"],
		legal_entity=shifts.legal_entity_of(None, event["branch"]),
		branch=event["branch"],
		service=event["service"],
		reason=event["reference"] or None,
	)
	money = [ledger.MoneyLine("Online", amount, _method())]
	posting.post(VOUCHER, event["payment"], ledger.payment(carrier, money, to_deposit=deposit.name))
	changed(deposits.DOCTYPE, deposit.name)


def _method() -> str | None:
	"""The clinic's own method for it, if it has one."""
	return frappe.db.get_value(
		METHOD, {"kind": "Online", "is_active": 1}, "name", order_by="priority asc, name asc"
	)
