import frappe
from clinic_core.foundation.document import ClinicDocument
from clinic_core.foundation.errors import AppendOnlyError
from frappe import _


class ClinicPenalty(ClinicDocument):
	"""What a late cancellation or a missed appointment costs (F11). Written by `cash_desk/penalties` only."""

	def validate(self) -> None:
		if not self.flags.by_penalties:
			frappe.throw(_("Penalties follow from appointments; waive one instead."), AppendOnlyError)
		self.patient_name = frappe.db.get_value("Clinic Patient", self.patient, "full_name")

	def on_trash(self) -> None:
		frappe.throw(_("{0} is never deleted.").format(_(self.doctype)), AppendOnlyError)
