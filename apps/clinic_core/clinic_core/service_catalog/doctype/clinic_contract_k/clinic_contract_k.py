from frappe.model.document import Document


class ClinicContractK(Document):
	"""Row of its parent, which validates it."""
