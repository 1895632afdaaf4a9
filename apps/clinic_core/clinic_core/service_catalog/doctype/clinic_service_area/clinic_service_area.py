from frappe.model.document import Document


class ClinicServiceArea(Document):
	"""Row of its parent, which validates it."""
