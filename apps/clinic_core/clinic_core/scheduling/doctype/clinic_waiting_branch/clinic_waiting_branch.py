from frappe.model.document import Document


class ClinicWaitingBranch(Document):
	"""One row."""
