import frappe
from clinic_core.foundation.document import ClinicDocument
from clinic_core.foundation.errors import AppendOnlyError
from clinic_core.foundation.state import guard_status
from frappe import _

from clinic_reception.front_desk import triage
from clinic_reception.front_desk.states import TRIAGE, VOID

_FIXED = ("visit", "patient", "kind", "practitioner", "department", "triaged_at")


class ClinicTriage(ClinicDocument):
	"""One sending of a patient to a practitioner or department; void with a reason, never deleted."""

	def before_insert(self) -> None:
		triage.check_new(self)

	def validate(self) -> None:
		self.flags.moved = guard_status(self, TRIAGE)
		old, new = self.flags.moved
		if old is None:
			return
		before = self.get_doc_before_save()
		if any(str(self.get(f) or "") != str(before.get(f) or "") for f in _FIXED):
			frappe.throw(_("A triage is never changed. Void it and triage again."), AppendOnlyError)
		if old != new and new == VOID:
			triage.check_void(self)

	def after_insert(self) -> None:
		triage.after_insert(self)

	def on_update(self) -> None:
		old, new = self.flags.moved
		if old is not None and old != new and new == VOID:
			triage.after_void(self)

	def on_trash(self) -> None:
		frappe.throw(_("{0} is never deleted.").format(_(self.doctype)), AppendOnlyError)


def on_doctype_update() -> None:
	"""Who waits where."""
	frappe.db.add_index("Clinic Triage", ["visit", "status"], "visit_status")
