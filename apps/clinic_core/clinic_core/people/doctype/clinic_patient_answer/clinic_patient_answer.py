from frappe.model.document import Document


class ClinicPatientAnswer(Document):
	"""Row of its parent, which validates it."""
