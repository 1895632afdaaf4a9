from frappe.model.document import Document


class ClinicSharedDeskPerson(Document):
	"""One row."""
