"""What people said about two files: “not the same” is remembered for good (D43, F66)."""

from collections.abc import Iterable
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import now_datetime

from clinic_core.foundation.errors import ForbiddenMoveError, refuse_input
from clinic_core.people.merging import whole
from clinic_core.people.merging.journal import Journal, write_values

DOCTYPE = "Clinic Merge Suggestion"
OPEN, NOT_THE_SAME, MERGED, STALE = "Open", "Not the same", "Merged", "Stale"
BY_HAND = frozenset({(OPEN, NOT_THE_SAME), (NOT_THE_SAME, OPEN), (STALE, NOT_THE_SAME)})
Pair = tuple[str, str]


def pair(one: str, other: str) -> Pair:
	"""Two files in the order in which they are kept."""
	return (one, other) if one < other else (other, one)


def guard(doc: Document) -> None:
	"""Who may move a suggestion where: people say “not the same” and take it back; the rest follows."""
	before = doc.get_doc_before_save()
	old = before.status if before else None
	if old is None and doc.status not in (OPEN, NOT_THE_SAME):
		frappe.throw(
			_("A new {0} cannot begin as {1}.").format(_(DOCTYPE), _(doc.status)), ForbiddenMoveError
		)
	if old not in (None, doc.status) and not doc.flags.by_merging and (old, doc.status) not in BY_HAND:
		frappe.throw(
			_("{0} cannot go from {1} to {2}.").format(_(DOCTYPE), _(old), _(doc.status)), ForbiddenMoveError
		)
	if old != doc.status and doc.status == NOT_THE_SAME:
		doc.decided_by, doc.decided_at = frappe.session.user, now_datetime()
	if not (doc.patient_name and doc.other_name):
		shown = names_shown([doc.patient, doc.other])
		doc.patient_name, doc.other_name = shown.get(doc.patient), shown.get(doc.other)


def names_shown(patients: Iterable[str]) -> dict[str, str]:
	"""Names of patients by file, for lists."""
	filters = {"name": ("in", sorted(patients))}
	rows = frappe.get_all("Clinic Patient", filters, ["name", "full_name"], order_by="name asc")
	return {row.name: row.full_name for row in rows}


def say(one: str, other: str, status: str, note: str | None = None) -> dict[str, Any]:
	"""Record that two files are not the same person, or (Open) that they may be: {suggestion, status}."""
	ends = whole.kept_of_many([one, other])
	for name in (one, other):
		if name not in ends:
			frappe.throw(_("{0} {1} not found").format(_("Clinic Patient"), name), frappe.DoesNotExistError)
	first, second = pair(ends[one], ends[other])
	if first == second:
		refuse_input(_("Other file"), _("This is the same file."))
	known = frappe.db.get_value(DOCTYPE, {"patient": first, "other": second}, "name", for_update=True)
	doc = frappe.get_doc(DOCTYPE, known, for_update=True) if known else frappe.new_doc(DOCTYPE)
	if not known:
		doc.update({"patient": first, "other": second, "origin": "Person"})
	if not known or doc.status != status:
		doc.update({"status": status, "note": note or doc.note})
		doc.save(ignore_permissions=True)
	return {"suggestion": doc.name, "status": doc.status}


def not_the_same(patients: Iterable[str]) -> set[Pair]:
	"""Pairs of files in use that somebody said are two people; a verdict on a merged file holds for the
	one that was kept. Two queries at most."""
	wanted = sorted({name for name in patients if name})
	if not wanted:
		return set()
	everyone = sorted({name for group in whole.names_of_many(wanted).values() for name in group})
	table = frappe.qb.DocType(DOCTYPE)
	rows = (
		frappe.qb.from_(table)
		.select(table.patient, table.other)
		.where(table.status == NOT_THE_SAME)
		.where(table.patient.isin(everyone) | table.other.isin(everyone))
		.run()
	)
	ends = whole.kept_of_many({name for row in rows for name in row}) if rows else {}
	return {pair(ends.get(one, one), ends.get(other, other)) for one, other in rows}


def close(journal: Journal, keep: str, duplicate: str) -> None:
	"""The pair is merged; what else was suggested for the duplicate is not open any more."""
	table = frappe.qb.DocType(DOCTYPE)
	rows = (
		frappe.qb.from_(table)
		.select(table.name, table.patient, table.other, table.status)
		.where((table.patient == duplicate) | (table.other == duplicate))
		.orderby(table.name)
		.run(as_dict=True)
	)
	for row in rows:
		status = MERGED if keep in (row.patient, row.other) else STALE if row.status == OPEN else row.status
		write_values(journal, DOCTYPE, row.name, {"status": row.status}, {"status": status})


def link(keep: str, duplicate: str, merge: str) -> None:
	"""The suggestion that was followed names its merge."""
	first, second = pair(keep, duplicate)
	table = frappe.qb.DocType(DOCTYPE)
	here = (table.patient == first) & (table.other == second)
	frappe.qb.update(table).set(table.merge, merge).where(here).run()
