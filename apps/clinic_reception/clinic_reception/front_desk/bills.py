"""The bill of a reception on paper: each service with its contract, who pays which part, and why.

Finished texts in the reader's language; amounts in the unit people see.
"""

import json
from typing import Any

import frappe
from clinic_core.foundation.money import to_decimal
from clinic_core.foundation.user_calendar.shown import clinic_moment
from frappe import _

from clinic_reception.cash_desk.receipts import (
	RTL_LANGUAGES,
	digits_of,
	in_words,
	shown_money,
)
from clinic_reception.front_desk.states import USE_PURCHASED

_TEMPLATE = "clinic_reception/front_desk/bill_templates/bill.html"


def clinic_bill_html(name: str) -> str:
	"""The bill as HTML, for the print format Clinic Bill; the caller may print the document."""
	return frappe.render_template(_TEMPLATE, {"b": data_of(name)})


def data_of(name: str) -> dict[str, Any]:
	"""Everything the bill shows, as finished texts. A constant number of queries."""
	lang = frappe.local.lang or "en"
	doc = frappe.get_doc("Clinic Reception", name)
	titles = _titles(doc)
	file_no = frappe.db.get_value("Clinic Patient", doc.patient, "file_no")
	return {
		"lang": lang,
		"dir": "rtl" if lang in RTL_LANGUAGES else "ltr",
		"clinic": _cached_title("Clinic Legal Entity", doc.legal_entity),
		"branch": _cached_title("Clinic Branch", doc.branch),
		"heading": _("Bill of services"),
		"state": _(doc.status) if doc.docstatus != 1 else None,
		"facts": [
			[_("Bill number"), digits_of(doc.reception_no, lang)],
			[_("Date"), clinic_moment(doc.posted_at, lang) if doc.posted_at else _("Not submitted yet")],
			[_("Patient"), doc.patient_name],
			[_("File number"), digits_of(file_no, lang)],
		],
		"lines": [_line(row, titles, lang) for row in doc.lines],
		"totals": _totals(doc, lang),
		"pays": [_("Patient's share"), shown_money(doc.patient_share, lang)],
		"words": in_words(doc.patient_share, lang),
		"open": [_("Still to pay"), shown_money(doc.outstanding, lang)] if doc.docstatus == 1 else None,
	}


def _line(row: Any, titles: dict[tuple[str, str], str], lang: str) -> dict[str, Any]:
	name = titles.get(("Clinic Service", row.service)) or row.service
	contracts = [
		titles.get(("Clinic Service Contract", contract)) or contract
		for contract in (row.contract, row.supplementary_contract)
		if contract
	]
	used = row.action == USE_PURCHASED
	return {
		"name": _("{0} – {1}").format(name, row.area_title) if row.area_title else name,
		"quantity": digits_of(f"{row.quantity:g}", lang),
		"amount": _("Paid from an earlier purchase") if used else shown_money(row.list_total, lang),
		"by": " + ".join(contracts),
		"note": _("Free touch-up") if row.is_touch_up else None,
		"parts": [] if used else _parts(row, _shares(row), lang),
		"pays": None if used else shown_money(row.patient_share, lang),
	}


def _parts(doc: Any, shares: list[tuple[str, Any]], lang: str) -> list[list[str]]:
	"""What lies between the list price and what the patient pays: rows of label and amount."""
	included = bool(doc.get("tax_included"))
	rows = [
		[_("Contract"), doc.contract_adjustment],
		[_("Discount"), -to_decimal(doc.discount)],
		[_("Tax is included") if included else _("Tax"), doc.tax],
		[_("Rounding", context="money"), doc.rounding],
		*[[title, -to_decimal(amount)] for title, amount in shares],
	]
	return _shown(rows, lang)


def _totals(doc: Any, lang: str) -> list[list[str]]:
	"""The list price of everything, and what lies between it and what the patient pays."""
	kinds = [(False, _("Tax")), (True, _("Tax is included"))]
	taxes = [
		[label, sum(to_decimal(row.tax) for row in doc.lines if bool(row.tax_included) == included)]
		for included, label in kinds
	]
	rows = [
		[_("List price"), doc.list_total],
		[_("Contract"), doc.contract_adjustment],
		[_("Discount"), -to_decimal(doc.discount)],
		*taxes,
		[_("Rounding", context="money"), doc.rounding],
		*[[title, -amount] for title, amount in _shares_of(doc)],
	]
	shown = _shown(rows, lang)
	return shown if len(shown) > 1 and len(doc.lines) > 1 else []


def _shown(rows: list[list[Any]], lang: str) -> list[list[str]]:
	"""Labels with amounts, those that are not zero. A minus stands before its number in any direction."""
	return [
		[label, ("\u200e" if to_decimal(amount) < 0 else "") + shown_money(amount, lang)]
		for label, amount in rows
		if to_decimal(amount)
	]


def _shares(row: Any) -> list[tuple[str, Any]]:
	return [
		(share.get("insurer_title") or share["contract"], share["amount"])
		for share in json.loads(row.insurer_shares or "[]")
	]


def _shares_of(doc: Any) -> list[tuple[str, Any]]:
	"""What each insurer pays of the whole bill."""
	sums: dict[str, Any] = {}
	for row in doc.lines:
		for title, amount in _shares(row):
			sums[title] = sums.get(title, 0) + to_decimal(amount)
	return list(sums.items())


def _titles(doc: Any) -> dict[tuple[str, str], str]:
	wanted = {
		("Clinic Service", "service_name"): {row.service for row in doc.lines},
		("Clinic Service Contract", "title"): {
			contract
			for row in doc.lines
			for contract in (row.contract, row.supplementary_contract)
			if contract
		},
	}
	return {
		(doctype, row.name): row[field]
		for (doctype, field), names in wanted.items()
		if names
		for row in frappe.get_all(
			doctype, filters={"name": ("in", sorted(names))}, fields=["name", field], order_by="name asc"
		)
	}


def _cached_title(doctype: str, name: str | None) -> str:
	return _(frappe.get_cached_value(doctype, name, "title") or "") if name else ""
