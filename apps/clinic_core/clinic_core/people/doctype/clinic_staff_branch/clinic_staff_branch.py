from frappe.model.document import Document


class ClinicStaffBranch(Document):
	"""One row."""
