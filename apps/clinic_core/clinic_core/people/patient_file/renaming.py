"""A corrected name is the name everywhere: copies in what is not closed yet follow (D08).

Receipts and bills keep what was printed.
"""

import frappe
from frappe.model.document import Document

from clinic_core.foundation import events

COPIES = ("Clinic Appointment", "Clinic Recall", "Clinic Waiting List Entry", "Clinic Waiting Offer")


def follow(doc: Document, before: Document | None) -> None:
	"""Take a new name over into appointments, wishes and recalls, and tell the apps: hook `clinic_on_patient_name`."""
	if not before or before.full_name == doc.full_name:
		return
	for doctype in COPIES:
		table = frappe.qb.DocType(doctype)
		frappe.qb.update(table).set(table.patient_name, doc.full_name).where(table.patient == doc.name).run()
	events.emit(
		"clinic_on_patient_name",
		events=[{"patient": doc.name, "old": before.full_name, "new": doc.full_name}],
	)
