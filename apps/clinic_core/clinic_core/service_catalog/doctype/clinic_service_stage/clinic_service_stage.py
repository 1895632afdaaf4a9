from frappe.model.document import Document


class ClinicServiceStage(Document):
	"""Row of its parent, which validates it."""
