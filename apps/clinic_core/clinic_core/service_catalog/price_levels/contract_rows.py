"""Rows of contracts as the rules of `contracts` and `contract_terms` know them."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import frappe

from clinic_core.foundation.money import to_decimal
from clinic_core.service_catalog.price_levels import contracts
from clinic_core.service_catalog.price_levels.contract_terms import KValue
from clinic_core.service_catalog.price_levels.contracts import Contract, Item, Level, Period, Target

CONTRACT = "Clinic Service Contract"
ITEM = "Clinic Service Contract Item"
K_VALUE = "Clinic Contract K"

HEAD_FIELDS = [
	"name",
	"title",
	"kind",
	"insurer",
	"is_supplementary",
	"is_active",
	"valid_from",
	"valid_to",
	"branch",
	"insurer_percent",
	"outpatient_insurer_percent",
	"insurer_ceiling",
]
ITEM_FIELDS = [
	"parent",
	"applies_to",
	"service",
	"area",
	"department",
	"code_prefix",
	"pricing_method",
	"amount",
	"percent_of_list",
	"professional_units",
	"technical_units",
	"share_method",
	"insurer_percent",
	"insurer_amount",
	"insurer_ceiling",
]


def level_of(row: Mapping[str, Any]) -> Level:
	"""The price level of a contract or coverage row."""
	return Level(row["kind"], row["insurer"] or None, bool(row["is_supplementary"]))


def target_of(row: Mapping[str, Any]) -> Target:
	"""What an item row prices."""
	kind = row["applies_to"]
	if kind == contracts.SERVICE:
		return Target(kind, row["service"] or "", row["area"] or "")
	if kind == contracts.DEPARTMENT:
		return Target(kind, row["department"] or "")
	if kind == contracts.CODE:
		return Target(kind, row["code_prefix"] or "")
	return Target(kind)


def contract_from(head: Mapping[str, Any], rows: Iterable[Mapping[str, Any]]) -> Contract:
	"""A contract as the rules know it, from its row and its items' rows."""
	return Contract(
		name=head["name"],
		title=head["title"],
		level=level_of(head),
		period=Period(head["valid_from"], head["valid_to"]),
		branch=head["branch"] or None,
		is_active=bool(head["is_active"]),
		insurer_percent=to_decimal(head["insurer_percent"]),
		outpatient_insurer_percent=to_decimal(head["outpatient_insurer_percent"]),
		insurer_ceiling=to_decimal(head["insurer_ceiling"]),
		items={target_of(row): _item_from(row) for row in rows},
	)


def _item_from(row: Mapping[str, Any]) -> Item:
	return Item(
		target=target_of(row),
		method=row["pricing_method"] or contracts.LIST_PRICE,
		percent=to_decimal(row["percent_of_list"]),
		professional_units=to_decimal(row["professional_units"]),
		technical_units=to_decimal(row["technical_units"]),
		share_method=row["share_method"] or contracts.AS_CONTRACT,
		share_percent=to_decimal(row["insurer_percent"]),
		share_amount=to_decimal(row["insurer_amount"]),
		share_ceiling=to_decimal(row["insurer_ceiling"]),
	)


def heads_that_matter(
	named: Iterable[str], levels: Iterable[Level], on: datetime.date
) -> list[dict[str, Any]]:
	"""Contracts that may matter: those named, and those in force of a level that is asked about."""
	table = frappe.qb.DocType(CONTRACT)
	in_force = (
		(table.is_active == 1) & (table.valid_from <= on) & (table.valid_to.isnull() | (table.valid_to >= on))
	)
	kinds = {contracts.NORMAL, *(level.kind for level in levels)}
	matters = in_force & table.kind.isin(sorted(kinds))
	if named:
		matters |= table.name.isin(sorted(named))
	heads = (
		frappe.qb.from_(table)
		.select(*[table[field] for field in HEAD_FIELDS])
		.where(matters)
		.orderby(table.name)
		.run(as_dict=True)
	)
	known, wanted = set(named), {Level(contracts.NORMAL), *levels}
	return [head for head in heads if head.name in known or level_of(head) in wanted]


def items_for(names: Sequence[str], services: Iterable[str]) -> list[dict[str, Any]]:
	"""The items of contracts that may cover the services: theirs, and those of groups."""
	table = frappe.qb.DocType(ITEM)
	return (
		frappe.qb.from_(table)
		.select(*[table[field] for field in ITEM_FIELDS])
		.where(table.parent.isin(names))
		.where(table.parenttype == CONTRACT)
		.where((table.applies_to != contracts.SERVICE) | table.service.isin(sorted(services)))
		.orderby(table.parent)
		.orderby(table.idx)
		.run(as_dict=True)
	)


def k_values_of(names: Iterable[str]) -> dict[str, list[KValue]]:
	"""The K values of contracts by date. One query, none without contracts."""
	values: dict[str, list[KValue]] = defaultdict(list)
	if not names:
		return values
	for row in frappe.get_all(
		K_VALUE,
		filters={"parent": ("in", sorted(names)), "parenttype": CONTRACT},
		fields=["parent", "valid_from", "professional_k", "technical_k"],
		order_by="parent asc, valid_from asc",
	):
		values[row.parent].append(
			KValue(row.valid_from, to_decimal(row.professional_k), to_decimal(row.technical_k))
		)
	return values
