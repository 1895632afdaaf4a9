from frappe.model.document import Document


class ClinicSessionLock(Document):
	"""One row."""
