from frappe.model.document import Document


class ClinicProformaLine(Document):
	"""Row of its parent, which validates it."""
