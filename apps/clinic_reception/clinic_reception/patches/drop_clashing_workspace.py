"""The workspace "Clinic Reception" hid the DocType of that name: both had one address in the desk."""

import frappe


def execute() -> None:
	"""Delete the old workspace; "Clinic Front Office" has taken its place. May run twice."""
	frappe.delete_doc(
		"Workspace", "Clinic Reception", ignore_missing=True, force=True, ignore_permissions=True
	)
