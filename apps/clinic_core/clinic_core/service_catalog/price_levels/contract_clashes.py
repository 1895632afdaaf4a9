"""No two contracts of one level price the same thing on the same day, at any door and at the same time.

A level is locked before it is read: whoever comes second waits, and then reads what the first one
wrote (a locking read sees it whatever the transaction saw before).
"""

from collections import defaultdict
from typing import Any, NoReturn

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import escape_html, getdate

from clinic_core.foundation import counters
from clinic_core.foundation.errors import refuse_input
from clinic_core.foundation.shown_days import shown_day
from clinic_core.service_catalog.price_levels import contract_rows, contracts
from clinic_core.service_catalog.price_levels.contracts import Clash, Contract, Target


def lock_level(doc: Document) -> None:
	"""Let nobody else write a contract of this level until the end of the transaction.

	To be called first, before the contract's own row is locked, so that nobody waits in a circle.
	"""
	counters.next_value(f"contract-level:{doc.kind}:{doc.insurer or ''}")


def refuse_clash(doc: Document) -> None:
	"""Refuse a contract that prices what another of its level prices in the same days.

	The level must be locked. Raises InvalidInputError naming the other contract and the service.
	"""
	if not doc.is_active:
		return
	found = contracts.clash(as_contract(doc), _others(doc))
	if found:
		_refuse(found)


def as_contract(doc: Document) -> Contract:
	"""A contract document as the rules know it."""
	head: dict[str, Any] = {field: doc.get(field) for field in contract_rows.HEAD_FIELDS}
	for field in ("valid_from", "valid_to"):
		head[field] = getdate(head[field]) if head[field] else None
	return contract_rows.contract_from(head, [row.as_dict() for row in doc.items])


def _others(doc: Document) -> list[Contract]:
	"""Active contracts of the level, by locking reads: two queries."""
	table = frappe.qb.DocType(contract_rows.CONTRACT)
	heads = (
		frappe.qb.from_(table)
		.select(*[table[field] for field in contract_rows.HEAD_FIELDS])
		.where((table.kind == doc.kind) & (table.is_active == 1) & (table.name != (doc.name or "")))
		.orderby(table.name)
		.for_update()
		.run(as_dict=True)
	)
	level = contract_rows.level_of(doc.as_dict())
	heads = [head for head in heads if contract_rows.level_of(head) == level]
	if not heads:
		return []
	item = frappe.qb.DocType(contract_rows.ITEM)
	by_contract = defaultdict(list)
	for row in (
		frappe.qb.from_(item)
		.select(*[item[field] for field in contract_rows.ITEM_FIELDS])
		.where(item.parent.isin([head.name for head in heads]))
		.where(item.parenttype == contract_rows.CONTRACT)
		.orderby(item.parent)
		.orderby(item.idx)
		.for_update()
		.run(as_dict=True)
	):
		by_contract[row.parent].append(row)
	return [contract_rows.contract_from(head, by_contract[head.name]) for head in heads]


def _refuse(found: Clash) -> NoReturn:
	other = found.contract
	refuse_input(
		_("Validity"),
		_("“{0}” ({1}), valid {2}, already prices {3}. End one of them first, or take the line out.").format(
			escape_html(other.title), other.name, _days(other), target_title(found.target)
		),
	)


def _days(contract: Contract) -> str:
	start, end = contract.period
	if end is None:
		return _("from {0}").format(shown_day(start))
	return _("{0} to {1}", context="period").format(shown_day(start), shown_day(end))


def target_title(target: Target) -> str:
	"""What a line prices, as people call it."""
	if target.applies_to == contracts.SERVICE:
		title = frappe.db.get_value("Clinic Service", target.key, "service_name") or target.key
		if not target.area:
			return _("the service “{0}”").format(escape_html(title))
		area = frappe.db.get_value(
			"Clinic Service Area", {"parent": target.key, "code": target.area}, "title"
		)
		return _("the service “{0}” ({1})").format(escape_html(title), escape_html(area or target.area))
	if target.applies_to == contracts.DEPARTMENT:
		title = frappe.db.get_value("Clinic Department", target.key, "title") or target.key
		return _("the department “{0}”").format(escape_html(title))
	if target.applies_to == contracts.CODE:
		return _("codes that begin with {0}").format(escape_html(target.key))
	return _("all services", context="target of a contract")
