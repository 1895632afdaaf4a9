import frappe
from clinic_core.foundation.document import ClinicDocument
from clinic_core.foundation.errors import AppendOnlyError
from frappe import _


class ClinicDeposit(ClinicDocument):
	"""Made and changed by payments only (`cash_desk/deposits.py`)."""

	def before_insert(self) -> None:
		if not self.flags.from_payment:
			frappe.throw(
				_("A deposit comes with a payment. Take a deposit at the cash desk."), AppendOnlyError
			)

	def validate(self) -> None:
		if not self.is_new():
			frappe.throw(_("A deposit changes only through payments and refunds."), AppendOnlyError)

	def on_trash(self) -> None:
		frappe.throw(_("{0} is never deleted.").format(_(self.doctype)), AppendOnlyError)


def on_doctype_update() -> None:
	"""Open deposits of a patient, for payments and warnings."""
	frappe.db.add_index("Clinic Deposit", ["patient", "available"], "patient_available")
