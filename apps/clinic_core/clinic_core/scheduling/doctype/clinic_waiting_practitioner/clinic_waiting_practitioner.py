from frappe.model.document import Document


class ClinicWaitingPractitioner(Document):
	"""One row."""
