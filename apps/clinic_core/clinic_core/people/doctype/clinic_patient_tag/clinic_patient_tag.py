import frappe
from frappe.model.document import Document


class ClinicPatientTag(Document):
	"""A tag of a patient, given by hand or by a rule (D46)."""


def on_doctype_update() -> None:
	"""Who has a tag, in the order rules walk through the patients; what a patient has."""
	frappe.db.add_index("Clinic Patient Tag", ["tag", "parent", "given"], "clinic_patient_tag_holder")
