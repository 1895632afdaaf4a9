from frappe.model.document import Document


class ClinicWaitingTime(Document):
	"""One row."""
