from frappe.model.document import Document


class ClinicMessageText(Document):
	"""The text of a template in one language."""
