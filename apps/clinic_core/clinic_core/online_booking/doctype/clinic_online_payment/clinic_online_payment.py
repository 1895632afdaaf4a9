import frappe
from frappe import _

from clinic_core.foundation.document import ClinicDocument
from clinic_core.foundation.errors import AppendOnlyError
from clinic_core.foundation.state import guard_status
from clinic_core.online_booking.payments.states import PAYMENT

FIXED = ("patient", "amount", "gateway", "appointment")


class ClinicOnlinePayment(ClinicDocument):
	"""One try to pay for a booking at a gateway; written by `online_booking/payments` only."""

	def before_insert(self) -> None:
		if not self.flags.by_payments:
			frappe.throw(_("A payment begins on the booking page only."), AppendOnlyError)

	def validate(self) -> None:
		guard_status(self, PAYMENT)
		if self.is_new():
			return
		if not self.flags.by_payments or any(self.has_value_changed(field) for field in FIXED):
			frappe.throw(_("An online payment is not changed by hand."), AppendOnlyError)

	def on_trash(self) -> None:
		frappe.throw(_("{0} is never deleted.").format(_(self.doctype)), AppendOnlyError)


def on_doctype_update() -> None:
	"""What is still to be asked; the payments of a patient."""
	frappe.db.add_index("Clinic Online Payment", ["status", "creation"], "status_creation")
	frappe.db.add_index("Clinic Online Payment", ["patient", "creation"], "patient_creation")
