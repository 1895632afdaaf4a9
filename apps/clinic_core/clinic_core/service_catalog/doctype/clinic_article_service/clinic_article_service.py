from frappe.model.document import Document


class ClinicArticleService(Document):
	"""A service on whose page the article is shown (A23)."""
