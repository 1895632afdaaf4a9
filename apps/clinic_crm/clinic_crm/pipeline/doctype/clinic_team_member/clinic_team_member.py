from frappe.model.document import Document


class ClinicTeamMember(Document):
	"""Row of its parent, which validates it."""
