"""What a patient reads of his own account on `/my` (hook `clinic_my_account`): what he owes, his payments."""

from typing import Any

from frappe.utils import getdate

from clinic_reception.cash_desk import balances
from clinic_reception.statement.account import transactions

MOST = 20
MONEY = ("payment", "deposit", "refund")


def clinic_my_account(patient: str) -> dict[str, Any]:
	"""{balance, deposits, credit, rows: [{day, text, amount}]}: the last payments, newest first.

	No permission is asked: the caller knows that it is the patient.
	"""
	one = balances.of_patient(patient)
	rows, _has_more = transactions(patient, 0, 200)
	return {
		"balance": float(one.owes),
		"deposits": float(one.deposits),
		"credit": float(one.credit),
		"rows": [
			{
				"day": str(getdate(row["posted_at"])),
				"text": row["description"],
				"amount": abs(row["amount"] or row["credit"] or row["debit"]),
			}
			for row in rows
			if row["kind"] in MONEY and not row["is_undone"]
		][:MOST],
	}
