from frappe.model.document import Document


class ClinicScheduleShift(Document):
	"""Row of its parent, which validates it."""
