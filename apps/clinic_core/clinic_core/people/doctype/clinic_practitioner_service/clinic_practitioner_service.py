from frappe.model.document import Document


class ClinicPractitionerService(Document):
	"""Row of its parent, which validates it."""
