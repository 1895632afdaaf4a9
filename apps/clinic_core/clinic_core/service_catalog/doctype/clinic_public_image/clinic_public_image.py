import frappe
from frappe.model.document import Document


class ClinicPublicImage(Document):
	"""A picture whose scaled copies are public now; written by `service_catalog/pictures/images.py` alone."""


def on_doctype_update() -> None:
	"""Pages ask by document."""
	frappe.db.add_index("Clinic Public Image", ["reference_doctype", "reference_name"], "clinic_image_of")
