"""Correcting a person in place, on whatever screen he is met (D08, B18). Permission-free."""

from typing import Any

import frappe

from clinic_core.people import cards, phones
from clinic_core.people.masking import matrix, rows

PATIENT = "Clinic Patient"
FIELDS = ("first_name", "last_name", "mobile", "gender", "birth_date")


def facts(patient: str) -> dict[str, Any]:
	"""What the small dialog shows of a file: FIELDS, the phone as it is dialled, and who it is. One query."""
	fields = ["name", "full_name", "file_no", "status", "name_is_placeholder", *FIELDS]
	row = frappe.db.get_value(PATIENT, patient, fields, as_dict=True)
	return _shown(row)


def correct(patient: str, changes: dict[str, str | None]) -> dict[str, Any]:
	"""Write the given FIELDS into the file, the others stay; the answer is that of `facts`.

	Raises InvalidInputError naming the field.
	"""
	doc = frappe.get_doc(PATIENT, patient, for_update=True)
	doc.update({field: changes[field] for field in FIELDS if field in changes})
	doc.save(ignore_permissions=True)
	return _shown(doc)


def _shown(row: Any) -> dict[str, Any]:
	return {
		"name": row.name,
		"full_name": row.full_name,
		"file_no": row.file_no or "",
		"first_name": row.first_name or "",
		"last_name": row.last_name or "",
		"mobile": phones.local(row.mobile),
		"gender": row.gender or "",
		"birth_date": rows.shown(matrix.BIRTH_DATE, str(row.birth_date) if row.birth_date else "") or "",
		"age": cards.age(row.birth_date),
		"status": row.status,
		"name_is_placeholder": row.name_is_placeholder,
	}
