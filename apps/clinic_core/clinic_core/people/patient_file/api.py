"""Endpoints of the patient's file: correct in place, history, marks of lists."""

from typing import Any

import frappe
from frappe import _

from clinic_core.foundation import boundary, wire
from clinic_core.people.merging import whole
from clinic_core.people.patient_file import correcting, history, marks

PATIENT = "Clinic Patient"
MOST_ROWS = 100
MOST_MARKS = 500


@frappe.whitelist(methods=["GET"])
def correctable(patient: str) -> dict[str, Any]:
	"""What may be corrected of a person on any screen (D08) → {name, full_name, file_no, first_name, …}."""
	wire.require_permission(PATIENT, "write", patient)
	return correcting.facts(patient)


@frappe.whitelist(methods=["POST"])
def correct_person(
	patient: str,
	first_name: str | None = None,
	last_name: str | None = None,
	mobile: str | None = None,
	gender: str | None = None,
	birth_date: str | None = None,
	idempotency_key: str | None = None,
) -> dict[str, Any]:
	"""Correct a person in place (D08, B18): what is given is written, what is not given stays.

	An empty text empties the field. The old values stay in the history (D42).
	"""
	wire.require_permission(PATIENT, "write", patient)
	given = {
		"first_name": first_name,
		"last_name": last_name,
		"mobile": mobile,
		"gender": gender,
		"birth_date": birth_date,
	}
	changes = {field: value for field, value in given.items() if value is not None}
	return boundary.command(
		"clinic_core.people.correct_person",
		idempotency_key,
		lambda: correcting.correct(patient, changes),
		content={"patient": patient, **changes},
	)


@frappe.whitelist(methods=["GET"])
def file_history(patient: str, start: int = 0, page_length: int = 20) -> dict[str, Any]:
	"""Who changed what in a file, newest first, with old and new values (D42, D48) → {rows, has_more}.

	What happened to files that were merged into it is told as well.
	"""
	wire.require_permission(PATIENT, "read", patient)
	return history.of(whole.names_of(patient), max(0, start), max(1, min(page_length, MOST_ROWS)))


@frappe.whitelist(methods=["GET"])
def list_marks(patients: str | list) -> dict[str, dict[str, Any]]:
	"""What tells the patients of a list apart (G20, D50) → {patient: {file_no, age, phone_tail, …}}."""
	wire.require_permission(PATIENT, "read")
	names = [str(name) for name in wire.parse_list(patients, _("Patients"))]
	return marks.of(names[:MOST_MARKS])
