import frappe
from clinic_core.foundation.append_only import AppendOnly


class ClinicLeadStatusLog(AppendOnly):
	"""One change of a lead's state, with the time spent before; written once (C093)."""


def on_doctype_update() -> None:
	"""The history of a lead, and the moves of a day."""
	frappe.db.add_index("Clinic Lead Status Log", ["lead", "changed_at"], "clinic_lead_changed")
	frappe.db.add_index("Clinic Lead Status Log", ["to_status", "changed_at"], "clinic_to_changed")
