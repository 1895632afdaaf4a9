"""The tags of patients as coloured chips: in cards, lists and dialogs (D46). Permission-free."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import frappe

DOCTYPE = "Clinic Tag"
ROW = "Clinic Patient Tag"
PATIENT = "Clinic Patient"


def of_patients(patients: Iterable[str]) -> dict[str, list[dict[str, Any]]]:
	"""{patient: [{tag, title, colour, given}]} of active tags, in one query, each tag once."""
	names = sorted(set(patients))
	if not names:
		return {}
	row, tag = frappe.qb.DocType(ROW), frappe.qb.DocType(DOCTYPE)
	rows = (
		frappe.qb.from_(row)
		.join(tag)
		.on(tag.name == row.tag)
		.select(row.parent, row.tag, tag.title, tag.colour, row.given)
		.where(row.parent.isin(names) & (row.parenttype == PATIENT) & (tag.is_active == 1))
		.orderby(row.given)
		.orderby(tag.title)
		.run(as_dict=True)
	)
	found: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
	for one in rows:
		found[one.pop("parent")].setdefault(one.tag, dict(one))
	return {patient: list(tags.values()) for patient, tags in found.items()}
