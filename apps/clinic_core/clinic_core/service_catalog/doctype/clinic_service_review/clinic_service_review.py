import frappe

from clinic_core.foundation.document import ClinicDocument
from clinic_core.service_catalog.public_page import reviews


class ClinicServiceReview(ClinicDocument):
	"""What a visitor wrote below a service or an article; shown once a moderator has read it (A03).

	His words are never changed: a moderator shows them or does not, and may answer.
	"""

	def validate(self) -> None:
		reviews.check(self)

	def after_insert(self) -> None:
		reviews.announce(self)

	def on_update(self) -> None:
		reviews.follow(self)


def on_doctype_update() -> None:
	"""What pages show, what moderators wait for, and what the limits count."""
	for fields, name in (
		(["service", "status", "published_at"], "clinic_review_of_service"),
		(["article", "status", "published_at"], "clinic_review_of_article"),
		(["status", "creation"], "clinic_review_waiting"),
		(["ip_hash", "creation"], "clinic_review_sender"),
		(["content_hash", "creation"], "clinic_review_repeat"),
	):
		frappe.db.add_index("Clinic Service Review", fields, name)
