from frappe.model.document import Document


class ClinicReceptionLine(Document):
	"""Row of its parent, which validates it."""
