"""Who changed what in a patient's file, in words people read (D42, D48)."""

import datetime
import json
import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import frappe
from frappe import _
from frappe.core.doctype.docfield.docfield import DocField
from frappe.utils import get_user_date_format, strip_html

from clinic_core.foundation.digits import to_latin
from clinic_core.people import phones
from clinic_core.people.masking import answers, rules
from clinic_core.people.patient_file import source_changes, versions
from clinic_core.people.patient_file.versions import Change

PATIENT = "Clinic Patient"
USER = "User"
PAGE = 20
# Derived from others, or told with its reason by the changes of the source.
_NOT_TOLD = frozenset({"full_name", "name_is_placeholder", "source_change_reason", "is_returning"})
_ISO = re.compile(r"^\d{4}-\d{2}-\d{2}")
_FORMATS = {
	"yyyy-mm-dd": "%Y-%m-%d",
	"dd-mm-yyyy": "%d-%m-%Y",
	"dd/mm/yyyy": "%d/%m/%Y",
	"dd.mm.yyyy": "%d.%m.%Y",
	"mm/dd/yyyy": "%m/%d/%Y",
	"mm-dd-yyyy": "%m-%d-%Y",
}
_PHONES = frozenset({"mobile", "phone"})
Titles = dict[tuple[str, str], str]


def of(patients: list[str], start: int = 0, page_length: int = PAGE) -> dict[str, Any]:
	"""{rows, has_more}: changes newest first, those of the referral source with their reason.

	A row: {when, user_name, kind (`changed` or `source`), reason, changes: [{label, old, new, type}]};
	values are in the reader's language, dates as YYYY-MM-DD with type `Date`. The number of queries does
	not depend on the number of changes.
	"""
	found = frappe.get_all(
		"Version",
		filters={"ref_doctype": PATIENT, "docname": ("in", patients)},
		fields=["creation", "owner", "data"],
		order_by="creation desc, name desc",
		limit_start=start,
		limit=page_length + 1,
	)
	fields = _fields()
	shown = {table: list(known) for table, known in fields.items()}
	sources = source_changes.of(patients)
	recorded = {(row.from_source, row.to_source) for row in sources}
	told = [(row, _changes(row.data, shown, recorded)) for row in found[:page_length]]
	titles = _titles((change for _row, changes in told for change in changes), fields)
	titles |= _names_of({row.owner for row, _found in told})
	rows = [_version_row(row, changes, fields, titles) for row, changes in told if changes]
	if not start:
		rows += [_source_row(row) for row in sources]
		rows.sort(key=lambda row: row["when"], reverse=True)
	return {"rows": rows, "has_more": len(found) > page_length}


def _fields() -> dict[str, dict[str, DocField]]:
	"""Table → its fields that are told; "" is the file itself."""
	meta = frappe.get_meta(PATIENT)
	tables = {df.fieldname: frappe.get_meta(df.options) for df in meta.get_table_fields()}
	return {
		table: {
			df.fieldname: df
			for df in table_meta.fields
			if df.fieldtype not in frappe.model.no_value_fields and df.fieldname not in _NOT_TOLD
		}
		for table, table_meta in {"": meta, **tables}.items()
	}


def _changes(
	data: str, shown: dict[str, list[str]], recorded: set[tuple[str | None, str | None]]
) -> list[Change]:
	"""What a version changed, without what the changes of the source tell with its reason."""
	return [
		change
		for change in versions.changes(
			json.loads(answers.version_data(data, PATIENT, rules.hidden_fields()) or "{}"), shown
		)
		if (change.old or "") != (change.new or "")
		and not (change.field == "referral_source" and (change.old or None, change.new or None) in recorded)
	]


def _titles(changes: Iterable[Change], fields: dict[str, dict[str, DocField]]) -> Titles:
	"""Titles of all linked documents, one query for each DocType that is linked."""
	wanted: dict[str, set[str]] = defaultdict(set)
	for change in changes:
		for field, value in _values(change):
			df = fields[change.table].get(field)
			if df and df.fieldtype == "Link" and value:
				wanted[df.options].add(str(value))
	titles: Titles = {}
	for doctype, names in wanted.items():
		title = frappe.get_meta(doctype).get_title_field()
		rows = frappe.get_all(
			doctype, filters={"name": ("in", sorted(names))}, fields=["name", title], order_by="name asc"
		)
		titles |= {(doctype, row.name): str(row.get(title) or row.name) for row in rows}
	return titles


def _names_of(users: set[str]) -> Titles:
	rows = frappe.get_all(
		USER, filters={"name": ("in", sorted(users))}, fields=["name", "full_name"], order_by="name asc"
	)
	return {(USER, row.name): row.full_name or row.name for row in rows}


def _values(change: Change) -> Iterable[tuple[str, Any]]:
	for side in (change.old, change.new):
		if isinstance(side, dict):
			yield from side.items()
		elif change.field:
			yield change.field, side


def _version_row(
	version: dict[str, Any], changes: list[Change], fields: dict[str, dict[str, DocField]], titles: Titles
) -> dict[str, Any]:
	return {
		"when": str(version.creation)[:19],
		"user_name": titles.get((USER, version.owner), version.owner),
		"kind": "changed",
		"reason": "",
		"changes": [_in_words(change, fields, titles) for change in changes],
	}


def _in_words(change: Change, fields: dict[str, dict[str, DocField]], titles: Titles) -> dict[str, Any]:
	df = fields[change.table].get(change.field)
	label = _(frappe.get_meta(PATIENT).get_label(change.table or change.field))
	if change.table and df:
		label = _("{0}: {1}", context="field: problem").format(label, _(df.label))
	is_day = bool(df) and df.fieldtype == "Date"
	read = _day if is_day else lambda value: _side(change, value, fields, titles)
	return {
		"label": label,
		"old": read(change.old),
		"new": read(change.new),
		"type": "Date" if is_day else "Text",
	}


def _day(value: Any) -> str:
	"""A day as YYYY-MM-DD; versions keep it as it was shown, in the format of the site."""
	text = to_latin(str(value or "")).strip()
	if not text or _ISO.match(text):
		return text[:10]
	written = _FORMATS.get(get_user_date_format(), "%d-%m-%Y")
	try:
		return datetime.datetime.strptime(text, written).date().isoformat()
	except ValueError:
		return text


def _side(change: Change, value: Any, fields: dict[str, dict[str, DocField]], titles: Titles) -> str:
	if not isinstance(value, dict):
		return _readable(fields[change.table].get(change.field), value, titles)
	told = [_readable(fields[change.table][field], cell, titles) for field, cell in value.items()]
	return " · ".join(text for text in told if text)


def _readable(df: DocField | None, value: Any, titles: Titles) -> str:
	"""A stored value as people read it."""
	if df is None or value in (None, ""):
		return ""
	if df.fieldtype == "Check":
		return _("Yes") if int(value) else _("No")
	if df.fieldtype == "Link":
		return titles.get((df.options, str(value)), str(value))
	if df.fieldtype == "Select":
		return _(str(value))
	if df.fieldname in _PHONES:
		return phones.local(str(value))
	return strip_html(str(value))


def _source_row(row: dict[str, Any]) -> dict[str, Any]:
	return {
		"when": str(row.changed_at)[:19],
		"user_name": row.user_name or row.changed_by,
		"kind": "source",
		"reason": row.reason or "",
		"changes": [
			{
				"label": _("Referral source"),
				"old": row.from_title or "",
				"new": row.to_title or "",
				"type": "Text",
			}
		],
	}
