import frappe
from frappe.model.document import Document


class ClinicReceptionLine(Document):
	"""Row of its parent, which validates it."""


def on_doctype_update() -> None:
	"""What was sold of a service."""
	frappe.db.add_index("Clinic Reception Line", ["service", "parent"], "service_parent")
