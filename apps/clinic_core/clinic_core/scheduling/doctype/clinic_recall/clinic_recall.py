import frappe
from frappe import _
from frappe.utils import cint, now_datetime

from clinic_core.foundation import live
from clinic_core.foundation.document import ClinicDocument
from clinic_core.foundation.state import guard_status
from clinic_core.scheduling.recalls import states, telling

MADE_BY_THE_NIGHT = (
	"patient",
	"service",
	"recall_rule",
	"due_on",
	"base_on",
	"channel",
	"contact_by",
	"practitioner",
	"branch",
	"cycle_key",
)


class ClinicRecall(ClinicDocument):
	"""Somebody who is to be called again; made by the night (`recalls/generate.py`), followed by people (F50)."""

	def validate(self) -> None:
		old, new = guard_status(self, states.RECALL)
		self._old_status = old
		self._keep_what_is_ours()
		if new not in states.TO_FOLLOW:
			self.next_on = None
		elif old and old not in states.TO_FOLLOW and not self.next_on:
			self.next_on = frappe.utils.getdate()
		if self.flags.attempt:
			self.attempts = cint(self.attempts) + 1
			self.last_attempt_at = now_datetime()

	def on_update(self) -> None:
		if self._old_status != self.status or self.has_value_changed("next_on"):
			telling.tell([self.as_dict()], self._old_status)
		live.changed(self.doctype, self.name)

	def on_trash(self) -> None:
		frappe.throw(_("A recall is never deleted. Close it instead."))

	def _keep_what_is_ours(self) -> None:
		before = self.get_doc_before_save()
		if not before:
			self.patient_name = frappe.db.get_value("Clinic Patient", self.patient, "full_name")
			return
		for field in (*MADE_BY_THE_NIGHT, "attempts", "last_attempt_at"):
			self.set(field, before.get(field))
		if not frappe.flags.clinic_system_move:
			self.appointment = before.appointment


def on_doctype_update() -> None:
	"""What is due this week or overdue, of one state; the recalls of a patient."""
	frappe.db.add_index("Clinic Recall", ["next_on", "status"], "clinic_recall_next")
	frappe.db.add_index("Clinic Recall", ["status", "next_on"], "clinic_recall_status")
	frappe.db.add_index("Clinic Recall", ["patient", "status"], "clinic_recall_patient")
