"""Transactions of a patient with a running balance (B23), and their order and paging.

The balance runs over Receivable, as everywhere; deposits and credit are shown apart, so their
vouchers carry an `amount` and leave the balance as it is.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

import frappe
from clinic_core.foundation.money import to_decimal
from clinic_core.people.merging import whole
from frappe import _
from frappe.query_builder.functions import Min, Sum
from pypika import Case

from clinic_reception.cash_desk.posting import DOCTYPE as LEDGER

_OWN = ("Receivable", "Deposits", "Credit")
ONLINE = "Clinic Online Payment"
_TILL = ("Cash", "Bank", "Cheques")


def transactions(patient: str, start: int, page_length: int) -> tuple[list[dict[str, Any]], bool]:
	"""One page, newest first: {posted_at, kind, receipt_no, description, debit, credit, amount, insurer_share,
	balance, voucher_type, voucher_no}, and whether there is more. Four queries."""
	rows = with_balance(_vouchers(patient))
	page = rows[start : start + page_length]
	receipts, receptions = _documents(page)
	return [_row(row, receipts, receptions) for row in page], len(rows) > start + page_length


def with_balance(vouchers: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
	"""Vouchers, oldest first, with the balance after each; returned newest first. Pure."""
	balance, rows = Decimal(0), []
	for voucher in vouchers:
		balance += to_decimal(voucher["receivable"])
		rows.append({**voucher, "balance": balance})
	return rows[::-1]


def _vouchers(patient: str) -> list[dict[str, Any]]:
	"""What each voucher, and each mirrored voucher, did to the patient's accounts; oldest first."""
	table = frappe.qb.DocType(LEDGER)
	mirrored = Case().when(table.reverses.isnull() | (table.reverses == ""), 0).else_(1)
	rows = (
		frappe.qb.from_(table)
		.select(
			table.voucher_type,
			table.voucher_no,
			mirrored.as_("mirrored"),
			Min(table.posted_at).as_("posted_at"),
			Sum(Case().when(table.account == "Receivable", table.amount).else_(0)).as_("receivable"),
			Sum(Case().when(table.account.isin(_TILL), table.amount).else_(0)).as_("money"),
			Sum(Case().when(table.account == "Insurer", table.amount).else_(0)).as_("insurer_share"),
		)
		.where(table.patient.isin(whole.names_of(patient)))
		.groupby(table.voucher_type, table.voucher_no, mirrored)
		.run(as_dict=True)
	)
	return sorted(rows, key=lambda row: (row.posted_at, row.mirrored, row.voucher_no))


def _documents(page: list[dict[str, Any]]) -> tuple[dict[str, Any], dict[str, Any]]:
	payments = {row["voucher_no"] for row in page if row["voucher_type"] == "Clinic Payment"}
	receptions = {row["voucher_no"] for row in page if row["voucher_type"] == "Clinic Reception"}
	return (
		_by_name(
			"Clinic Payment", payments, ["name", "receipt_no", "direction", "purpose", "total", "reason"]
		),
		_by_name("Clinic Reception", receptions, ["name", "reception_no", "cancel_reason", "total"]),
	)


def _by_name(doctype: str, names: set[str], fields: list[str]) -> dict[str, Any]:
	if not names:
		return {}
	rows = frappe.get_all(
		doctype, filters={"name": ("in", sorted(names))}, fields=fields, order_by="name asc"
	)
	return {row.name: row for row in rows}


def _row(row: dict[str, Any], payments: dict[str, Any], receptions: dict[str, Any]) -> dict[str, Any]:
	moved = row["receivable"] or 0
	payment = payments.get(row["voucher_no"])
	reception = receptions.get(row["voucher_no"])
	kind, text = _words(payment, reception)
	if row["voucher_type"] == "Clinic Opening Balance":
		kind, text = "opening", _("Opening balance")
	if row["voucher_type"] == "Clinic Penalty":
		kind, text = "penalty", _("Penalty for a cancelled or missed appointment")
	if row["voucher_type"] == ONLINE:
		kind, text = "deposit", _("Paid online")
	if row["mirrored"]:
		reason = (payment or {}).get("reason") or (reception or {}).get("cancel_reason") or ""
		text = _("Undone: {0}").format(f"{text} ({reason})" if reason else text)
	return {
		"posted_at": str(row["posted_at"])[:19],
		"kind": kind,
		"receipt_no": (payment or {}).get("receipt_no") or (reception or {}).get("reception_no"),
		"description": text,
		"debit": float(moved) if moved > 0 else 0,
		"credit": float(-moved) if moved < 0 else 0,
		"amount": float(row["money"]) if payment or row["voucher_type"] == ONLINE else float(moved),
		"insurer_share": float(row["insurer_share"] or 0),
		"balance": float(row["balance"]),
		"is_undone": bool(row["mirrored"]),
		"voucher_type": row["voucher_type"],
		"voucher_no": row["voucher_no"],
	}


def _words(payment: Any, reception: Any) -> tuple[str, str]:
	if reception:
		return "reception", _("Services received or bought")
	if not payment:
		return "other", ""
	if payment.direction == "Refund":
		return "refund", _("Deposit paid back") if payment.purpose == "Deposit" else _("Money paid back")
	if payment.purpose == "Deposit":
		return "deposit", _("Deposit taken")
	return "payment", _("Payment", context="money received")
