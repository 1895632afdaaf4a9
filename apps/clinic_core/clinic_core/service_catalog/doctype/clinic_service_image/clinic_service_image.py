from frappe.model.document import Document


class ClinicServiceImage(Document):
	"""Row of its parent, which validates it."""
