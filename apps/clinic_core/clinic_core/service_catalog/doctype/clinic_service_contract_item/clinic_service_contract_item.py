from frappe.model.document import Document


class ClinicServiceContractItem(Document):
	"""Row of its parent, which validates it."""
