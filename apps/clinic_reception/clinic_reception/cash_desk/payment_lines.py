"""Checks the lines of a payment: method, amount, reference. Raises InvalidInputError naming the row."""

import math
from typing import Any

import frappe
from clinic_core.foundation.digits import to_latin
from clinic_core.foundation.errors import ConflictError, InvalidInputError, refuse_input
from clinic_core.foundation.money import to_decimal
from frappe import _
from frappe.model.document import Document

from clinic_reception.cash_desk.ledger import ACCOUNT_OF_KIND

METHOD = "Clinic Payment Method"
MAX_AMOUNT = 10**15


def check(doc: Document) -> None:
	"""Complete and check every line of `doc`; sets kind, cleaned reference and the total."""
	if not doc.lines:
		refuse_input(_("Lines"), _("Add at least one amount."))
	methods = _methods({row.method for row in doc.lines if row.method})
	for row in doc.lines:
		_check_line(row, methods.get(row.method))
	_refuse_used_references(doc)
	doc.total = float(sum(to_decimal(row.amount) for row in doc.lines))


def _methods(names: set[str]) -> dict[str, Any]:
	rows = frappe.get_all(
		METHOD,
		filters={"name": ("in", sorted(names))},
		fields=["name", "title", "kind", "is_active", "requires_reference"],
		order_by="name asc",
	)
	return {row.name: row for row in rows}


def _check_line(row: Document, method: Any) -> None:
	label = _("Line {0}").format(row.idx)
	if not method:
		shown = frappe.utils.escape_html(str(row.method or ""))
		refuse_input(label, _("There is no payment method {0}.").format(shown))
	if not method.is_active:
		refuse_input(label, _("The payment method {0} is not in use.").format(_(method.title)))
	if method.kind not in ACCOUNT_OF_KIND:
		refuse_input(label, _("Payments by {0} cannot be taken yet.").format(_(method.title)))
	check_amount(row.amount, label)
	row.kind = method.kind
	row.reference = to_latin(str(row.reference or "")).strip() or None
	if method.kind != "Deposit" and row.deposit:
		refuse_input(label, _("Only the method “from deposit” uses a deposit."))
	row.reference_key = None
	if method.requires_reference:
		if not row.reference:
			refuse_input(label, _("{0} needs the reference number of the receipt.").format(_(method.title)))
		row.reference_key = f"{row.method}:{row.reference}"[:140] if row.docstatus == 1 else None


def check_amount(amount: Any, label: str) -> None:
	"""Refuse what is not a positive amount of money."""
	value = float(amount or 0)
	if not math.isfinite(value) or value <= 0:
		refuse_input(label, _("The amount must be more than 0."))
	if value > MAX_AMOUNT:
		refuse_input(label, _("The amount is too large."))
	if round(value, 2) != value:
		refuse_input(label, _("The amount has too many decimals."))


def _refuse_used_references(doc: Document) -> None:
	"""Tell where a reference was used before; the unique key is the last word."""
	keys = [row.reference_key for row in doc.lines if row.reference_key]
	if len(set(keys)) < len(keys):
		frappe.throw(_("The same reference number is used twice."), InvalidInputError)
	if not keys:
		return
	used = frappe.get_all(
		"Clinic Payment Line",
		filters={"reference_key": ("in", keys), "parent": ("!=", doc.name or "")},
		fields=["parent", "reference"],
		order_by="name asc",
		limit=1,
	)
	if used:
		receipt = frappe.db.get_value("Clinic Payment", used[0].parent, "receipt_no")
		frappe.throw(
			_("The reference number {0} was already used, on receipt {1}.").format(
				frappe.utils.escape_html(used[0].reference), receipt or _("Draft")
			),
			ConflictError,
		)
