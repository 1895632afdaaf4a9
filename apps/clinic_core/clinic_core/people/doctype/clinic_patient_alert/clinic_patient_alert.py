import frappe

from clinic_core.foundation.document import ClinicDocument
from clinic_core.people.alerts import alerts


class ClinicPatientAlert(ClinicDocument):
	"""What everybody who handles a patient must see (F41): kept and switched off, not deleted."""

	def validate(self) -> None:
		alerts.check(self)

	def on_update(self) -> None:
		alerts.tell(self)

	def on_trash(self) -> None:
		alerts.tell(self)


def on_doctype_update() -> None:
	"""The alerts in force of many patients."""
	frappe.db.add_index("Clinic Patient Alert", ["patient", "is_active"], "clinic_patient_alert_active")
