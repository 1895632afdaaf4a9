import frappe
from clinic_core.foundation import cached, settings
from clinic_core.foundation.document import ClinicDocument
from clinic_core.foundation.errors import AppendOnlyError, refuse_input
from frappe import _

from clinic_reception.front_desk import reception_lines, receptions

_FIXED_AFTER_SUBMIT = ("status", "outstanding", "cancel_reason")


class ClinicReception(ClinicDocument):
	"""The bill of a visit. Priced by the server, submitted once, cancelled by mirroring everything."""

	def before_insert(self) -> None:
		self.reception_no = self.posted_at = self.cancel_reason = None

	def before_validate(self) -> None:
		super().before_validate()
		self.status = "Submitted" if self.docstatus == 1 else "Draft"

	def validate(self) -> None:
		visit = frappe.db.get_value(
			"Clinic Visit", self.visit, ["patient", "patient_name", "branch", "status"], as_dict=True
		)
		if not visit:
			refuse_input(_("Visit"), _("Choose the visit this reception belongs to."))
		if self.patient and self.patient != visit.patient:
			refuse_input(_("Patient"), _("This is not the patient of the visit."))
		if visit.status == "Cancelled":
			refuse_input(_("Visit"), _("This visit was cancelled."))
		self.patient, self.patient_name, self.branch = visit.patient, visit.patient_name, visit.branch
		branch = cached.find("Clinic Branch", self.branch)
		self.legal_entity = (branch and branch.legal_entity) or settings.get("default_legal_entity")
		self.outstanding = 0
		if self.docstatus == 1:
			receptions.lock(self)
		if not self.lines:
			refuse_input(_("Services"), _("Add at least one service."))
		reception_lines.price(self)

	def before_submit(self) -> None:
		receptions.before_submit(self)

	def on_submit(self) -> None:
		receptions.on_submit(self)

	def before_cancel(self) -> None:
		receptions.before_cancel(self)
		self.status = "Cancelled"

	def on_cancel(self) -> None:
		self.ignore_linked_doctypes = ("Clinic Payment", "Clinic Ledger Entry", "Clinic Entitlement")
		receptions.on_cancel(self)

	def before_update_after_submit(self) -> None:
		before = self.get_doc_before_save()
		if any((self.get(f) or None) != (before.get(f) or None) for f in _FIXED_AFTER_SUBMIT):
			frappe.throw(_("These figures follow from payments and cannot be typed."), AppendOnlyError)
		was = {row.name: (row.entitlement, row.session_plan) for row in before.lines}
		if any((row.entitlement, row.session_plan) != was.get(row.name) for row in self.lines):
			frappe.throw(_("A submitted reception is never changed. Cancel it instead."), AppendOnlyError)

	def on_trash(self) -> None:
		if self.docstatus != 0:
			frappe.throw(_("{0} is never deleted.").format(_(self.doctype)), AppendOnlyError)


def on_doctype_update() -> None:
	"""Open debts of a patient, oldest first; receptions of a day; figures of a period."""
	frappe.db.add_index("Clinic Reception", ["patient", "docstatus", "outstanding"], "patient_open")
	frappe.db.add_index("Clinic Reception", ["branch", "posted_at"], "branch_posted")
	frappe.db.add_index("Clinic Reception", ["docstatus", "outstanding"], "docstatus_outstanding")
	# What statistics ask of a period is answered by the index alone.
	facts = ["posted_at", "docstatus", "branch", "patient", "jalali_month"]
	frappe.db.add_index("Clinic Reception", facts, "posted_facts")
