import frappe
from clinic_core.foundation.document import ClinicDocument
from clinic_core.foundation.errors import AppendOnlyError
from frappe import _


class ClinicOpeningBalance(ClinicDocument):
	"""A figure of the old books (G13). Written by `cash_desk/go_live/openings.py` only."""

	def validate(self) -> None:
		if not self.flags.by_openings:
			frappe.throw(_("Opening balances come from the page “Import”."), AppendOnlyError)
		self.patient_name = frappe.db.get_value("Clinic Patient", self.patient, "full_name")

	def on_trash(self) -> None:
		frappe.throw(_("{0} is never deleted.").format(_(self.doctype)), AppendOnlyError)
