"""The real identity numbers: read and written here only; patients carry a mask (E137, F80).

Permission-free: callers decide who may see what they give out.
"""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

import frappe

from clinic_core.people.identity import texts
from clinic_core.people.identity.kinds import Identity

DOCTYPE = "Clinic Patient Identity"
PATIENT = "Clinic Patient"
FIELDS = ("kind", "number", "country", "no_code_reason")


def of(patients: Iterable[str]) -> dict[str, Identity]:
	"""The identities of patients by patient; who has none is left out. One query."""
	names = sorted({name for name in patients if name})
	if not names:
		return {}
	rows = frappe.get_all(
		DOCTYPE, filters={"name": ("in", names)}, fields=["name", *FIELDS], order_by="name asc"
	)
	return {row.name: Identity(*(row[field] or "" for field in FIELDS)) for row in rows}


def number_of(patient: str | None) -> str:
	"""The real number of one patient, empty when there is none."""
	found = of([patient]).get(patient) if patient else None
	return found.number if found else ""


def holder(identity: Identity, besides: str | None = None) -> dict[str, Any] | None:
	"""The patient who has this number already: {name, full_name, file_no}. One query."""
	if not identity.key:
		return None
	held, patient = frappe.qb.DocType(DOCTYPE), frappe.qb.DocType(PATIENT)
	rows = (
		frappe.qb.from_(held)
		.left_join(patient)
		.on(patient.name == held.patient)
		.select(held.name, patient.full_name, patient.file_no)
		.where((held.unique_key == identity.key) & (held.name != (besides or "")))
		.limit(1)
		.run(as_dict=True)
	)
	return rows[0] if rows else None


def write(patient: str, identity: Identity | None) -> None:
	"""Make `identity` the one of a patient, None takes it away. It has been checked.

	What the patient's own row shows is `entry.columns`; `entry.keep` writes both. Raises
	InvalidInputError naming the other file if somebody was faster with the same number.
	"""
	exists = frappe.db.exists(DOCTYPE, patient)
	if not identity:
		# Not through `delete_doc`: it keeps what it deletes, number and all, where erasure finds it not.
		frappe.db.delete(DOCTYPE, {"name": patient})
		return
	doc = frappe.get_doc(DOCTYPE, patient) if exists else frappe.new_doc(DOCTYPE)
	doc.flags.by_its_writer = True
	doc.patient = patient
	doc.update(asdict(identity))  # "", not None: Frappe would fill in the site's own country
	try:
		doc.save(ignore_permissions=True)
	except frappe.UniqueValidationError:
		frappe.clear_last_message()
		other = holder(identity, besides=patient) or {}
		texts.refuse_second(other.get("full_name") or "–", other.get("file_no"))


def forget(patient: str) -> None:
	"""Take away the number and the history of it: the person asked to be erased (E012)."""
	frappe.db.delete(DOCTYPE, {"name": patient})
	frappe.db.delete("Version", {"ref_doctype": DOCTYPE, "docname": patient})


def row(patient: str, identity: Identity) -> dict[str, Any]:
	"""The columns of an identity for bulk inserts; the patient's own columns are `entry.columns`."""
	return {
		"name": patient,
		"patient": patient,
		**_columns(identity),
		"unique_key": identity.key,
	}


def _columns(identity: Identity) -> dict[str, str | None]:
	return {field: value or None for field, value in asdict(identity).items()}
