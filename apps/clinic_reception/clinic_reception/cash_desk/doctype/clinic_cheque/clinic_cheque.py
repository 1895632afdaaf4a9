import frappe
from clinic_core.foundation.digits import to_latin
from clinic_core.foundation.document import ClinicDocument
from clinic_core.foundation.errors import AppendOnlyError, refuse_input
from frappe import _

SAYAD_DIGITS = 16


class ClinicCheque(ClinicDocument):
	"""A cheque the clinic holds. So far it comes in at go-live only (`cash_desk/go_live`)."""

	def validate(self) -> None:
		if not self.flags.by_openings:
			frappe.throw(_("Cheques come from the page “Import”."), AppendOnlyError)
		self.sayad_id = to_latin(self.sayad_id or "").strip() or None
		if self.sayad_id and (len(self.sayad_id) != SAYAD_DIGITS or not self.sayad_id.isdigit()):
			refuse_input(_("Sayad number"), _("A Sayad number has sixteen digits."))

	def on_trash(self) -> None:
		frappe.throw(_("{0} is never deleted.").format(_(self.doctype)), AppendOnlyError)
