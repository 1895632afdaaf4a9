"""The alerts of patients, as every screen shows them (F41). Permission-free but for the kinds a user sees."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate
from pypika.queries import QueryBuilder

from clinic_core.foundation import live
from clinic_core.foundation.errors import refuse_input
from clinic_core.people.alerts import kinds
from clinic_core.people.seen_kinds import SeenKinds

DOCTYPE = "Clinic Patient Alert"
PATIENT = "Clinic Patient"
LONGEST = 500
RULE = SeenKinds(DOCTYPE, kinds.SEEN_BY)


def query(user: str | None = None) -> str:
	"""List condition: the kinds a user sees."""
	return RULE.list_condition(user)


def may_see(doc: Document, ptype: str | None = None, user: str | None = None) -> bool:
	"""The same for one document."""
	return RULE.may_see(doc, user)


def of_patients(patients: Iterable[str]) -> dict[str, list[dict[str, Any]]]:
	"""Alerts that hold today and that the user may see, most serious first, in one query.

	{patient: [{name, kind, severity, text, valid_until}]}; severity `danger`, `warning` or `info`.
	"""
	names = sorted(set(patients))
	seen = RULE.kinds()
	if not names or not seen:
		return {}
	found: dict[str, list[dict[str, Any]]] = defaultdict(list)
	for row in _in_force(names, seen).run(as_dict=True):
		found[row.pop("patient")].append(_shown(row))
	for rows in found.values():
		rows.sort(key=lambda row: [s.lower() for s in kinds.SEVERITIES].index(row["severity"]))
	return dict(found)


def with_free_text(structured: list[dict[str, Any]], text: str | None) -> list[dict[str, Any]]:
	"""The alerts of one patient, what was written freely last, a line each."""
	lines = [line.strip() for line in (text or "").splitlines() if line.strip()]
	return structured + [
		{"name": None, "kind": "", "severity": "danger", "text": line, "valid_until": None} for line in lines
	]


def put_on(rows: Iterable[dict[str, Any]]) -> None:
	"""Give rows with `patient` and the free text in `alerts` the whole list there; one query for all."""
	rows = list(rows)
	known = of_patients(row["patient"] for row in rows)
	for row in rows:
		row["alerts"] = with_free_text(known.get(row["patient"], []), row.get("alerts"))


def check(doc: Document) -> None:
	"""What must hold of an alert at every door."""
	doc.text = " ".join((doc.text or "").split())
	if not doc.text:
		refuse_input(_("Text"), _("It must not be empty."))
	if len(doc.text) > LONGEST:
		refuse_input(_("Text"), _("Please say it in {0} signs at most.").format(LONGEST))
	if doc.kind not in kinds.SEEN_BY:
		refuse_input(_("Kind"), _("Choose one of the list."))
	if doc.is_new() and doc.valid_until and getdate(doc.valid_until) < getdate():
		refuse_input(_("Valid until"), _("It must not be in the past."))
	before = doc.get_doc_before_save()
	if before and before.patient != doc.patient:
		refuse_input(_("Patient"), _("An alert stays with its patient. Make a new one."))


def tell(doc: Document) -> None:
	"""Screens that show alerts and screens that show the patient fetch again."""
	live.changed(DOCTYPE, doc.name)
	live.changed(PATIENT, doc.patient)


def _in_force(names: list[str], seen: list[str]) -> QueryBuilder:
	table = frappe.qb.DocType(DOCTYPE)
	return (
		frappe.qb.from_(table)
		.select(table.name, table.patient, table.kind, table.severity, table.text, table.valid_until)
		.where(table.patient.isin(names) & (table.is_active == 1) & table.kind.isin(seen))
		.where(table.valid_until.isnull() | (table.valid_until >= getdate()))
		.orderby(table.creation)
		.orderby(table.name)
	)


def _shown(row: dict[str, Any]) -> dict[str, Any]:
	row["severity"] = row["severity"].lower()
	row["valid_until"] = str(row["valid_until"]) if row["valid_until"] else None
	return dict(row)
