from frappe.model.document import Document


class ClinicStaffInvite(Document):
	"""One row."""
