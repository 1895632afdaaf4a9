import frappe

from clinic_core.foundation.append_only import AppendOnly


class ClinicAccessLog(AppendOnly):
	"""One look into a patient's file; written by `people.access_log` only, purged by its age (F82, N3)."""


def on_doctype_update() -> None:
	"""Who saw a patient, what a person saw; nothing is written twice within a slot of five minutes."""
	doctype = "Clinic Access Log"
	frappe.db.add_index(doctype, ["patient", "at"], "clinic_seen_patient")
	frappe.db.add_index(doctype, ["user", "at"], "clinic_seen_user")
	frappe.db.add_index(doctype, ["at"], "clinic_seen_at")
	frappe.db.add_unique(doctype, ["patient", "user", "what", "slot"], "clinic_seen_once")
