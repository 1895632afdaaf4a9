import frappe
from frappe import _
from frappe.utils import getdate

from clinic_core.foundation.document import ClinicDocument
from clinic_core.foundation.errors import AppendOnlyError, refuse_input
from clinic_core.people.access_log import seen


class ClinicDisclosure(ClinicDocument):
	"""Data of patients that was given to somebody outside, and on which ground (E005, E006)."""

	def before_validate(self) -> None:
		super().before_validate()
		self.disclosed_by = self.disclosed_by or frappe.session.user

	def validate(self) -> None:
		if getdate(self.disclosed_on) > getdate():
			refuse_input(_("Disclosed on"), _("It must not be in the future."))
		named = list(dict.fromkeys(row.patient for row in self.patients))
		if len(named) < len(self.patients):
			refuse_input(_("Patients"), _("A patient is named twice."))
		self.patient_count = len(named)

	def after_insert(self) -> None:
		"""The person reads in the list of his file that data left the clinic."""
		patients = [row.patient for row in self.patients]
		seen.saw(patients, "Export", "Disclosure", doctype=self.doctype, document=self.name)

	def on_trash(self) -> None:
		frappe.throw(_("The register of disclosures is never deleted."), AppendOnlyError)


def on_doctype_update() -> None:
	"""What left the clinic, by day."""
	frappe.db.add_index("Clinic Disclosure", ["disclosed_on", "ground"], "clinic_disclosed_on")
