import frappe

from clinic_core.foundation.document import ClinicDocument


class ClinicFreedTime(ClinicDocument):
	"""A time that became free while somebody waited; written and forgotten by `waiting/freed.py` (F08)."""


def on_doctype_update() -> None:
	"""What is still to come, and what is forgotten."""
	frappe.db.add_index("Clinic Freed Time", ["end", "is_dismissed"], "clinic_freed_end")
	frappe.db.add_index("Clinic Freed Time", ["practitioner", "start"], "clinic_freed_practitioner")
