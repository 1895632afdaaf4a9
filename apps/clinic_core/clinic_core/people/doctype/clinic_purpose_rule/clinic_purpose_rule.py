from frappe.model.document import Document


class ClinicPurposeRule(Document):
	"""What one purpose needs in this clinic."""
