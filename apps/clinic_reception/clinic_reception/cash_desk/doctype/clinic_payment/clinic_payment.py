import frappe
from clinic_core.foundation.counters import next_number
from clinic_core.foundation.document import ClinicDocument, write_late
from clinic_core.foundation.errors import AppendOnlyError, refuse_input
from clinic_core.foundation.jalali import jalali_month
from frappe import _
from frappe.utils import now_datetime

from clinic_reception import access
from clinic_reception.cash_desk import payment_lines, receipts, refunds, settlement, shifts

_FIXED_AFTER_SUBMIT = ("status", "receipt_data", "reason")


class ClinicPayment(ClinicDocument):
	"""The only document that moves money. Submitting posts it, cancelling mirrors it."""

	def before_insert(self) -> None:
		self.receipt_no = self.receipt_data = self.posted_at = None

	def before_validate(self) -> None:
		super().before_validate()
		self.cashier = frappe.session.user
		self.shift = self.shift or shifts.own_open_shift()
		if self.shift and not self.branch:
			self.branch = frappe.db.get_value("Clinic Cash Shift", self.shift, "branch")
		self.direction = self.direction or "Receive"
		self.purpose = self.purpose or "Debt"
		self.status = "Submitted" if self.docstatus == 1 else "Draft"

	def validate(self) -> None:
		if not self.shift:
			refuse_input(_("Shift"), _("Open your shift at a cash desk first."))
		if self.docstatus == 1:
			settlement.lock(self)
		self.patient_name = frappe.db.get_value("Clinic Patient", self.patient, "full_name")
		payment_lines.check(self)

	def before_submit(self) -> None:
		now = now_datetime()
		self.posted_at, self.jalali_month = now, jalali_month(now.date())
		if self.direction == "Refund":
			refunds.settle_refund(self)
		else:
			self.refund_of = self.deposit = None
			settlement.settle_receipt(self)

	def on_submit(self) -> None:
		settlement.post(self)
		self.receipt_no = next_number("receipt", self.branch, self.posted_at)
		data = frappe.as_json(receipts.data_of(self))
		write_late(self, deposit=self.deposit, receipt_no=self.receipt_no, receipt_data=data)

	def before_cancel(self) -> None:
		if self.cashier != frappe.session.user:
			access.require("undo_any_payment")
		settlement.lock(self, any_cashier=True)
		self.status = "Cancelled"

	def on_cancel(self) -> None:
		self.ignore_linked_doctypes = ("Clinic Ledger Entry", "Clinic Deposit", "Clinic Payment")
		settlement.mirror(self)
		frappe.db.set_value(
			"Clinic Payment Line", {"parent": self.name}, "reference_key", None, update_modified=False
		)

	def before_update_after_submit(self) -> None:
		before = self.get_doc_before_save()
		if any((self.get(f) or None) != (before.get(f) or None) for f in _FIXED_AFTER_SUBMIT):
			frappe.throw(_("A receipt is never changed. Undo it or pay back instead."), AppendOnlyError)

	def on_trash(self) -> None:
		if self.docstatus != 0:
			frappe.throw(_("{0} is never deleted.").format(_(self.doctype)), AppendOnlyError)


def on_doctype_update() -> None:
	"""Receipts of a shift, and of a patient by time."""
	frappe.db.add_index("Clinic Payment", ["patient", "posted_at"], "patient_posted")
	frappe.db.add_index("Clinic Payment", ["shift", "posted_at"], "shift_posted")
	frappe.db.add_index("Clinic Payment", ["posted_at", "docstatus"], "posted_docstatus")
