from frappe.model.document import Document


class ClinicPolicyPurpose(Document):
	"""One purpose that a policy covers."""
