from frappe.model.document import Document


class ClinicLeadPatient(Document):
	"""Row of its parent, which validates it."""
