"""Endpoints for the pictures of a patient (F42): practitioners, operators and managers only."""

from typing import Any

import frappe
from frappe import _

from clinic_core.foundation import boundary, wire
from clinic_core.people.files import uploads
from clinic_core.people.photos import photos

PATIENT = "Clinic Patient"


@frappe.whitelist(methods=["POST"])
def add_photo(
	patient: str,
	stage: str,
	angle: str,
	file_name: str,
	content: str,
	body_area: str | None = None,
	angle_note: str | None = None,
	taken_on: str | None = None,
	service: str | None = None,
	session: str | None = None,
	appointment: str | None = None,
	may_publish: bool | int = False,
	idempotency_key: str | None = None,
) -> dict[str, Any]:
	"""Keep a picture of a patient → {name, file, thumbnail}; `content` is the file in base64."""
	wire.require_permission(photos.DOCTYPE, "create")
	wire.require_permission(PATIENT, "read", patient)
	for doctype, name in (("Clinic Session", session), ("Clinic Appointment", appointment)):
		if name:
			wire.require_permission(doctype, "read", name)
	values = {
		"patient": patient,
		"stage": stage,
		"angle": angle,
		"angle_note": angle_note,
		"body_area": body_area,
		"taken_on": wire.parse_date(taken_on, _("Taken on")) or frappe.utils.getdate(),
		"service": service,
		"session": session,
		"appointment": appointment,
		"may_publish": int(bool(may_publish)),
	}
	return boundary.command(
		"clinic_core.people.photos.add_photo",
		idempotency_key,
		lambda: photos.add(values, file_name, uploads.read(content)),
		content={**values, "file_name": file_name, "size": len(content or "")},
	)
