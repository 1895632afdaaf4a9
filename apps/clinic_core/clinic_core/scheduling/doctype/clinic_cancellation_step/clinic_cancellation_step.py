from frappe.model.document import Document


class ClinicCancellationStep(Document):
	"""Row of its parent, which validates it."""
