from frappe.model.document import Document


class ClinicPatientPhone(Document):
	"""Row of its parent, which validates it."""
