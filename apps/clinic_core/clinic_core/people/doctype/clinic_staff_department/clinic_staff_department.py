from frappe.model.document import Document


class ClinicStaffDepartment(Document):
	"""One row."""
