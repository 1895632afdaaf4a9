import frappe
from frappe import _

from clinic_core.foundation.append_only import AppendOnly
from clinic_core.foundation.errors import ForbiddenMoveError


class ClinicAppointmentMove(AppendOnly):
	"""One change of an appointment's time or state, with reason, who and when (D34, D35, F15).

	Written by the appointment alone (`scheduling/history`), whatever door changed it.
	"""

	def validate(self) -> None:
		frappe.throw(_("Move the appointment itself; its history is recorded by itself."), ForbiddenMoveError)


def on_doctype_update() -> None:
	"""The history of one appointment; what was moved away from somebody; whom to tell."""
	frappe.db.add_index("Clinic Appointment Move", ["appointment", "moved_at"], "move_appointment")
	frappe.db.add_index("Clinic Appointment Move", ["old_practitioner", "old_start"], "move_old_practitioner")
	frappe.db.add_index("Clinic Appointment Move", ["notify", "moved_at"], "move_notify")
	frappe.db.add_index("Clinic Appointment Move", ["patient"], "move_patient")
