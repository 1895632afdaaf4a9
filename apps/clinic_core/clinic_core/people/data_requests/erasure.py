"""Removes a person and keeps the books (E012, F84): what goes and what stays is in `erasure_rules.py`.

Steps are chunks of set-based statements, each a transaction of its own. Every step finds its work anew and
may be run again, so an erasure that was cut off goes on where it was; the person's own documents, which name
what has to be looked for, come last.
"""

from typing import Any

import frappe
from frappe import _
from frappe.utils import now_datetime

from clinic_core.foundation import boundary, events
from clinic_core.people import states
from clinic_core.people.consent.people import PATIENT, Person
from clinic_core.people.data_requests import erasure_rules as rules
from clinic_core.people.data_requests import found, needles, traces
from clinic_core.people.data_requests.found import Found
from clinic_core.people.importing import forgetting

_OWN_COLUMNS = ("_comments", "_user_tags", "_liked_by")
ERASED_NAME = "Erased person"


def refusals(person: Person) -> list[dict[str, Any]]:
	"""What stands against an erasure now: [{code, params}] of all apps (hook `clinic_erasure_refusals`).

	An app that cannot answer stands against it: nobody knows what it would have said.
	"""
	patients = [name for doctype, name in found.subject_of(person) if doctype == PATIENT]
	answers = events.gather("clinic_erasure_refusals", patients=patients)
	rows = [row for answer in answers for row in answer]
	if len(answers) < len(frappe.get_hooks("clinic_erasure_refusals")):
		rows.append({"code": "unsure", "params": {}})
	return rows


def preview(person: Person) -> dict[str, Any]:
	"""What goes and what stays: {goes: [{doctype, count, fields}], stays: [{doctype, count}], files, said}."""
	whole = found.everything_of(person)
	goes, stays = [], []
	for doctype, names in sorted(whole.documents.items()):
		fields = [
			_(df.label or df.fieldname)
			for df, action in _actions(doctype)
			if action != rules.KEEP and not df.hidden
		]
		is_all = doctype in rules.DELETED
		if is_all or fields:
			goes.append({"doctype": doctype, "count": len(names), "fields": [] if is_all else fields})
		if not is_all:
			stays.append({"doctype": doctype, "count": len(names)})
	return {
		"goes": goes,
		"stays": stays,
		"files": len(found.files_of(whole)),
		"said": len(found.said_about(whole, "Comment", []))
		+ len(found.said_about(whole, "Communication", [])),
	}


def run(person: Person) -> None:
	"""Erase a person; each step commits. Who asks has made sure that it may be done."""
	whole = found.everything_of(person)
	known_by = needles.of(whole)
	others = {d: n for d, n in whole.documents.items() if d not in found.person_doctypes()}
	_step(lambda: events.emit("clinic_forget_person", persons=[list(one) for one in whole.subject]))
	for file in found.files_of(whole):
		_step(lambda file=file: traces.remove_file(file.name))
	_step(lambda: forgetting.forget_person(whole.documents.get("Clinic Import Row", ()), known_by))
	# The history last of these: it knows what the person was called before.
	_step(lambda: traces.sweep(known_by))
	_step(lambda: traces.remove_history(whole))
	for doctype, names in sorted(others.items()):
		for part in found.chunks(names):
			_step(lambda doctype=doctype, part=part: _clear(doctype, part))
	for doctype, names in sorted(whole.rows.items()):
		_step(lambda doctype=doctype, names=names: _blank(doctype, sorted(names)))
	_step(lambda: _clear_people(whole))


def _step(work: Any) -> None:
	boundary.command("people.erase_person", None, work)


def _clear_people(whole: Found) -> None:
	"""The person's own documents, last and at once: from here on nobody knows who it was."""
	for doctype in sorted(found.person_doctypes() & whole.documents.keys()):
		names = sorted(whole.documents[doctype])
		frappe.db.delete("Clinic Search Key", {"reference_doctype": doctype, "reference_name": ("in", names)})
		for df in frappe.get_meta(doctype).get_table_fields():
			if doctype == PATIENT:
				frappe.db.delete(df.options, {"parenttype": doctype, "parent": ("in", names)})
		_clear(doctype, names)
	files = sorted(whole.documents.get(PATIENT, ()))
	if files:
		values = {"status": states.ERASED, "erased_at": now_datetime()}
		frappe.db.set_value(PATIENT, {"name": ("in", files)}, values, update_modified=False)
	for doctype, names in whole.documents.items():
		for name in names:
			frappe.clear_document_cache(doctype, name)


def _clear(doctype: str, names: list[str]) -> None:
	if doctype in rules.DELETED:
		frappe.db.delete(doctype, {"name": ("in", names)})
		return
	_blank(doctype, names)
	for df in frappe.get_meta(doctype).get_table_fields():
		rows = frappe.get_all(
			df.options,
			{"parenttype": doctype, "parent": ("in", names)},
			pluck="name",
			order_by="name asc",
			limit_page_length=0,
		)
		for part in found.chunks(rows):
			_blank(df.options, part)


def _blank(doctype: str, names: list[str]) -> None:
	"""Empty what is text of these documents; one statement."""
	table = frappe.qb.DocType(doctype)
	query = frappe.qb.update(table).where(table.name.isin(names))
	values: dict[str, Any] = {}
	for df, action in _actions(doctype):
		if action != rules.KEEP:
			values[df.fieldname] = _(ERASED_NAME) if action == rules.MARK else None
	if doctype not in rules.UNTOUCHED:
		columns = set(frappe.db.get_table_columns(doctype))
		values |= {column: None for column in _OWN_COLUMNS if column in columns}
	for column, value in values.items():
		query = query.set(table[column], value)
	if values and names:
		query.run()


def _actions(doctype: str) -> list[tuple[Any, str]]:
	is_person = doctype in found.person_doctypes()
	return [
		(
			df,
			rules.action(
				rules.Field(
					doctype,
					df.fieldname,
					df.fieldtype,
					is_required=bool(df.reqd),
					is_unique=bool(df.unique),
					is_person=is_person,
				)
			),
		)
		for df in frappe.get_meta(doctype).fields
		if df.fieldtype not in frappe.model.no_value_fields and df.fieldtype not in frappe.model.table_fields
	]
