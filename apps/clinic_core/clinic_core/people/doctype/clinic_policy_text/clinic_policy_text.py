from frappe.model.document import Document


class ClinicPolicyText(Document):
	"""A policy in one language."""
