"""Endpoint for the papers of a patient (E144)."""

from typing import Any

import frappe
from frappe import _

from clinic_core.foundation import boundary, wire
from clinic_core.people.documents import documents
from clinic_core.people.files import uploads

PATIENT = "Clinic Patient"


@frappe.whitelist(methods=["POST"])
def add_document(
	patient: str,
	kind: str,
	title: str,
	file_name: str,
	content: str,
	date: str | None = None,
	note: str | None = None,
	appointment: str | None = None,
	idempotency_key: str | None = None,
) -> dict[str, Any]:
	"""Keep a paper of a patient → {name, file, thumbnail}; `content` is the file in base64."""
	wire.require_permission(documents.DOCTYPE, "create")
	wire.require_permission(PATIENT, "read", patient)
	if appointment:
		wire.require_permission("Clinic Appointment", "read", appointment)
	values = {
		"patient": patient,
		"kind": kind,
		"title": title,
		"date": wire.parse_date(date, _("Date")),
		"note": note,
		"appointment": appointment,
	}
	wire.require_document(frappe.get_doc({"doctype": documents.DOCTYPE, **values}), "create")
	return boundary.command(
		"clinic_core.people.documents.add_document",
		idempotency_key,
		lambda: documents.add(values, file_name, uploads.read(content)),
		content={**values, "file_name": file_name, "size": len(content or "")},
	)
