"""A corrected name is the name everywhere: copies in what is not closed yet follow (D08).

Receipts and bills keep what was printed.
"""

import frappe
from frappe.model.document import Document

from clinic_core.foundation import events

APPOINTMENT = "Clinic Appointment"


def follow(doc: Document, before: Document | None) -> None:
	"""Take a new name over into appointments, and tell the apps: hook `clinic_on_patient_name`."""
	if not before or before.full_name == doc.full_name:
		return
	appointment = frappe.qb.DocType(APPOINTMENT)
	frappe.qb.update(appointment).set(appointment.patient_name, doc.full_name).where(
		appointment.patient == doc.name
	).run()
	events.emit(
		"clinic_on_patient_name",
		events=[{"patient": doc.name, "old": before.full_name, "new": doc.full_name}],
	)
