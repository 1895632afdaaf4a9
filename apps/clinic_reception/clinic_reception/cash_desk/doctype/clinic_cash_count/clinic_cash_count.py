from frappe.model.document import Document


class ClinicCashCount(Document):
	"""Row of its parent, which validates it."""
