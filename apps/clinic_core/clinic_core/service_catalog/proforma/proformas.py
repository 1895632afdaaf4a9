"""Proformas (پیش‌فاکتور): prices that are promised for some days.

A draft follows the prices of the day; issuing it freezes them, line by line, with the whole quote.
Reception turns an issued one into a bill at those prices until its last day. Documents are written with
the user's rights (his branches); only `mark_used` and `mark_unused` follow from a bill and ask nobody.
"""

import datetime
import json
from collections.abc import Mapping, Sequence
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import add_days, cint, escape_html, getdate

from clinic_core.foundation import settings
from clinic_core.foundation.errors import refuse_input
from clinic_core.foundation.locks import lock_rows
from clinic_core.foundation.shown_days import shown_day
from clinic_core.foundation.state import as_system
from clinic_core.service_catalog import quotes
from clinic_core.service_catalog.proforma import proforma_states as states

DOCTYPE = "Clinic Proforma"
AMOUNTS = (
	"list_total",
	"contract_adjustment",
	"discount",
	"tax",
	"rounding",
	"insurer_share",
	"patient_share",
	"total",
)
"""Amounts of a line (Rial) that add up to those of the proforma."""

_ASKED = ("service", "area", "quantity", "discount_percent", "discount_amount", "practitioner")
_NAMED = ("contract", "supplementary_contract")


def create(
	lines: Sequence[Mapping[str, Any]],
	branch: str | None,
	patient: str | None = None,
	person_name: str | None = None,
	person_mobile: str | None = None,
	note: str | None = None,
	is_issued: bool = True,
) -> Document:
	"""A proforma of `lines` ({service, area, quantity, discount_percent or discount_amount, practitioner,
	contract, supplementary_contract}), issued at once or left as a draft.

	Raises InvalidInputError naming what is wrong; nothing is kept then.
	"""
	doc = frappe.new_doc(DOCTYPE)
	doc.update(
		{
			"branch": branch,
			"patient": patient,
			"person_name": person_name,
			"person_mobile": person_mobile,
			"note": note,
			"status": states.ISSUED if is_issued else states.DRAFT,
			"lines": [{field: line.get(field) for field in (*_ASKED, *_NAMED)} for line in lines],
		}
	)
	return doc.insert()


def issue(proforma: str) -> Document:
	"""Freeze the prices of a draft as they are today and give it a number."""
	doc = _locked(proforma)
	doc.status = states.ISSUED
	return doc.save()


def cancel(proforma: str, reason: str | None) -> Document:
	"""Take a draft or an issued proforma back; an issued one with a reason."""
	doc = _locked(proforma)
	doc.status = states.CANCELLED
	doc.cancel_reason = reason
	return doc.save()


def lines_for(proforma: str, patient: str, on: datetime.date) -> list[dict[str, Any]]:
	"""What reception sells by an issued proforma, at its frozen numbers.

	Each: {proforma, proforma_line, service, area, area_title, practitioner, quantity, discount_percent,
	discount_amount, contract, supplementary_contract, quote}; `quote` is the whole answer of `get_quote`
	as it was when the proforma was issued. One made out to a person without a file may be used by any
	patient: the file was opened later.
	Raises InvalidInputError when it is not issued, expired, used, cancelled or of another patient.
	"""
	doc = frappe.get_doc(DOCTYPE, proforma)
	_refuse_unusable(doc, patient, on)
	return [_frozen(doc, row) for row in doc.lines]


def mark_used(proforma: str, patient: str, on: datetime.date, used_by_doctype: str, used_by: str) -> None:
	"""A bill was made of it: nobody makes a second one. The row is locked first.

	Raises InvalidInputError as `lines_for` does, so that of two desks only one succeeds.
	"""
	doc = _locked(proforma)
	_refuse_unusable(doc, patient, on)
	doc.update({"status": states.USED, "used_on": on, "used_by_doctype": used_by_doctype, "used_by": used_by})
	_save_as_system(doc)


def mark_unused(proforma: str, used_by: str | None = None) -> None:
	"""The bill was cancelled: the proforma holds again until its last day.

	With `used_by` only if it was that bill; otherwise nothing happens.
	"""
	doc = _locked(proforma)
	if doc.status != states.USED or (used_by and doc.used_by != used_by):
		return
	doc.update({"status": states.ISSUED, "used_on": None, "used_by_doctype": None, "used_by": None})
	_save_as_system(doc)


def price(doc: Document) -> None:
	"""Fill the lines of a draft with the quotes of today, and the totals: one call for all lines."""
	asked = [{"idx": row.idx, **{field: row.get(field) for field in (*_ASKED, *_NAMED)}} for row in doc.lines]
	results = quotes.quotes_for(asked, patient=doc.patient or None, branch=doc.branch, on=getdate())
	for row, result in zip(doc.lines, results, strict=True):
		row.update({field: result[field] for field in (*AMOUNTS, "list_price", "unit_price")})
		row.area_title = result["area_title"]
		row.priced_by = " + ".join(filter(None, [result["contract_title"], _supplementary(result)]))
		row.quote = json.dumps(result, ensure_ascii=False, default=str)
	doc.update({field: sum(row.get(field) for row in doc.lines) for field in AMOUNTS})


def last_day(issued_on: datetime.date) -> datetime.date:
	"""Until when prices promised on a day hold, by the settings."""
	return add_days(issued_on, states.valid_days(cint(settings.get("proforma_valid_days"))))


def _supplementary(result: Mapping[str, Any]) -> str | None:
	"""The supplementary insurer of a quote, as people call it."""
	titles = [
		share["insurer_title"] for share in result["insurer_shares"] if share["kind"] == "supplementary"
	]
	return titles[0] if titles else None


def _locked(proforma: str) -> Document:
	lock_rows([(DOCTYPE, proforma)])
	return frappe.get_doc(DOCTYPE, proforma)


def _save_as_system(doc: Document) -> None:
	doc.flags.ignore_permissions = True
	with as_system():
		doc.save()


def _refuse_unusable(doc: Document, patient: str, on: datetime.date) -> None:
	label = _("Proforma {0}").format(doc.proforma_no or "").strip()
	status = states.shown(doc.status, doc.valid_until, getdate(on))
	if status == states.EXPIRED:
		refuse_input(
			label,
			_("It was valid until {0}. Issue a new one at the prices of today.").format(
				shown_day(doc.valid_until)
			),
		)
	if status == states.USED:
		refuse_input(label, _("It was already used. Each proforma makes one bill."))
	if status == states.CANCELLED:
		refuse_input(label, _("It was cancelled."))
	if status == states.DRAFT:
		refuse_input(label, _("It is a draft. Issue it first."))
	if doc.patient and doc.patient != patient:
		name = frappe.db.get_value("Clinic Patient", doc.patient, "full_name")
		refuse_input(label, _("It is made out to {0}.").format(escape_html(name or doc.patient)))


def _frozen(doc: Document, row: Document) -> dict[str, Any]:
	quote = json.loads(row.quote)
	return {
		"proforma": doc.name,
		"proforma_line": row.name,
		**{field: row.get(field) for field in _ASKED},
		"area_title": row.area_title,
		"contract": quote["contract"],
		"supplementary_contract": quote["supplementary_contract"],
		"quote": quote,
	}
