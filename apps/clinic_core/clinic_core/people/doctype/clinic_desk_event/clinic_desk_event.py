import frappe

from clinic_core.foundation.append_only import AppendOnly


class ClinicDeskEvent(AppendOnly):
	"""What happened at a shared desk; written once by `people/desk/journal.py`."""


def on_doctype_update() -> None:
	"""What happened at a desk, or to a person, lately."""
	frappe.db.add_index("Clinic Desk Event", ["user", "at"], "user_at")
	frappe.db.add_index("Clinic Desk Event", ["desk", "at"], "desk_at")
