"""One line of a request for prices, and the answer it gets: what `pricing` says, in words."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import frappe
from frappe import _

from clinic_core.foundation.errors import refuse_input
from clinic_core.foundation.money import to_decimal
from clinic_core.service_catalog import pricing
from clinic_core.service_catalog.price_levels import contracts
from clinic_core.service_catalog.price_levels.agreements import Resolved
from clinic_core.service_catalog.quoting import price_parts as parts
from clinic_core.service_catalog.quoting import quote_sentences as sentences
from clinic_core.service_catalog.quoting import quote_services
from clinic_core.service_catalog.quoting.fee_rules import Covered
from clinic_core.service_catalog.quoting.price_parts import Note, PricingError, Quote

_AMOUNTS = (
	"quantity",
	"list_price",
	"unit_price",
	"list_total",
	"contract_adjustment",
	"insurer_share",
	"discount",
	"tax",
	"rounding",
	"deduction",
	"performance_base",
	"patient_share",
	"total",
)


@dataclass(frozen=True)
class Ask:
	"""One line of a request. `idx` names it in an error, where there are several."""

	service: str
	area: str | None = None
	quantity: Decimal = Decimal(1)
	discount_percent: Decimal = Decimal(0)
	discount_amount: Decimal = Decimal(0)
	contract: str | None = None
	supplementary_contract: str | None = None
	at_list_price: bool = False
	practitioner: str | None = None
	touch_up: bool = False
	is_for_later: bool = False
	idx: int | None = None

	@classmethod
	def read(cls, line: Mapping[str, Any]) -> "Ask":
		"""A line as callers give it: the keyword arguments of `quote_for`, and `idx` where it is one of many."""
		quantity = line.get("quantity")
		return cls(
			service=line["service"],
			area=line.get("area") or None,
			quantity=Decimal(1) if quantity in (None, "") else to_decimal(quantity),
			discount_percent=to_decimal(line.get("discount_percent") or 0),
			discount_amount=to_decimal(line.get("discount_amount") or 0),
			contract=line.get("contract") or None,
			supplementary_contract=line.get("supplementary_contract") or None,
			at_list_price=bool(line.get("at_list_price")),
			practitioner=line.get("practitioner") or None,
			touch_up=bool(line.get("touch_up")),
			is_for_later=bool(line.get("is_for_later")),
			idx=line.get("idx"),
		)

	def label(self, field: str) -> str:
		"""A field's label, with the line where there are several."""
		return sentences.in_line(self.idx, field)


@dataclass(frozen=True)
class Context:
	"""What all lines of one request share."""

	on: datetime.date
	rows: Mapping[str, frappe._dict]
	until: Mapping[tuple[str, str], datetime.date]
	entity: str | None
	own_entities: Mapping[str, str | None]
	insurers: Mapping[str, str]
	rounding_step: Decimal
	money: sentences.Money


def insurer_titles(resolved: Sequence[Resolved]) -> dict[str, str]:
	"""Titles of the insurers that pay a part; one query, none without them."""
	insurers = {
		agreement.insurer
		for found in resolved
		for agreement in (found.base, found.supplementary)
		if agreement and agreement.insurer and agreement.share
	}
	if not insurers:
		return {}
	rows = frappe.get_all(
		"Clinic Insurer",
		filters={"name": ("in", sorted(insurers))},
		fields=["name", "title"],
		order_by="name asc",
	)
	return {row.name: row.title for row in rows}


def answer(
	ask: Ask, list_price: Decimal, found: Resolved, context: Context, covered: Covered | None = None
) -> dict[str, Any]:
	"""The price of one line. Raises InvalidInputError naming the field."""
	service = context.rows[ask.service]
	until = context.until.get((ask.service, ask.area or ""))
	if ask.touch_up and not until:
		refuse_input(
			ask.label(_("Free touch-up")),
			_("No touch-up of this service is free for the patient on this day. Sell it instead."),
		)
	try:
		result = pricing.quote(
			quote_services.terms_of(service, list_price, ask.touch_up, covered),
			ask.quantity,
			ask.discount_percent,
			ask.discount_amount,
			context.rounding_step,
			found.base,
			found.supplementary,
		)
	except PricingError as error:
		sentences.refuse(error, ask.idx)
	own_entity = context.own_entities.get(ask.practitioner) if ask.practitioner else None
	return {
		"service": ask.service,
		"area": ask.area,
		"area_title": service.areas[ask.area].title if ask.area else None,
		"on": str(context.on),
		**{field: sentences.as_number(getattr(result, field)) for field in _AMOUNTS},
		"contract": found.base.contract if found.base else None,
		"contract_title": found.base.title if found.base else None,
		"supplementary_contract": found.supplementary.contract if found.supplementary else None,
		"insurer_shares": _payers(result, context.insurers),
		"tax_included": int(result.tax_included),
		"legal_entity": own_entity or context.entity,
		"touch_up_until": str(until) if until else None,
		"fee_covered": int(bool(covered)),
		"lines": [_line(line, context.money) for line in result.lines],
		"notes": [_note(note) for note in (*_notes_of(found, ask, until, service), *result.notes)],
	}


def _payers(result: Quote, titles: Mapping[str, str]) -> list[dict[str, Any]]:
	return [
		{
			"contract": payer.contract,
			"insurer": payer.insurer,
			"insurer_title": titles.get(payer.insurer, payer.insurer),
			"kind": payer.kind,
			"amount": sentences.as_number(payer.amount),
		}
		for payer in result.insurer_shares
	]


def _line(line: pricing.Line, money: sentences.Money) -> dict[str, Any]:
	return {
		"code": line.code,
		"label": sentences.label(line.code),
		"amount": sentences.as_number(line.amount),
		"why": sentences.why(line, money),
		"params": {key: sentences.plain(value) for key, value in line.params.items()},
		"is_information": line.is_information,
	}


def _note(note: Note) -> dict[str, Any]:
	params = {key: sentences.plain(value) for key, value in note.params.items()}
	return {"code": note.code, "text": sentences.note(note), "params": params}


def _notes_of(found: Resolved, ask: Ask, until: datetime.date | None, service: frappe._dict) -> list[Note]:
	"""What the price function cannot know: why this contract, and what else would be possible."""
	notes = []
	codes = {
		contracts.COVERAGE: parts.BY_COVERAGE,
		contracts.BY_NORMAL_CONTRACT: parts.BY_NORMAL_CONTRACT,
	}
	if found.base and found.reason in codes:
		notes.append(Note(codes[found.reason], {"title": found.base.title}))
	if until and not ask.touch_up:
		notes.append(Note(parts.TOUCH_UP_POSSIBLE, {"until": until}))
	if service.status == "Inactive":
		notes.append(Note(parts.INACTIVE))
	return notes
