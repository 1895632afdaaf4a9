"""What happens to leads and tasks of somebody who leaves the centre (hook `clinic_staff_left`)."""

import frappe

from clinic_crm.pipeline.states import CLOSED

LEAD, ACTIVITY = "Clinic Lead", "Clinic Activity"


def left(
	staff_member: str, user: str | None, practitioner: str | None, on: str, successor: str | None
) -> None:
	"""Open leads and tasks go to the successor; without one to their team, where anybody takes them."""
	if not user:
		return
	for doctype, still_open in (
		(LEAD, {"status": ("!=", CLOSED)}),
		(ACTIVITY, {"status": "Not Done"}),
	):
		# In one statement: somebody may leave thousands behind.
		frappe.db.set_value(doctype, {"assigned_to": user, **still_open}, "assigned_to", successor)
