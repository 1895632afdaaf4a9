import frappe

from clinic_core.foundation.document import ClinicDocument
from clinic_core.people.documents import documents
from clinic_core.people.photos import photos


class ClinicPhoto(ClinicDocument):
	"""A picture of a patient before, during or after a treatment (F42): archived, not deleted."""

	def onload(self) -> None:
		"""Whether it may leave the file now, for the form."""
		self.set_onload("may_publish_now", photos.may_publish(self))

	def validate(self) -> None:
		photos.check(self)

	def on_update(self) -> None:
		documents.tell(self)


def on_doctype_update() -> None:
	"""The pictures of a patient by area and day."""
	frappe.db.add_index("Clinic Photo", ["patient", "body_area", "taken_on"], "clinic_photo_area")
