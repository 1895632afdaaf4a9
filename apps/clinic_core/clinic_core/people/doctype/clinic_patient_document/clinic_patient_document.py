import frappe

from clinic_core.foundation.document import ClinicDocument
from clinic_core.people.documents import documents


class ClinicPatientDocument(ClinicDocument):
	"""A paper of a patient with its private file (E144): archived, not deleted."""

	def validate(self) -> None:
		documents.check(self)

	def on_update(self) -> None:
		documents.tell(self)


def on_doctype_update() -> None:
	"""The papers of a patient, newest first."""
	frappe.db.add_index("Clinic Patient Document", ["patient", "date"], "clinic_patient_document_date")
