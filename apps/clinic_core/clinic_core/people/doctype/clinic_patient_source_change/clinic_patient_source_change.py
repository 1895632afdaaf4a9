import frappe
from frappe import _

from clinic_core.foundation.append_only import AppendOnly
from clinic_core.foundation.errors import ForbiddenMoveError


class ClinicPatientSourceChange(AppendOnly):
	"""One change of a patient's referral source; written by the patient's file alone (D48)."""

	def validate(self) -> None:
		if not self.flags.by_the_file:
			frappe.throw(
				_("Change the referral source in the patient's file; it is recorded by itself."),
				ForbiddenMoveError,
			)


def on_doctype_update() -> None:
	"""The history of one file, newest first."""
	frappe.db.add_index("Clinic Patient Source Change", ["patient", "changed_at"], "source_change_patient")
