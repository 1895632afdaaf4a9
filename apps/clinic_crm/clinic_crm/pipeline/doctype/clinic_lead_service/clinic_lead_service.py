from frappe.model.document import Document


class ClinicLeadService(Document):
	"""Row of its parent, which validates it."""
