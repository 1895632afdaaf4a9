from frappe.model.document import Document


class ClinicMoneyUnit(Document):
	"""Row of its parent, which validates it."""
