"""What patients are insured by or entitled to: rows of the patient, seen by whoever sees the patient."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from clinic_core.foundation.digits import to_latin
from clinic_core.service_catalog.price_levels import contract_checks, contract_texts
from clinic_core.service_catalog.price_levels.contracts import KINDS_WITH_PAYER, Period

DOCTYPE = "Clinic Patient Coverage"
INSURER = "Clinic Insurer"


def check(patient: Document) -> None:
	"""Refuse coverages that cannot hold, naming row and field. Raises InvalidInputError.

	One query, none without coverages.
	"""
	rows = patient.get("coverages")
	if not rows:
		return
	for row in rows:
		row.policy_no = to_latin(row.policy_no or "").strip() or None
		if row.kind not in KINDS_WITH_PAYER:
			row.insurer = None
	plain = [
		{
			**row.as_dict(),
			"valid_from": getdate(row.valid_from) if row.valid_from else None,
			"valid_to": getdate(row.valid_to) if row.valid_to else None,
		}
		for row in rows
	]
	# An import has asked for those of all its rows at once.
	known = patient.flags.insurer_kinds
	kinds = known if known is not None else _insurers("kind", {row.insurer for row in rows if row.insurer})
	for problem in contract_checks.coverage_problems(plain, kinds):
		contract_texts.refuse(patient, problem)


def coverages_of(patients: Iterable[str], on: datetime.date) -> dict[str, list[dict[str, Any]]]:
	"""The coverages of patients that hold on a day, by patient, in the order of their rows. One query."""
	rows = frappe.get_all(
		DOCTYPE,
		filters={"parenttype": "Clinic Patient", "parent": ("in", list(patients) or [""])},
		fields=["parent", "kind", "insurer", "policy_no", "is_supplementary", "valid_from", "valid_to"],
		order_by="parent asc, idx asc",
	)
	found = defaultdict(list)
	for row in rows:
		if Period(row.valid_from, row.valid_to).holds(on):
			found[row.pop("parent")].append(row)
	return dict(found)


def shown(patient: Document, on: datetime.date | None = None) -> list[str]:
	"""The coverages of a patient that hold on a day (today), as a person reads them: for the card.

	One query, none without coverages.
	"""
	day = on or getdate()
	rows = [row for row in patient.coverages if Period(row.valid_from, row.valid_to).holds(day)]
	titles = _insurers("title", {row.insurer for row in rows if row.insurer})
	return [_words(row, titles) for row in rows]


def _words(row: Document, titles: dict[str, str]) -> str:
	title = _(titles.get(row.insurer) or row.kind)
	return _("{0} (supplementary)", context="insurer").format(title) if row.is_supplementary else title


def _insurers(field: str, names: set[str]) -> dict[str, str]:
	if not names:
		return {}
	rows = frappe.get_all(
		INSURER, filters={"name": ("in", sorted(names))}, fields=["name", field], order_by="name asc"
	)
	return {row.name: row[field] for row in rows}
