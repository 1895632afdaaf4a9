from frappe.model.document import Document


class ClinicAppointmentStep(Document):
	"""Row of its parent, which validates it."""
