"""Writes new patients many at once: each is checked by its own document, then all tables by one statement.

What a patient consists of is asked of the documents themselves (their columns and tables), so that a rule
or a field that is added to the document holds for imported ones, too. Only what needs a query per document
is answered for all at once before: uniqueness and links (`flags.checked_in_bulk`).
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import frappe
from frappe.model.document import Document
from frappe.utils import now_datetime

from clinic_core.foundation import compat, counters, live
from clinic_core.foundation.bulk import Columns, Defaults, insert_documents, insert_many
from clinic_core.people import search_keys
from clinic_core.people.identity import numbers
from clinic_core.people.identity.kinds import Identity
from clinic_core.people.importing.kind import Run, sentence_of
from clinic_core.people.importing.patients import more
from clinic_core.people.importing.patients.people import IDENTITY, PATIENT
from clinic_core.people.importing.rows import CREATED, Row

COUNTER = "file_no"
_FIELDS = (
	*("first_name", "last_name", "gender", "birth_date", "national_code", "file_no", "referral_source"),
	*("consultant", "branch", "email", "city", "address", "note", "alerts"),
)


def fields_of(row: Row, kinds: Mapping[str, str]) -> dict[str, Any]:
	"""What a row says of a patient, in the fields and tables of its document; `kinds` of insurers by name."""
	values: dict[str, Any] = {field: row.values.get(field) for field in _FIELDS}
	phones = row.values.get("phones") or []
	values["phones"] = [
		{"phone": phone, "kind": kind, "is_main": int(at == 0)} for at, (phone, kind) in enumerate(phones)
	]
	return values | more.tables_of(row, kinds)


def check(run: Run, rows: Sequence[Row]) -> None:
	"""Let each row's document check itself; what it refuses is the row's problem."""
	made = run.context["documents"] = {}
	defaults = run.context.setdefault("defaults", None) or Defaults(PATIENT)
	run.context["defaults"] = defaults
	mark, kinds = compat.mark_messages(), run.context["insurer_kinds"]
	for row in rows:
		given = {key: value for key, value in fields_of(row, kinds).items() if value not in (None, "", [])}
		doc = frappe.get_doc({"doctype": PATIENT, **given})
		doc.name = frappe.generate_hash(length=20)
		doc.flags.checked_in_bulk, doc.flags.insurer_kinds = True, kinds
		defaults.fill(doc)
		try:
			compat.check_new_document(doc, is_plain=_is_plain(given))
		except frappe.ValidationError as error:
			row.refuse(None, sentence_of(error))
		else:
			made[row.number] = doc
	compat.forget_messages(mark)


def _is_plain(given: dict[str, Any]) -> bool:
	"""Whether no text could be markup; lengths and formats were looked at when the cells were read."""
	rows = [row for value in given.values() if isinstance(value, list) for row in value]
	texts = [value for part in (given, *rows) for value in part.values() if isinstance(value, str)]
	return not any("<" in text or "&" in text for text in texts)


def insert(run: Run, rows: Sequence[Row]) -> None:
	"""Write the checked rows: every table in one statement, file numbers in one block."""
	if not rows:
		return
	docs = [run.context["documents"][row.number] for row in rows]
	now, user = now_datetime(), frappe.session.user
	stamps = {"creation": now, "modified": now, "owner": user, "modified_by": user}
	for doc in docs:
		doc.update(stamps)
	_give_file_numbers(docs)
	_insert_tables(docs)
	_insert_identities(docs, stamps)
	search_keys.refresh_many(PATIENT, [doc.name for doc in docs])
	for path in compat.hooks_of_new(PATIENT):
		for doc in docs:
			frappe.get_attr(path)(doc, "on_update")
	live.changed(PATIENT, docs[0].name)
	for row, doc in zip(rows, docs, strict=True):
		row.done(CREATED, doc.name)


def _give_file_numbers(docs: Sequence[Document]) -> None:
	"""The next numbers of the counter; those that an old archive has used up are passed over."""
	waiting = [doc for doc in docs if not doc.file_no]
	while waiting:
		found = counters.next_numbers(COUNTER, len(waiting))
		taken = set(
			frappe.get_all(PATIENT, {"file_no": ("in", found)}, pluck="file_no", order_by="file_no asc")
		) | {doc.file_no for doc in docs if doc.file_no}
		free = [number for number in found if number not in taken]
		for doc, number in zip(waiting, free, strict=False):
			doc.file_no = number
		waiting = waiting[len(free) :]


def _insert_tables(docs: Sequence[Document]) -> None:
	"""The rows of all tables that these documents fill, one statement for each table."""
	found: dict[str, list[Document]] = defaultdict(list)
	for doc in docs:
		found[doc.doctype].append(doc)
		for child in doc.get_all_children():
			child.name = frappe.generate_hash(length=20)
			child.parent, child.creation, child.modified = doc.name, doc.creation, doc.modified
			child.owner, child.modified_by = doc.owner, doc.modified_by
			found[child.doctype].append(child)
	for doctype, rows in found.items():
		columns = Columns(doctype)
		insert_many(doctype, columns.names, [columns.of(row) for row in rows])


def _insert_identities(docs: Sequence[Document], stamps: dict[str, Any]) -> None:
	rows = [
		{**stamps, **numbers.row(doc.name, doc.flags.identity)}
		for doc in docs
		if isinstance(doc.flags.identity, Identity)
	]
	insert_documents(IDENTITY, rows)
