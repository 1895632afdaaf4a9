from frappe.model.document import Document


class ClinicLeadFormField(Document):
	"""Row of its parent, which validates it."""
