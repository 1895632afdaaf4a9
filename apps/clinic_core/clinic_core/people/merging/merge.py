"""Merges two files of one person into the one that is kept (D43–D45, N6). Permission-free.

One transaction: both files are locked first, then everything moves by SQL, and the journal that can
undo it is written last. The merged file stays as a tombstone; append-only tables never move.
"""

import json
from collections.abc import Mapping
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import now_datetime

from clinic_core.foundation import events, live
from clinic_core.foundation.locks import lock_rows_soon
from clinic_core.people.merging import fields, identities, moving, references, refusals, verdicts
from clinic_core.people.merging.journal import DOCTYPE, MOVED, Journal

PATIENT = "Clinic Patient"
HOOK = "clinic_on_patient_merge"


def merge(
	keep: str, duplicate: str, given: Mapping[str, str] | None = None, reason: str | None = None
) -> dict[str, Any]:
	"""Merge `duplicate` into `keep`: {merge, moved, patient, documents: {DocType: count}}.

	`given`: choices by field, see `choices`. Raises InvalidInputError, ConflictError while one of the
	files is in use, is merged already, or has what clashes; nothing is half-done then.
	"""
	given = dict(given or {})
	refusals.refuse_same(keep, duplicate)
	lock_rows_soon([(PATIENT, keep), (PATIENT, duplicate)], refusals.busy())
	kept, doomed = frappe.get_doc(PATIENT, keep), frappe.get_doc(PATIENT, duplicate)
	_refuse(kept, doomed, given)
	journal = Journal()
	moving.move_all(journal, keep, duplicate)
	changed = fields.apply(journal, kept, doomed, given)
	if changed.flags.takes_identity:
		identities.take(journal, keep, duplicate)
	_rename(journal, changed)
	fields.bury(journal, kept, doomed)
	verdicts.close(journal, keep, duplicate)
	doc = _write(journal, changed, doomed, given, reason)
	_tell(doc, journal, undone=False)
	return {
		"merge": doc.name,
		"moved": doc.moved_count,
		"patient": keep,
		"documents": journal.documents(),
	}


def _refuse(kept: Document, doomed: Document, given: Mapping[str, str]) -> None:
	refusals.refuse_merged(kept, doomed)
	refusals.refuse_two_numbers(kept.name, doomed.name, given)
	sentences = refusals.asked_apps(kept.name, doomed.name)
	refusals.refuse_all(sentences, _("These files cannot be merged now:"))


def _rename(journal: Journal, kept: Document) -> None:
	"""Documents that came over show the kept file's name beside its link."""
	columns = references.columns_of_names()
	for entry in list(journal.entries):
		column = columns.get((entry.doctype, entry.field)) if entry.kind == MOVED else None
		if column:
			names = [row[0] for row in entry.rows]
			fields.show_name(journal, entry.doctype, column, names, kept.full_name)


def _write(
	journal: Journal, kept: Document, doomed: Document, given: Mapping[str, str], reason: str | None
) -> Document:
	doc = frappe.new_doc(DOCTYPE)
	doc.update(
		{
			"kept": kept.name,
			"kept_name": kept.full_name,
			"duplicate": doomed.name,
			"duplicate_name": doomed.full_name,
			"status": "Done",
			"reason": (reason or "").strip() or None,
			"choices": json.dumps(given),
			"merged_by": frappe.session.user,
			"merged_at": now_datetime(),
			"moved_count": sum(journal.documents().values()),
		}
	)
	for entry in journal.entries:
		doc.append("entries", entry.as_row())
	doc.flags.by_merging = True
	doc.flags.ignore_links = True
	doc.insert(ignore_permissions=True)
	verdicts.link(kept.name, doomed.name, doc.name)
	return doc


def _tell(doc: Document, journal: Journal, undone: bool) -> None:
	tell(doc, {entry.doctype: entry.rows[0][0] for entry in journal.entries if entry.kind == MOVED}, undone)


def tell(doc: Document, some: Mapping[str, str], undone: bool) -> None:
	"""Screens fetch again, and the apps compute anew what they keep about the two files."""
	for name in (doc.kept, doc.duplicate):
		frappe.clear_document_cache(PATIENT, name)
		live.changed(PATIENT, name)
	for doctype, name in sorted(some.items()):
		live.changed(doctype, name)
	event = {"merge": doc.name, "kept": doc.kept, "duplicate": doc.duplicate, "undone": undone}
	events.emit(HOOK, events=[event])
