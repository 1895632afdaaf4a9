from frappe.model.document import Document


class ClinicPublicLink(Document):
	"""Where else the centre is found: a messenger, a network, a site (A92)."""
