"""Takes imported patients back: new files that nobody used are gone, changed ones are as before."""

from collections.abc import Mapping, Sequence
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_datetime

from clinic_core.foundation import live
from clinic_core.people.importing import usage
from clinic_core.people.importing.kind import Done, one_by_one
from clinic_core.people.importing.patients import more
from clinic_core.people.importing.patients.people import IDENTITY, PATIENT
from clinic_core.people.importing.rows import CREATED, Row

_FOLLOWS = frozenset({IDENTITY, "Clinic Search Key", "Clinic Import Row", "Clinic Access Log", "Version"})
"""Tables that say something about a patient without anybody having used the file."""


def snapshot(doc: Document, given: Mapping[str, Any]) -> dict[str, Any]:
	"""What is about to change, for the way back."""
	before = {key: doc.get(key) for key in given if key != "source_change_reason"}
	before |= more.snapshot(doc)
	before["phones"] = [{f: row.get(f) for f in ("phone", "kind", "is_main", "note")} for row in doc.phones]
	before["mobile"] = doc.mobile
	return before


def take_back(done: Sequence[Done]) -> dict[str, str]:
	"""Row of the book → why its patient stays as he is."""
	kept = _edited(done)
	new = [one for one in done if one.outcome == CREATED and one.name not in kept]
	used = _used([one.reference for one in new])
	for one in new:
		if one.reference in used:
			kept[one.name] = _("It was used since: {0}.").format(_(used[one.reference]))
	_remove([one.reference for one in new if one.name not in kept])
	kept |= _restore([one for one in done if one.outcome != CREATED and one.name not in kept])
	return kept


def _edited(done: Sequence[Done]) -> dict[str, str]:
	"""Whose record was saved by somebody after the import wrote it, or is not there any more."""
	rows = frappe.get_all(
		PATIENT,
		filters={"name": ("in", [one.reference for one in done] or [""])},
		fields=["name", "modified"],
		order_by="name asc",
		limit_page_length=0,
	)
	modified = {row.name: get_datetime(row.modified) for row in rows}
	kept = {}
	for one in done:
		if one.reference not in modified:
			kept[one.name] = _("It is not there any more.")
		elif modified[one.reference] > get_datetime(one.written_at):
			kept[one.name] = _("It was edited since.")
	return kept


def _used(names: Sequence[str]) -> dict[str, str]:
	own = {df.options for df in frappe.get_meta(PATIENT).get_table_fields()}
	return usage.used(PATIENT, names, _FOLLOWS | own)


def _remove(names: Sequence[str]) -> None:
	"""Delete what the import wrote; nobody has seen anything grow from it."""
	if not names:
		return
	chosen = ("in", list(names))
	for df in frappe.get_meta(PATIENT).get_table_fields():
		frappe.db.delete(df.options, {"parenttype": PATIENT, "parent": chosen})
	frappe.db.delete("Clinic Search Key", {"reference_doctype": PATIENT, "reference_name": chosen})
	frappe.db.delete("Version", {"ref_doctype": PATIENT, "docname": chosen})
	frappe.db.delete(IDENTITY, {"name": chosen})
	frappe.db.delete(PATIENT, {"name": chosen})
	live.changed(PATIENT, names[0])


def _restore(done: Sequence[Done]) -> dict[str, str]:
	rows = {one.name: Row(0, {}) for one in done}
	by_row = {id(rows[one.name]): one for one in done}

	def work(row: Row) -> None:
		one = by_row[id(row)]
		doc = frappe.get_doc(PATIENT, one.reference, for_update=True)
		before = dict(one.before or {})
		if before.get("referral_source") != doc.referral_source:
			before["source_change_reason"] = _("The import was taken back.")
		doc.update(before)
		doc.save(ignore_permissions=True)

	one_by_one(list(rows.values()), work)
	return {name: row.problems[0].text for name, row in rows.items() if row.problems}
