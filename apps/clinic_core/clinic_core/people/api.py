"""Endpoints for people: find, register, correct."""

from typing import Any

import frappe
from frappe import _

from clinic_core.foundation import boundary, wire
from clinic_core.people import cards, registration, search
from clinic_core.people.access_log import seen
from clinic_core.people.merging import entry, whole
from clinic_core.people.patient_file import birth_dates, possible

PATIENT = "Clinic Patient"


@frappe.whitelist(methods=["GET"])
def find_patients(text: str, limit: int = 10) -> list[dict[str, Any]]:
	"""Patients that fit a typed text, best first (D05, D17, B19): name, phone, code, file number."""
	wire.require_permission(PATIENT, "read")
	return search.find(text, limit)


@frappe.whitelist(methods=["GET"])
def possible_duplicates(
	first_name: str | None = None,
	last_name: str | None = None,
	mobile: str | None = None,
	national_code: str | None = None,
	birth_date: str | None = None,
	gender: str | None = None,
	patient: str | None = None,
) -> list[dict[str, Any]]:
	"""Who somebody may be, asked while he is typed in (B17, D22, G20): at most five, most likely first.

	`patient` is the file being edited: it is no duplicate of itself. Rows: {name, full_name, file_no,
	mobile, gender, age, last_visit_on, score, why, reasons, is_hidden}; `is_hidden`: somebody whose file is
	not open to the user, without a name.
	"""
	wire.require_permission(PATIENT, "create")
	typed = {
		"first_name": first_name,
		"last_name": last_name,
		"mobile": mobile,
		"national_code": national_code,
		"birth_date": birth_date,
		"gender": gender,
	}
	return possible.of({field: value for field, value in typed.items() if value}, besides=patient)


@frappe.whitelist(methods=["GET"])
def patient_card(patient: str) -> dict[str, Any]:
	"""The header of a patient for any screen (F41)."""
	wire.require_permission(PATIENT, "read", patient)
	patient = whole.kept_of(patient)
	seen.saw([patient], "View", "Card")
	return cards.card(patient)


@frappe.whitelist(methods=["POST"])
def register_patient(
	first_name: str | None = None,
	last_name: str | None = None,
	mobile: str | None = None,
	referral_source: str | None = None,
	gender: str | None = None,
	birth_date: str | None = None,
	national_code: str | None = None,
	file_no: str | None = None,
	consultant: str | None = None,
	branch: str | None = None,
	note: str | None = None,
	more: str | dict | None = None,
	origin_doctype: str | None = None,
	origin_name: str | None = None,
	idempotency_key: str | None = None,
) -> dict[str, Any]:
	"""Register a patient (D22–D25) → {name, full_name, file_no, duplicates}.

	Possible duplicates are reported with score and reasons; the file is made all the same. `birth_date` may
	be Jalali. `more`: further fields of the file as a dict, see `registration.FIELDS`; the kind of the
	identity number is one of them.
	"""
	wire.require_permission(PATIENT, "create")
	if branch:
		wire.require_permission("Clinic Branch", "read", branch)
	if origin_doctype and origin_name:
		wire.require_permission(origin_doctype, "read", origin_name)
	data = {
		**registration.further(wire.parse_dict(more, _("Further fields"))),
		"first_name": first_name,
		"last_name": last_name,
		"mobile": mobile,
		"referral_source": referral_source,
		"gender": gender,
		"birth_date": birth_dates.read(birth_date),
		"national_code": national_code,
		"file_no": file_no,
		"consultant": consultant,
		"branch": branch,
		"note": note,
		"origin_doctype": origin_doctype,
		"origin_name": origin_name,
	}
	return boundary.command(
		"clinic_core.people.register_patient",
		idempotency_key,
		lambda: registration.register(data),
		content=data,
	)


@frappe.whitelist(methods=["POST"])
def correct_name(
	patient: str, first_name: str, last_name: str | None = None, idempotency_key: str | None = None
) -> dict[str, Any]:
	"""Correct a patient's name on the reception screen (D08) → {name, full_name}."""
	wire.require_permission(PATIENT, "write", patient)
	return boundary.command(
		"clinic_core.people.correct_name",
		idempotency_key,
		lambda: registration.correct_name(patient, first_name, last_name),
		content={"patient": patient, "first_name": first_name, "last_name": last_name},
	)


@frappe.whitelist(methods=["POST"])
def merge_patients(
	keep: str,
	duplicate: str,
	choices: dict | str | None = None,
	reason: str | None = None,
	idempotency_key: str | None = None,
) -> dict[str, Any]:
	"""Merge two files of one person (D43–D45, N6) → {merge, moved, patient, documents}.

	`choices` by field: `keep`, `duplicate` or, for texts, `both`. What is not chosen keeps the kept
	file's value and fills its gaps.
	"""
	entry.require_merging(keep, duplicate)
	chosen = wire.parse_dict(choices, _("Choices"))
	return entry.merge(keep, duplicate, chosen, reason, idempotency_key)


@frappe.whitelist(methods=["POST"])
def undo_merge(
	merge: str, reason: str | None = None, partial: bool | int | str = 0, idempotency_key: str | None = None
) -> dict[str, Any]:
	"""Take a merge back (N6) → {merge, restored, left}; refused when something new happened since.

	A manager may undo the rest with `partial`.
	"""
	entry.require_undoing(merge, bool(wire.parse_number(partial, _("Undo the rest"))))
	return entry.undo(merge, reason, bool(wire.parse_number(partial, _("Undo the rest"))), idempotency_key)
