from frappe.model.document import Document


class ClinicTagCondition(Document):
	"""One condition of a tag rule (D46); what must hold of it is checked by its rule."""
