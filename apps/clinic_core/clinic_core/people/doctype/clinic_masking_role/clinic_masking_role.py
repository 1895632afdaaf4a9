from frappe.model.document import Document


class ClinicMaskingRole(Document):
	"""A role that sees one kind of fact in full."""
