"""A proforma on paper: Persian from right to left with the Jalali calendar, or English."""

from decimal import Decimal
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from clinic_core.foundation import settings
from clinic_core.foundation.digits import in_language
from clinic_core.foundation.money import to_decimal
from clinic_core.foundation.shown_days import shown_day
from clinic_core.people import phones
from clinic_core.service_catalog.proforma import proforma_states as states
from clinic_core.service_catalog.proforma import proformas

TEMPLATE = "clinic_core/service_catalog/print_format/clinic_proforma/proforma.html"
RTL_LANGUAGES = frozenset({"fa", "ar", "he", "ur", "ps", "ku"})
_TOTALS = (
	"list_total",
	"contract_adjustment",
	"discount",
	"tax",
	"rounding",
	"total",
	"insurer_share",
)


def clinic_proforma_html(name: str) -> str:
	"""The proforma as HTML for A5 and A4, from what was frozen when it was issued (Jinja method)."""
	doc = frappe.get_doc(proformas.DOCTYPE, name)
	return frappe.render_template(TEMPLATE, {"p": data_of(doc)})


def data_of(doc: Document) -> dict[str, Any]:
	"""Everything the sheet shows, as finished texts in the language of the print."""
	lang = frappe.local.lang or "en"
	write = _writer(lang)
	return {
		"lang": lang,
		"dir": "rtl" if lang in RTL_LANGUAGES else "ltr",
		"clinic": _clinic(doc.branch),
		"branch": _title("Clinic Branch", doc.branch),
		"heading": _("Proforma"),
		"mark": _mark(doc),
		"facts": _facts(doc, lang),
		"head": [
			_("Service"),
			_("Quantity"),
			_("Unit price"),
			_("Discount"),
			_("Insurer share"),
			_("Patient share"),
		],
		"rows": _rows(doc, lang, write),
		"totals": _totals(doc, write),
		"pays": [_("Patient pays"), write(doc.patient_share)],
		"unit": _("Prices in {0}").format(_unit()),
		"promise": _("These prices hold until {0}.").format(_date(doc.valid_until))
		if doc.valid_until
		else "",
		"note": doc.note or "",
	}


def _facts(doc: Document, lang: str) -> list[list[str]]:
	patient = doc.patient and frappe.db.get_value(
		"Clinic Patient", doc.patient, ["full_name", "file_no"], as_dict=True
	)
	mobile = phones.local(doc.person_mobile) if doc.person_mobile else ""
	rows = [
		[_("Proforma number"), in_language(doc.proforma_no or "–", lang)],
		[_("Issued on"), _date(doc.issued_on)],
		[_("Valid until"), _date(doc.valid_until)],
		[_("Name"), patient.full_name if patient else doc.person_name],
		[_("File number"), in_language(patient.file_no or "", lang) if patient else ""],
		[_("Mobile"), in_language(mobile, lang)],
	]
	return [row for row in rows if row[1]]


def _rows(doc: Document, lang: str, write: Any) -> list[dict[str, Any]]:
	titles = dict(
		frappe.get_all(
			"Clinic Service",
			filters={"name": ("in", [row.service for row in doc.lines])},
			fields=["name", "service_name"],
			order_by="name asc",
			as_list=True,
		)
	)
	found = []
	for row in doc.lines:
		title = _(titles.get(row.service) or row.service)
		quantity = to_decimal(row.quantity).normalize()
		found.append(
			{
				"title": f"{title} – {row.area_title}" if row.area_title else title,
				"why": row.priced_by or "",
				"cells": [
					in_language(f"{quantity:f}", lang),
					*(
						write(row.get(f))
						for f in ("unit_price", "discount", "insurer_share", "patient_share")
					),
				],
			}
		)
	return found


def _totals(doc: Document, write: Any) -> list[list[str]]:
	"""The sums that are not nothing; a lone list total says no more than what is paid."""
	shown = [field for field in _TOTALS if doc.get(field)]
	return [[_(doc.meta.get_label(field)), write(doc.get(field))] for field in shown]


def _mark(doc: Document) -> str:
	"""What stands across a sheet that promises nothing (any more)."""
	shown = states.shown(doc.status, doc.valid_until, getdate())
	if shown == states.DRAFT:
		return _("Not issued yet")
	return _(shown) if shown in (states.CANCELLED, states.EXPIRED) else ""


def _writer(lang: str) -> Any:
	unit = settings.shown_unit()

	def write(value: Any) -> str:
		amount = unit.to_shown(value or 0) if unit else to_decimal(value or 0)
		decimals = 0 if amount == amount.to_integral_value() else 2
		return in_language(f"{Decimal(amount):,.{decimals}f}", lang)

	return write


def _unit() -> str:
	unit = settings.shown_unit()
	return _(unit.label if unit else settings.stored_unit())


def _date(day: Any) -> str:
	if not day:
		return ""
	return shown_day(day)


def _clinic(branch: str) -> str:
	return _title("Clinic Legal Entity", frappe.get_cached_value("Clinic Branch", branch, "legal_entity"))


def _title(doctype: str, name: str | None) -> str:
	return _(frappe.get_cached_value(doctype, name, "title") or "") if name else ""
