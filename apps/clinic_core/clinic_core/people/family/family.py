"""Family and companions of a patient (Q3): one row for two people, shown on both files. Permission-free.

Links are plain: a merge moves them, and rows that then point to one file twice are told once here.
"""

from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import escape_html

from clinic_core.foundation import live
from clinic_core.foundation.errors import ConflictError, refuse_input
from clinic_core.people import names, phones
from clinic_core.people.family import relations

DOCTYPE = "Clinic Patient Relation"
PATIENT = "Clinic Patient"
_ROLES = ("is_companion", "is_payer", "is_emergency_contact", "may_be_told")


def of_patient(patient: str) -> list[dict[str, Any]]:
	"""The people of a patient, from both sides, each once; two queries.

	[{row, relation, patient, full_name, file_no, phone, is_companion, is_payer, is_emergency_contact,
	may_be_told, note}]: `patient` is None for who has no file; roles are told on the side they were given.
	"""
	rows = _rows(patient)
	others = {other for row in rows if (other := _other(row, patient))}
	people = _people([patient, *sorted(others)])
	me = people.get(patient, {})
	shown: dict[str, dict[str, Any]] = {}
	for row in rows:
		other = _other(row, patient)
		if other == patient or (other and other not in people):
			continue
		key = other or f"{row.relative_name}|{row.phone}"
		if key not in shown or row.patient == patient:
			shown[key] = _shown(row, patient, people.get(other or "", {}), me)
	return list(shown.values())


def check(doc: Document) -> None:
	"""What must hold of a relation at every door."""
	if doc.relation not in relations.RELATIONS:
		refuse_input(_("Relation"), _("Choose one of the list."))
	if doc.relative and doc.relative == doc.patient:
		refuse_input(_("Relative"), _("Nobody is his own relative. Choose another file."))
	if doc.relative:
		doc.relative_name = frappe.db.get_value(PATIENT, doc.relative, "full_name")
		doc.phone = None
	else:
		_check_stranger(doc)
	_refuse_second(doc)
	doc.pair = relations.pair(doc.patient, doc.relative) if doc.relative else None


def tell(doc: Document) -> None:
	"""Both files fetch again."""
	for patient in filter(None, (doc.patient, doc.relative)):
		live.changed(PATIENT, patient)


def _check_stranger(doc: Document) -> None:
	doc.relative_name = names.clean(doc.relative_name)
	if not doc.relative_name:
		refuse_input(_("Relative"), _("Choose a file, or write a name."))
	doc.phone = phones.normalise(doc.phone, _("Phone")) if doc.phone else None
	if doc.is_emergency_contact and not doc.phone:
		refuse_input(_("Phone"), _("An emergency contact needs a number."))


def _refuse_second(doc: Document) -> None:
	"""The same two people are related once, whichever of them was named first."""
	table = frappe.qb.DocType(DOCTYPE)
	if doc.relative:
		same = ((table.patient == doc.patient) & (table.relative == doc.relative)) | (
			(table.patient == doc.relative) & (table.relative == doc.patient)
		)
	else:
		same = (
			(table.patient == doc.patient)
			& table.relative.isnull()
			& (table.relative_name == doc.relative_name)
		)
	query = frappe.qb.from_(table).select(table.relation).where(same & (table.name != (doc.name or "")))
	found = query.limit(1).run()
	if found:
		frappe.throw(
			_("{0} is in this family already, as {1}. Change that row.").format(
				frappe.bold(escape_html(doc.relative_name)), _(found[0][0])
			),
			ConflictError,
		)


def _rows(patient: str) -> list[Any]:
	table = frappe.qb.DocType(DOCTYPE)
	fields = ("name", "patient", "relation", "relative", "relative_name", "phone", "note", *_ROLES)
	return (
		frappe.qb.from_(table)
		.select(*(table[field] for field in fields))
		.where((table.patient == patient) | (table.relative == patient))
		.orderby(table.creation)
		.orderby(table.name)
		.run(as_dict=True)
	)


def _other(row: Any, patient: str) -> str | None:
	return row.relative if row.patient == patient else row.patient


def _people(patients: list[str]) -> dict[str, Any]:
	"""Those who have a file of their own, by name."""
	rows = frappe.get_all(
		PATIENT,
		filters={"name": ("in", patients), "status": ("!=", "Merged")},
		fields=["name", "full_name", "file_no", "mobile", "gender"],
		order_by="name asc",
	)
	return {row.name: row for row in rows}


def _shown(row: Any, patient: str, other: Any, me: Any) -> dict[str, Any]:
	is_mine = row.patient == patient
	return {
		"row": row.name,
		"relation": row.relation if is_mine else relations.inverse(row.relation, other.get("gender")),
		"patient": other.get("name"),
		"full_name": other.get("full_name") or row.relative_name,
		"file_no": other.get("file_no") or "",
		"phone": phones.local(other.get("mobile") or row.phone) if other.get("mobile") or row.phone else "",
		**{role: bool(row[role]) if is_mine else False for role in _ROLES},
		"note": row.note or "" if is_mine else "",
	}
