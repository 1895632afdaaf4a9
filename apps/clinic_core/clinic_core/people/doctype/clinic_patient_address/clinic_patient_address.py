from frappe.model.document import Document


class ClinicPatientAddress(Document):
	"""Row of its parent, which validates it."""
