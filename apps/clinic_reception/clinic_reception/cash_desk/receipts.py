"""What a receipt prints: fixed when the payment is posted, reprinted identically for ever.

`data_of` turns a payment into finished texts (labels, digits, calendar, words in the cashier's
language) with the version of the template; `clinic_receipt_html` only puts them on paper.
"""

import datetime
import json
from decimal import Decimal
from typing import Any

import frappe
import jdatetime
from clinic_core.foundation import settings
from clinic_core.foundation.money import to_decimal
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_datetime
from num2words import num2words

from clinic_reception.cash_desk import balances

TEMPLATE_VERSION = 1
RTL_LANGUAGES = frozenset({"fa", "ar", "he", "ur", "ps", "ku"})
_PERSIAN_DIGITS = str.maketrans("0123456789,", "۰۱۲۳۴۵۶۷۸۹٬")


def data_of(payment: Document) -> dict[str, Any]:
	"""Everything the receipt of a posted payment shows, as finished texts."""
	lang = frappe.local.lang or "en"
	patient = frappe.db.get_value("Clinic Patient", payment.patient, ["full_name", "file_no"], as_dict=True)
	balance = balances.of_patient(payment.patient)
	return {
		"version": TEMPLATE_VERSION,
		"lang": lang,
		"dir": "rtl" if lang in RTL_LANGUAGES else "ltr",
		"clinic": _title("Clinic Legal Entity", payment.flags.legal_entity),
		"branch": _title("Clinic Branch", payment.branch),
		"heading": _heading(payment),
		"facts": [
			[_("Receipt number"), digits_of(payment.receipt_no, lang)],
			[_("Date"), shown_time(payment.posted_at, lang)],
			[_("Patient"), patient.full_name],
			[_("File number"), digits_of(patient.file_no, lang)],
			[_("Cashier"), frappe.db.get_value("User", payment.cashier, "full_name") or payment.cashier],
		],
		"lines": _lines(payment, lang),
		"receptions": _receptions(payment, lang),
		"total": [_("Total"), shown_money(payment.total, lang)],
		"words": in_words(payment.total, lang),
		"balances": _balances(balance, lang),
		"reason": payment.reason if payment.direction == "Refund" else None,
	}


def clinic_receipt_html(name: str) -> str:
	"""The receipt as HTML, 80 mm wide on a till printer and neat on A5. From stored data only."""
	stored = frappe.db.get_value("Clinic Payment", name, ["receipt_data", "docstatus"], as_dict=True)
	if not stored or not stored.receipt_data:
		return frappe.render_template(_template(TEMPLATE_VERSION), {"r": None, "draft": _("Not posted yet")})
	data = json.loads(stored.receipt_data)
	undone = _("Undone") if stored.docstatus == 2 else None
	return frappe.render_template(_template(data["version"]), {"r": data, "undone": undone})


def _template(version: int) -> str:
	return f"clinic_reception/cash_desk/receipt_templates/receipt_v{int(version)}.html"


def _heading(payment: Document) -> str:
	if payment.direction == "Refund":
		return _("Refund receipt")
	return _("Deposit receipt") if payment.purpose == "Deposit" else _("Receipt", context="payment")


def _lines(payment: Document, lang: str) -> list[list[str]]:
	titles = _titles("Clinic Payment Method", "title", {row.method for row in payment.lines})
	return [
		[
			_(titles.get(row.method) or row.method),
			digits_of(row.reference, lang),
			shown_money(row.amount, lang),
		]
		for row in payment.lines
	]


def _receptions(payment: Document, lang: str) -> list[list[str]]:
	numbers = _titles("Clinic Reception", "reception_no", {row.reception for row in payment.allocations})
	rows = [
		[digits_of(numbers.get(row.reception), lang), shown_money(row.amount, lang)]
		for row in payment.allocations
	]
	if payment.opening_allocated:
		rows.insert(0, [_("Debt from before the start"), shown_money(payment.opening_allocated, lang)])
	return rows


def _titles(doctype: str, field: str, names: set[str]) -> dict[str, str]:
	if not names:
		return {}
	rows = frappe.get_all(
		doctype, filters={"name": ("in", sorted(names))}, fields=["name", field], order_by="name asc"
	)
	return {row.name: row[field] for row in rows}


def _balances(balance: balances.Balance, lang: str) -> list[list[str]]:
	rows = [[_("Still to pay"), balance.owes]]
	rows += [[_("In deposits"), balance.deposits]] if balance.deposits else []
	rows += [[_("Credit", context="money"), balance.credit]] if balance.credit else []
	return [[label, shown_money(amount, lang)] for label, amount in rows]


def _title(doctype: str, name: str | None) -> str:
	return _(frappe.get_cached_value(doctype, name, "title") or "") if name else ""


def digits_of(text: Any, lang: str) -> str:
	"""Digits as the language writes them."""
	plain = "" if text is None else str(text)
	return plain.translate(_PERSIAN_DIGITS) if lang == "fa" else plain


def shown_time(when: datetime.datetime | str, lang: str) -> str:
	"""Date and time: Jalali with Persian digits in Persian, else Gregorian."""
	moment = get_datetime(when)
	if lang != "fa":
		return moment.strftime("%Y-%m-%d %H:%M")
	jalali = jdatetime.datetime.fromgregorian(datetime=moment)
	return digits_of(jalali.strftime("%Y/%m/%d %H:%M"), lang)


def shown_money(amount: Any, lang: str) -> str:
	"""Amount in the unit people read (Toman if the clinic shows it), with its name."""
	value, unit, decimals = _shown(amount)
	text = f"{value:,.{decimals}f}"
	return f"{digits_of(text, lang)} {unit}".strip()


def in_words(amount: Any, lang: str) -> str:
	"""The amount in words, in the language if it can be written out."""
	value, unit, _decimals = _shown(amount)
	whole = int(value) if value == value.to_integral_value() else value
	try:
		words = num2words(whole, lang=lang)
	except (NotImplementedError, OverflowError, TypeError):
		words = num2words(whole, lang="en")
	return f"{words} {unit}".strip()


def _shown(amount: Any) -> tuple[Decimal, str, int]:
	unit = settings.shown_unit()
	value = to_decimal(amount)
	if unit:
		value = unit.to_shown(value)
		decimals = 0 if value == value.to_integral_value() else max(unit.decimals, 1)
		return value, _(unit.label), decimals
	decimals = 0 if value == value.to_integral_value() else 2
	return value, _(settings.stored_unit()), decimals
