"""Templates that were there before emails get the subjects a new clinic begins with; its own texts stay (E174)."""

import frappe

from clinic_core.messaging.seeds import SUBJECTS


def execute() -> None:
	"""Write the subjects that are missing."""
	for template, subjects in SUBJECTS.items():
		for language, subject in subjects.items():
			row = {"parent": template, "language": language, "subject": ("is", "not set")}
			frappe.db.set_value("Clinic Message Text", row, "subject", subject, update_modified=False)
