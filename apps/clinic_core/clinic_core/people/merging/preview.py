"""Two files side by side before they are merged: what differs, what will move, what is in the way (D44)."""

from typing import Any

import frappe
from frappe import _
from frappe.model import no_value_fields
from frappe.model.document import Document

from clinic_core.people import duplicates, matching, phones
from clinic_core.people.masking import matrix, rules
from clinic_core.people.masking import rows as masking
from clinic_core.people.merging import choices, fields, moving, references, refusals, screens
from clinic_core.people.patient_file import possible

PATIENT = "Clinic Patient"


def preview(keep: str, duplicate: str) -> dict[str, Any]:
	"""{keep, duplicate, fields, tables, moves, stays, refusals, likeness}. A constant number of queries.

	`fields`: {field, label, keep, duplicate, options, suggested} for what differs; `moves` and `stays`:
	{doctype, label, count}; `refusals` are sentences.
	"""
	refusals.refuse_same(keep, duplicate)
	kept, doomed = frappe.get_doc(PATIENT, keep), frappe.get_doc(PATIENT, duplicate)
	refusals.refuse_merged(kept, doomed)
	moves = moving.counted([duplicate], references.movable())
	return {
		"keep": side(kept),
		"duplicate": side(doomed),
		"fields": _differences(kept, doomed),
		"tables": _tables(kept, doomed),
		"moves": _in_words(moves),
		"stays": _in_words(moving.counted([duplicate], references.staying())),
		"moved": sum(moves.values()),
		"refusals": refusals.asked_apps(keep, duplicate),
		"likeness": _likeness(keep, duplicate),
	}


def side(doc: Document) -> dict[str, Any]:
	"""One of the two files: its header, and how much there is of it."""
	found = screens.people_of([doc.name]).get(doc.name)
	return found or {"name": doc.name, "full_name": doc.full_name}


def _differences(kept: Document, doomed: Document) -> list[dict[str, Any]]:
	shown = []
	for field in choices.differing(fields.choosable(), kept.as_dict(), doomed.as_dict()):
		mine, other = kept.get(field.field), doomed.get(field.field)
		shown.append(
			{
				"field": field.field,
				"label": _(kept.meta.get_label(field.field)),
				"keep": _text(kept, field.field),
				"duplicate": _text(doomed, field.field),
				"options": list(field.options),
				"suggested": choices.suggested(field, mine, other),
			}
		)
	return shown


def _text(doc: Document, fieldname: str) -> str:
	"""A value as people read it."""
	value, df = doc.get(fieldname), doc.meta.get_field(fieldname)
	if doc.doctype in rules.hidden_fields() and fieldname in rules.hidden_fields()[doc.doctype]:
		return str(masking.shown(rules.hidden_fields()[doc.doctype][fieldname], value) or "")
	if value in (None, ""):
		return ""
	if df.fieldtype == "Select":
		return _(value)
	if df.fieldtype == "Check":
		return _("Yes") if value else _("No")
	if df.fieldtype == "Date":
		return str(value)
	if df.fieldtype == "Link":
		return _title(df.options, value)
	return phones.local(value) if df.options == "Phone" else str(value)


def _title(doctype: str, name: str) -> str:
	title = frappe.get_meta(doctype).title_field
	return str((frappe.db.get_value(doctype, name, title) if title else None) or name)


def _tables(kept: Document, doomed: Document) -> list[dict[str, Any]]:
	"""Tables of both files that are united, with what comes over."""
	found = []
	for df in kept.meta.get_table_fields():
		mine = {fields.key(row) for row in kept.get(df.fieldname)}
		new = [row for row in doomed.get(df.fieldname) if fields.key(row) not in mine]
		if new:
			found.append({"label": _(df.label or df.fieldname), "rows": [_row(row) for row in new]})
	return found


def _row(row: Document) -> str:
	shown = [
		_text(row, df.fieldname)
		for df in row.meta.fields
		if df.fieldtype not in no_value_fields and df.fieldtype != "Check" and not df.hidden
	]
	if row.doctype == fields.PHONE:
		return str(masking.shown(matrix.PHONE, phones.local(row.phone)) or "")
	return " · ".join(filter(None, shown))


def _in_words(counts: dict[str, int]) -> list[dict[str, Any]]:
	"""Counts with the DocType's name; rows of tables are said as what they are part of."""
	return [
		{"doctype": doctype, "label": screens.kind(doctype), "count": count}
		for doctype, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
	]


def _likeness(keep: str, duplicate: str) -> dict[str, Any]:
	people = duplicates.people([keep, duplicate])
	found = matching.compare(people[keep], people[duplicate])
	return {
		"score": found.score,
		"why": list(found.why),
		"reasons": [possible.reason(code) for code in found.why],
	}
