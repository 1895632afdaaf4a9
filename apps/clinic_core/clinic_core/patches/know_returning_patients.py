"""Files of before this release: who was here already, and which names are only stand-ins."""

import frappe

from clinic_core.people.patient_file import jobs


def execute() -> None:
	"""Compute what new files get as things happen. Safe to run twice."""
	jobs.recompute_returning()
	jobs.rewrite_names()
	# The last visit has a column of its own, unless somebody chose other columns.
	if frappe.db.get_value("List View Settings", "Clinic Patient", "total_fields") == "6":
		frappe.db.set_value("List View Settings", "Clinic Patient", "total_fields", "7")
