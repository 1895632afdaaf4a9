from frappe.model.document import Document


class ClinicPaymentAllocation(Document):
	"""Row of its parent, which validates it."""
