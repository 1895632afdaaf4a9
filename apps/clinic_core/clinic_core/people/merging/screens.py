"""What the screens of merging show: suggestions side by side, and what a merge did."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

import frappe
from frappe import _

from clinic_core.foundation import events, job_runs
from clinic_core.people import cards, phones
from clinic_core.people.masking import matrix, rules
from clinic_core.people.masking import rows as masking
from clinic_core.people.merging import journal, moving, references, suggestions, verdicts
from clinic_core.people.patient_file import possible

PATIENT = "Clinic Patient"
_FIELDS = ("name", "full_name", "file_no", "mobile", "gender", "birth_date", "photo", "status", "creation")
COUNTED = ("Clinic Visit", "Clinic Appointment", "Clinic Reception", "Clinic Session Plan", "Clinic Lead")


def page(status: str, start: int, length: int) -> dict[str, Any]:
	"""Suggestions by score with both persons; a constant number of queries."""
	rows = frappe.get_list(
		verdicts.DOCTYPE,
		filters={"status": status},
		fields=["name", "patient", "other", "score", "reasons", "status", "note", "origin"],
		order_by="score desc, name asc",
		limit_start=start,
		limit_page_length=length + 1,
	)
	people = people_of({name for row in rows for name in (row.patient, row.other)})
	shown = [
		{
			**row,
			"reasons": [possible.reason(code) for code in (row.reasons or "").split()],
			"people": [people[name] for name in (row.patient, row.other) if name in people],
		}
		for row in rows[:length]
	]
	return {
		"rows": shown,
		"has_more": len(rows) > length,
		"total": frappe.db.count(verdicts.DOCTYPE, {"status": status}),
		"may_merge": bool(frappe.has_permission(journal.DOCTYPE, "create")),
		"running": job_runs.is_going_on(suggestions.JOB),
	}


def people_of(names: Iterable[str]) -> dict[str, dict[str, Any]]:
	"""Persons as the screens show them, by file; what may not be read is left out. Constant queries."""
	if not names:
		return {}
	wanted = sorted(names)
	rows = frappe.get_list(
		PATIENT, {"name": ("in", wanted)}, list(_FIELDS), order_by="name asc", limit_page_length=0
	)
	numbers: dict[str, list[str]] = {}
	for row in frappe.get_all(
		"Clinic Patient Phone",
		{"parent": ("in", wanted), "parenttype": PATIENT},
		["parent", "phone"],
		order_by="parent asc, idx asc",
	):
		numbers.setdefault(row.parent, []).append(phones.local(row.phone))
	money = money_of(wanted)
	counts = {doctype: _counts(doctype, wanted) for doctype in known_doctypes()}
	hidden = rules.hidden_fields().get(PATIENT, {})
	for row in rows:
		row.age = None if "birth_date" in hidden else cards.age(row.birth_date)
		row.mobile = phones.local(row.mobile)
		masking.mask_row(row, hidden)
	return {
		row.name: {
			**row,
			"phones": [masking.shown(matrix.PHONE, number) for number in numbers.get(row.name, [])],
			"since": str(row.pop("creation"))[:10],
			"counts": [
				{"doctype": doctype, "label": kind(doctype), "count": found[row.name]}
				for doctype, found in counts.items()
				if found[row.name]
			],
			"money": money.get(row.name),
		}
		for row in rows
	}


def money_of(patients: list[str]) -> dict[str, dict[str, float]]:
	"""{balance, deposits, credit} by patient as the apps tell it (hook `clinic_patient_money`)."""
	found: dict[str, dict[str, float]] = {}
	for answer in events.gather("clinic_patient_money", patients=patients):
		found |= answer
	return found


def as_seen(fieldname: str, value: Any) -> str:
	"""A value of a patient's field as the user may see it."""
	hidden = rules.hidden_fields().get(PATIENT, {})
	kind_of = hidden.get(fieldname)
	return str((masking.shown(kind_of, value) if kind_of and value else value) or "")


def kind(doctype: str) -> str:
	"""What people call documents of a kind: translated, and without “Clinic” where it is not."""
	shown = _(doctype)
	return shown.removeprefix("Clinic ") if shown == doctype else shown


def known_doctypes() -> list[str]:
	"""Those of the counted DocTypes that are installed."""
	found = {one.doctype for one in references.movable()}
	return [doctype for doctype in COUNTED if doctype in found]


def _counts(doctype: str, names: list[str]) -> Counter:
	"""How many documents of a DocType name each patient in their `patient`."""
	table = frappe.qb.DocType(doctype)
	query = frappe.qb.from_(table).select(table.patient, frappe.query_builder.functions.Count("*"))
	return Counter(dict(query.where(table.patient.isin(names)).groupby(table.patient).run()))


def details(merge: str) -> dict[str, Any]:
	"""{moved: [{label, count}], changed: [{label, old, new}]} of a merge."""
	doc = frappe.get_doc(journal.DOCTYPE, merge)
	entries = journal.read(doc)
	moved: Counter = Counter()
	changed = []
	meta = frappe.get_meta(PATIENT)
	for entry in entries:
		if entry.kind == journal.MOVED and entry.doctype != moving.CLAIM:
			moved[entry.doctype] += len(entry.rows)
		elif entry.kind == journal.CHANGED and entry.doctype == PATIENT and meta.has_field(entry.field):
			label = _(meta.get_label(entry.field))
			changed += [
				{"label": label, "old": as_seen(entry.field, old), "new": as_seen(entry.field, new)}
				for name, old, new in entry.rows
				if name == doc.kept
			]
	return {
		"moved": [{"label": kind(doctype), "count": count} for doctype, count in moved.most_common()],
		"changed": changed,
	}
