from frappe.model.document import Document


class ClinicPatientHearing(Document):
	"""Row of its parent, which validates it."""
