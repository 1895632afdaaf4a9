"""Lines sold by a proforma: at the prices that were promised, once."""

import datetime
import json
from typing import Any

import frappe
from clinic_core.foundation.errors import refuse_input
from clinic_core.service_catalog.proforma import proformas
from frappe import _
from frappe.model.document import Document

from clinic_reception.front_desk.line_refusals import label_of

_FROZEN = (
	"service",
	"area",
	"area_title",
	"quantity",
	"discount_percent",
	"discount_amount",
	"contract",
	"supplementary_contract",
)


def open_for(patient: str, on: datetime.date) -> list[dict[str, Any]]:
	"""What a patient was promised and may still have: rows {proforma, proforma_no, valid_until,
	patient_share, lines: [{proforma, proforma_line, service, area, quantity, practitioner, quote}]}, the one
	that ends first on top. Two queries."""
	heads = frappe.get_all(
		proformas.DOCTYPE,
		filters={"patient": patient, "status": "Issued", "valid_until": (">=", on)},
		fields=["name as proforma", "proforma_no", "valid_until", "patient_share"],
		order_by="valid_until asc, name asc",
	)
	lines: dict[str, list[dict[str, Any]]] = {head.proforma: [] for head in heads}
	for row in _lines_of(list(lines)):
		lines[row.proforma].append({**row, "quote": json.loads(row.quote)})
	return [{**head, "valid_until": str(head.valid_until), "lines": lines[head.proforma]} for head in heads]


def _lines_of(names: list[str]) -> list[dict[str, Any]]:
	if not names:
		return []
	fields = ["parent as proforma", "name as proforma_line", "service", "area", "quantity", "practitioner"]
	return frappe.get_all(
		"Clinic Proforma Line",
		filters={"parent": ("in", names), "parenttype": proformas.DOCTYPE},
		fields=[*fields, "quote"],
		order_by="parent asc, idx asc",
	)


def take(doc: Document, on: datetime.date) -> dict[int, dict[str, Any]]:
	"""Put what was promised on the lines that name a proforma; their frozen quotes by number of the line.

	A proforma makes one bill, with any of its lines, each once. Raises InvalidInputError when it cannot
	be used, or a line is not one of it.
	"""
	promised = {
		name: {line["proforma_line"]: line for line in proformas.lines_for(name, doc.patient, on)}
		for name in names_of(doc)
	}
	found: dict[int, dict[str, Any]] = {}
	for row in doc.lines:
		if not row.proforma:
			row.proforma_line = None
			continue
		line = promised[row.proforma].pop(row.proforma_line, None)
		if not line:
			refuse_input(label_of(row.idx), _("This line is not in the proforma, or it is here twice."))
		row.update({field: line[field] for field in _FROZEN})
		row.update({"is_touch_up": 0, "practitioner": row.practitioner or line["practitioner"]})
		found[row.idx] = line["quote"]
	return found


def mark_used(doc: Document, on: datetime.date) -> None:
	"""The bill is made: nobody makes a second one of the same proforma."""
	for name in names_of(doc):
		proformas.mark_used(name, doc.patient, on, doc.doctype, doc.name)


def mark_unused(doc: Document) -> None:
	"""The bill was cancelled: the proforma holds again until its last day."""
	for name in names_of(doc):
		proformas.mark_unused(name, doc.name)


def names_of(doc: Document) -> list[str]:
	"""The proformas of the lines, in the order in which they are locked."""
	return sorted({row.proforma for row in doc.lines if row.proforma})
