from frappe.model.document import Document


class ClinicPaymentLine(Document):
	"""Row of its parent, which validates it."""
