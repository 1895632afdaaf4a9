"""Clinics that were there before files of imports were removed get the time they are kept for (F84)."""

import frappe

FIELD, DAYS = "import_keep_days", 90


def execute() -> None:
	"""Write what is missing; a new site has it from the start, and zero (for ever) is an answer."""
	known = frappe.db.get_singles_dict("Clinic Settings")
	if known and known.get(FIELD) in (None, ""):
		frappe.db.set_single_value("Clinic Settings", FIELD, DAYS)
