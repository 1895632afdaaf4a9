from frappe.model.document import Document


class ClinicPatientCoverage(Document):
	"""Row of its parent, which validates it."""
