"""What to know before booking or receiving a patient: debt, open deposit, birthday (F20).

Amounts go only to roles that may see money; the others learn that there is a debt, not how much.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import frappe
from frappe.utils import getdate

from clinic_reception import access
from clinic_reception.cash_desk import balances

UNPAID_DEBT, OPEN_DEPOSIT, BIRTHDAY = "unpaid_debt", "open_deposit", "birthday"


def clinic_patient_warnings(patient: str) -> list[dict[str, Any]]:
	"""Handler of the hook of this name: [{code, severity, params}] for one patient."""
	return of_patients([patient]).get(patient, [])


def of_patients(patients: Iterable[str]) -> dict[str, list[dict[str, Any]]]:
	"""The warnings of many patients, in two queries."""
	names = sorted(set(patients))
	if not names:
		return {}
	found: dict[str, list[dict[str, Any]]] = defaultdict(list)
	money = access.may("see_money")
	for patient, balance in balances.of_patients(names).items():
		if balance.owes > 0:
			found[patient].append(_warning(UNPAID_DEBT, "danger", money, balance.owes))
		if balance.deposits > 0:
			found[patient].append(_warning(OPEN_DEPOSIT, "info", money, balance.deposits))
	born = frappe.get_all(
		"Clinic Patient",
		filters={"name": ("in", names), "birth_date": ("is", "set")},
		fields=["name", "birth_date"],
		order_by="name asc",
	)
	for row in born:
		if is_birthday(row.birth_date, getdate()):
			found[row.name].append({"code": BIRTHDAY, "severity": "info", "params": {}})
	return dict(found)


def _warning(code: str, severity: str, money: bool, amount: Any) -> dict[str, Any]:
	return {"code": code, "severity": severity, "params": {"amount": float(amount)} if money else {}}


def is_birthday(born: datetime.date, today: datetime.date) -> bool:
	"""Whether today is the birthday; who was born on 29 February has it on 1 March in other years."""
	day = (born.month, born.day)
	if day == (2, 29):
		leap = today.year % 4 == 0 and (today.year % 100 != 0 or today.year % 400 == 0)
		day = day if leap else (3, 1)
	return (today.month, today.day) == day
