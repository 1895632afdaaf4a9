"""The two files themselves: what is chosen field by field, their tables united, their marks (D44)."""

import json
from collections.abc import Mapping
from typing import Any

import frappe
from frappe import _
from frappe.core.doctype.docfield.docfield import DocField
from frappe.model import no_value_fields, table_fields
from frappe.model.document import Document

from clinic_core.foundation.errors import refuse_input
from clinic_core.people import states
from clinic_core.people.merging import choices
from clinic_core.people.merging.choices import Choosable
from clinic_core.people.merging.journal import Journal, set_values, write_values

PATIENT = "Clinic Patient"
PHONE = "Clinic Patient Phone"
IDENTITY_FIELDS = ("national_code", "identity_kind", "identity_country", "no_code_reason")
_TEXTS = frozenset({"Small Text", "Text", "Long Text"})
# Written by the clinic's own programs, not chosen by people.
_NEVER = frozenset(
	{"status", "merged_into", "full_name", "origin_doctype", "origin_name", *IDENTITY_FIELDS[1:]}
)
_UNIQUE = ("file_no",)
# Columns that repeat the main row of a table: they come over with it where there was none.
_OF_A_TABLE = ("city", "address")
_MARKS = ("_assign", "_liked_by", "_comments")
# What makes two rows of a table the same; of other tables all that is in them.
_KEYS = {PHONE: ("phone",), "Clinic Patient Tag": ("tag",)}


def choosable() -> list[Choosable]:
	"""The fields of a patient that people may choose, in the order of the form, custom ones too."""
	return [
		Choosable(df.fieldname, df.fieldtype in _TEXTS)
		for df in frappe.get_meta(PATIENT).fields
		if _may_be_chosen(df)
	]


def _may_be_chosen(df: DocField) -> bool:
	if df.fieldtype in no_value_fields or df.fieldtype in table_fields or df.fieldname in _NEVER:
		return False
	return not (df.read_only or df.hidden or df.get("is_virtual"))


def apply(journal: Journal, keep: Document, duplicate: Document, given: Mapping[str, str]) -> Document:
	"""Write the chosen values and unite the tables. Returns the kept file as it is then."""
	before = dict(keep.as_dict(no_default_fields=False))
	keep = frappe.get_doc(keep.as_dict())
	unite(journal, keep, duplicate)
	new = _chosen(keep, duplicate, given)
	identity = new.pop(choices.IDENTITY, None) is not None
	mobile = new.pop("mobile", None) or keep.mobile
	keep.update(new)
	if {"first_name", "last_name"} & set(new):
		keep._set_names()
	if identity:
		keep.update({field: duplicate.get(field) for field in IDENTITY_FIELDS if keep.meta.has_field(field)})
	for field in _OF_A_TABLE:
		keep.set(field, keep.get(field) or duplicate.get(field))
	_choose_main_phone(journal, keep, mobile)
	_swap_unique(journal, keep, duplicate, new)
	columns = [*new, "full_name", "mobile", *_OF_A_TABLE, *IDENTITY_FIELDS]
	after = {column: keep.get(column) for column in columns if keep.meta.has_field(column)}
	write_values(journal, PATIENT, keep.name, before, after)
	_join_marks(journal, keep.name, duplicate.name)
	keep.flags.takes_identity = identity
	return keep


def _chosen(keep: Document, duplicate: Document, given: Mapping[str, str]) -> dict[str, Any]:
	try:
		return choices.settle(choosable(), keep.as_dict(), duplicate.as_dict(), given)
	except choices.UnknownChoice as error:
		label = frappe.get_meta(PATIENT).get_label(error.field)
		refuse_input(_(label), _("This cannot be chosen. Say “keep”, “duplicate” or, for texts, “both”."))


def unite(journal: Journal, keep: Document, duplicate: Document) -> None:
	"""Phones, coverages, tags, addresses …: rows the kept file does not have yet come over."""
	for df in keep.meta.get_table_fields():
		mine = {key(row) for row in keep.get(df.fieldname)}
		place = len(keep.get(df.fieldname))
		for row in duplicate.get(df.fieldname):
			if key(row) in mine:
				continue
			place += 1
			mine.add(key(row))
			after = {"parent": keep.name, "idx": place}
			if row.meta.has_field("is_main") and any(mine.is_main for mine in keep.get(df.fieldname)):
				after["is_main"] = 0
			write_values(journal, df.options, row.name, row.as_dict(), after)
			keep.append(df.fieldname, {**row.as_dict(), **after})


def key(row: Document) -> tuple:
	"""What makes two rows of a table the same."""
	fields = _KEYS.get(row.doctype) or [
		df.fieldname for df in row.meta.fields if df.fieldtype not in no_value_fields
	]
	return tuple(str(row.get(field) or "") for field in fields)


def _choose_main_phone(journal: Journal, keep: Document, mobile: str | None) -> None:
	"""The main number is one of the united ones."""
	if not mobile and keep.phones:
		mobile = keep.phones[0].phone
	keep.mobile = mobile
	for row in keep.phones:
		is_main = int(row.phone == mobile)
		write_values(journal, PHONE, row.name, {"is_main": row.is_main}, {"is_main": is_main})
		row.is_main = is_main


def _swap_unique(journal: Journal, keep: Document, duplicate: Document, new: Mapping[str, Any]) -> None:
	"""A number nobody else may have changes places: the merged file takes the kept one's."""
	for field in _UNIQUE:
		if field in new:
			old = frappe.db.get_value(PATIENT, keep.name, field)
			set_values(PATIENT, keep.name, {field: None})
			write_values(journal, PATIENT, duplicate.name, {field: new[field]}, {field: old})


def _join_marks(journal: Journal, keep: str, duplicate: str) -> None:
	"""Assignments, tags, likes and the note of comments that Frappe keeps on the row itself."""
	columns = ["name", "_user_tags", *_MARKS]
	rows = {
		row.name: row
		for row in frappe.get_all(PATIENT, {"name": ("in", [keep, duplicate])}, columns, order_by="name asc")
	}
	mine, other = rows[keep], rows[duplicate]
	after = {column: _both_lists(mine[column], other[column]) for column in _MARKS}
	tags = dict.fromkeys(
		tag for text in (mine._user_tags, other._user_tags) for tag in (text or "").split(",")
	)
	after["_user_tags"] = ",".join(["", *filter(None, tags)]) if any(tags) else mine._user_tags
	write_values(journal, PATIENT, keep, mine, after)


def _both_lists(mine: str | None, other: str | None) -> str | None:
	if not other or other == "[]":
		return mine
	found = json.loads(mine or "[]")
	return json.dumps([*found, *(item for item in json.loads(other) if item not in found)])


def bury(journal: Journal, keep: Document, duplicate: Document) -> None:
	"""The duplicate becomes a tombstone that names the file that is kept."""
	before = {"status": duplicate.status, "merged_into": duplicate.merged_into}
	after = {"status": states.MERGED, "merged_into": keep.name}
	write_values(journal, PATIENT, duplicate.name, before, after)


def show_name(journal: Journal, doctype: str, column: str, names: list[str], shown: str) -> None:
	"""The kept file's name in open documents that came over."""
	table = frappe.qb.DocType(doctype)
	rows = (
		frappe.qb.from_(table)
		.select(table.name, table[column])
		.where(table.name.isin(names) & (table.docstatus == 0) & (table[column] != shown))
		.orderby(table.name)
		.run()
	)
	if rows:
		frappe.qb.update(table).set(table[column], shown).where(
			table.name.isin([row[0] for row in rows])
		).run()
		journal.changed(doctype, column, [[name, old, shown] for name, old in rows])
