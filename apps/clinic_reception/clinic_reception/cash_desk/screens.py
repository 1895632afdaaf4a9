"""What the cash desk page reads: the shift, a patient's open debts, today's receipts."""

import datetime
from typing import Any

import frappe
from frappe import _
from frappe.utils import get_datetime, getdate

from clinic_reception.cash_desk import balances, shifts


def current_shift() -> dict[str, Any]:
	"""The session user's open shift with what should be there, or the desks that are free."""
	name = shifts.own_open_shift()
	if not name:
		return {"shift": None, "desks": _free_desks()}
	shift = frappe.db.get_value(
		shifts.DOCTYPE, name, ["shift_no", "desk", "opened_at", "opening_float"], as_dict=True
	)
	expected = shifts.expected_of(name, shift.opening_float)
	titles = method_titles()
	return {
		"shift": name,
		"shift_no": shift.shift_no,
		"desk": shift.desk,
		"desk_title": frappe.get_cached_value("Clinic Cash Desk", shift.desk, "title"),
		"opened_at": str(shift.opened_at)[:19],
		"opening_float": shift.opening_float,
		"totals": [
			{"method": method, "title": titles.get(method, method), "expected": float(amount)}
			for method, amount in expected.items()
		],
	}


def _free_desks() -> list[dict[str, Any]]:
	taken = frappe.get_all(shifts.DOCTYPE, filters={"status": "Open"}, pluck="desk", order_by="desk asc")
	return frappe.get_list(
		"Clinic Cash Desk",
		filters={"is_active": 1, "name": ("not in", taken or [""])},
		fields=["name", "title", "branch"],
		order_by="title asc",
	)


def method_titles() -> dict[str, str]:
	"""Translated titles of the payment methods by name."""
	rows = frappe.get_all(
		"Clinic Payment Method", fields=["name", "title"], order_by="priority asc, name asc"
	)
	return {row.name: _(row.title) for row in rows}


def open_debts(patient: str) -> dict[str, Any]:
	"""{balance, deposits, credit, opening, receptions}: what can be paid and with what, oldest first.

	`opening` is a debt from before the go-live: of no reception, and the oldest one.
	"""
	balance = balances.of_patient(patient)
	deposits = frappe.get_all(
		"Clinic Deposit",
		filters={"patient": patient, "available": (">", 0)},
		fields=["name", "available", "service.service_name as service_name", "received_at"],
		order_by="`tabClinic Deposit`.`received_at` asc, `tabClinic Deposit`.`name` asc",
	)
	receptions = frappe.get_all(
		"Clinic Reception",
		filters={"patient": patient, "docstatus": 1, "outstanding": (">", 0)},
		fields=["name", "reception_no", "posted_at", "patient_share as total", "outstanding"],
		order_by="posted_at asc, name asc",
	)
	return {
		"balance": float(balance.owes),
		"credit": float(balance.credit),
		"opening": float(balances.opening_of(balance.owes, receptions)),
		"deposits": [{**row, "received_at": str(row.received_at)[:19]} for row in deposits],
		"receptions": [{**row, "posted_at": str(row.posted_at)[:19]} for row in receptions],
	}


def payments_today(desk: str | None = None) -> list[dict[str, Any]]:
	"""Today's receipts the user may see, newest first, with their methods; constant queries."""
	today = get_datetime(getdate())
	filters: dict[str, Any] = {"posted_at": (">=", today), "docstatus": (">", 0)}
	if desk:
		of_today = _shifts_since(desk, today)
		if not of_today:
			return []
		filters["shift"] = ("in", of_today)
	rows = frappe.get_list(
		"Clinic Payment",
		filters=filters,
		fields=[
			"name",
			"receipt_no",
			"patient",
			"patient.full_name as patient_name",
			"patient.file_no as file_no",
			"posted_at",
			"direction",
			"purpose",
			"status",
			"total",
			"allocated",
			"unallocated",
			"cashier",
			"shift",
			"shift.status as shift_status",
		],
		order_by="`tabClinic Payment`.`posted_at` desc, `tabClinic Payment`.`name` desc",
		limit_page_length=200,
		ignore_ifnull=True,  # an index serves the bare column only
	)
	methods = _methods_of([row.name for row in rows])
	for row in rows:
		row["posted_at"] = str(row.posted_at)[:19]
		row["methods"] = methods.get(row.name, [])
		row["can_undo"] = row.status == "Submitted" and row.shift_status == "Open"
	return rows


def _shifts_since(desk: str, since: datetime.datetime) -> list[str]:
	"""Shifts of a desk that were open then or later; over the years a desk has thousands."""
	still_open = [["closed_at", "is", "not set"], ["closed_at", ">=", since]]
	return frappe.get_all(
		shifts.DOCTYPE, filters={"desk": desk}, or_filters=still_open, pluck="name", order_by="name asc"
	)


def _methods_of(payments: list[str]) -> dict[str, list[dict[str, Any]]]:
	if not payments:
		return {}
	titles, found = method_titles(), {}
	lines = frappe.get_all(
		"Clinic Payment Line",
		filters={"parent": ("in", payments)},
		fields=["parent", "method", "amount", "reference"],
		order_by="parent asc, idx asc",
	)
	for row in lines:
		found.setdefault(row.parent, []).append(
			{"method": row.method, "title": titles.get(row.method, row.method), "amount": row.amount}
		)
	return found
