"""Prices and completes the lines of a reception; what the client sent as a price is ignored.

The only source of a price is core's price function, asked once for all lines. A line that uses a
purchase costs nothing again. Every refusal names the line (InvalidInputError).
"""

import json
from decimal import Decimal
from typing import Any

import frappe
from clinic_core.foundation import compat
from clinic_core.foundation.errors import InvalidInputError, refuse_input
from clinic_core.foundation.money import to_decimal
from clinic_core.service_catalog import quotes
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from clinic_reception.front_desk import (
	line_refusals,
	line_rules,
	performed,
	promised,
	purchases,
	sold_services,
)
from clinic_reception.front_desk.line_rules import SoldService, Wish
from clinic_reception.front_desk.states import SELL_FOR_LATER, USE_PURCHASED

MONEY = (
	"list_price",
	"unit_price",
	"list_total",
	"contract_adjustment",
	"discount",
	"tax",
	"insurer_share",
	"rounding",
	"patient_share",
	"total",
	"deduction",
)
TOTALS = (
	"list_total",
	"contract_adjustment",
	"discount",
	"tax",
	"insurer_share",
	"rounding",
	"patient_share",
	"total",
)

AUTOMATIC, CHOSEN, LIST_PRICE = "Automatic", "Chosen", "List Price"
"""Who said which contract a line has: the order of the price function, a person, or a person for none."""


def price(doc: Document) -> None:
	"""Overwrite every amount of the lines and the totals with what the price function says.

	What the services are is left in `doc.flags.services`, for what follows in the same save.
	"""
	promises = promised.take(doc, getdate())
	services = doc.flags.services = sold_services.read(row.service for row in doc.lines)
	entities = _entities_of(doc)
	purchased = purchases.open_for(doc)
	before = {row.name: row for row in getattr(doc.get_doc_before_save(), "lines", [])}
	for row in doc.lines:
		_check(row, services.get(row.service))
		_complete(row, services[row.service], entities.get(row.practitioner) or doc.legal_entity)
		if row.action == USE_PURCHASED:
			purchases.choose(row, purchased)
			_cost_nothing(row)
		else:
			row.entitlement = row.session = None
			_keep_choice(row, before.get(row.name))
	_check_touch_ups(doc, services)
	for row, quote in _priced(doc, promises):
		_take(row, quote)
	for field in TOTALS:
		doc.set(field, float(sum((to_decimal(row.get(field)) for row in doc.lines), Decimal(0))))


def _check(row: Document, service: SoldService | None) -> None:
	wish = Wish(
		action=row.action,
		quantity=to_decimal(row.quantity),
		area=row.area or "",
		discount_percent=to_decimal(row.discount_percent),
		discount_amount=to_decimal(row.discount_amount),
		is_touch_up=bool(row.is_touch_up),
	)
	if problem := line_rules.problem_of(wish, service):
		line_refusals.refuse(row.idx, row.service, problem)


def _complete(row: Document, service: SoldService, legal_entity: str | None) -> None:
	row.department, row.legal_entity = service.department, legal_entity
	row.area = row.area or None
	row.area_title = service.areas.get(row.area) if row.area else None
	row.session_plan = None


def _entities_of(doc: Document) -> dict[str, str | None]:
	"""Legal entity of everybody who is named on a line. Refuses who does not exist."""
	people = {
		row.get(field)
		for row in doc.lines
		for field in ("practitioner", "technician", "assistant")
		if row.get(field)
	}
	if not people:
		return {}
	rows = frappe.get_all(
		"Clinic Practitioner",
		filters={"name": ("in", sorted(people))},
		fields=["name", "legal_entity"],
		order_by="name asc",
	)
	known = {row.name: row.legal_entity for row in rows}
	if unknown := sorted(people - set(known)):
		refuse_input(
			_("Practitioner"), _("There is no practitioner {0}.").format(frappe.utils.escape_html(unknown[0]))
		)
	return known


def _check_touch_ups(doc: Document, services: dict[str, SoldService]) -> None:
	"""A touch-up is free within the days of the last performance only (G07); one query if there is one."""
	rows = [row for row in doc.lines if row.is_touch_up]
	if not rows:
		return
	last = performed.last_performed(doc.patient, [row.service for row in rows])
	for row in rows:
		day = last.get((row.service, row.area or ""))
		if problem := line_rules.problem_of_touch_up(services[row.service], day, getdate()):
			line_refusals.refuse(row.idx, row.service, problem)


def _keep_choice(row: Document, before: Document | None) -> None:
	"""Whether a contract on the line was chosen by a person, or follows from the order of contracts.

	A contract that is named without more is a choice, at whatever door.
	"""
	if row.contract_choice == LIST_PRICE:
		row.contract = row.supplementary_contract = None
		return
	named = (row.contract or None, row.supplementary_contract or None)
	was = (before.contract or None, before.supplementary_contract or None) if before else (None, None)
	if named == (None, None):
		row.contract_choice = AUTOMATIC
	elif row.contract_choice != AUTOMATIC or (before and named != was):
		row.contract_choice = CHOSEN


def _priced(doc: Document, promises: dict[int, dict[str, Any]]) -> list[tuple[Document, dict[str, Any]]]:
	"""The lines that cost something with their quotes: what was promised, and all others in one call."""
	sold = [row for row in doc.lines if row.action != USE_PURCHASED]
	open_ones = [row for row in sold if row.idx not in promises]
	answers = {**promises, **dict(zip([row.idx for row in open_ones], _quotes(doc, open_ones), strict=True))}
	return [(row, answers[row.idx]) for row in sold]


def _quotes(doc: Document, rows: list[Document]) -> list[dict[str, Any]]:
	"""Today's prices of lines. A refusal is found again line by line, to say which one it is about."""
	mark = compat.mark_messages()
	try:
		return quotes.quotes_for([_asked(row) for row in rows], doc.patient, doc.branch, getdate())
	except InvalidInputError as refusal:
		row = next((row for row in rows if _is_refused(doc, row)), None)
		compat.forget_messages(mark)
		refuse_input(line_refusals.label_of(row.idx) if row else _("Services"), str(refusal))


def _is_refused(doc: Document, row: Document) -> bool:
	try:
		quotes.quotes_for([_asked(row)], doc.patient, doc.branch, getdate())
	except InvalidInputError:
		return True
	return False


def _asked(row: Document) -> dict[str, Any]:
	chosen = row.contract_choice == CHOSEN
	return {
		"service": row.service,
		"area": row.area,
		"quantity": row.quantity,
		"contract": row.contract if chosen else None,
		"supplementary_contract": row.supplementary_contract if chosen else None,
		"at_list_price": row.contract_choice == LIST_PRICE,
		"discount_percent": row.discount_percent or 0,
		"discount_amount": row.discount_amount or 0,
		"practitioner": row.practitioner,
		"touch_up": int(bool(row.is_touch_up)),
		"is_for_later": row.action == SELL_FOR_LATER,
	}


def _take(row: Document, quote: dict[str, Any]) -> None:
	for field in MONEY:
		row.set(field, quote[field])
	row.contract, row.supplementary_contract = quote["contract"], quote["supplementary_contract"]
	row.tax_included = int(quote["tax_included"])
	row.is_fee_covered = quote.get("fee_covered") or 0
	row.insurer_shares = json.dumps(quote["insurer_shares"], ensure_ascii=False)
	row.explanation = json.dumps(quote["lines"], ensure_ascii=False)


def _cost_nothing(row: Document) -> None:
	for field in (
		*MONEY,
		"discount_percent",
		"discount_amount",
		"tax_included",
		"is_touch_up",
		"is_fee_covered",
	):
		row.set(field, 0)
	for field in ("contract", "supplementary_contract", "contract_choice", "insurer_shares", "explanation"):
		row.set(field, None)
