import frappe
from frappe import _
from frappe.utils import add_days, date_diff, getdate, now_datetime

from clinic_core.foundation import live, settings
from clinic_core.foundation.document import ClinicDocument
from clinic_core.foundation.errors import AppendOnlyError, refuse_input
from clinic_core.foundation.state import guard_status
from clinic_core.people.consent.people import PATIENT
from clinic_core.people.data_requests import states

OURS = (
	"export_status",
	"export_path",
	"export_expires_at",
	"export_bytes",
	"erasure_status",
	"erasure_asked_by",
	"erasure_approved_by",
	"erased_at",
	"verified_by",
	"verified_at",
	"closed_on",
)
"""Written by the module, never typed."""


class ClinicDataRequest(ClinicDocument):
	"""Somebody asks for his data: a copy, a correction, erasure, blocking; answered in 30 days (E012)."""

	def validate(self) -> None:
		old, new = guard_status(self, states.REQUEST)
		self._keep_ours()
		self._check_person()
		self._set_due()
		if old != new and new == states.VERIFIED:
			self._verify()
		if old != new and new == states.REFUSED and not (self.refusal_reason or "").strip():
			refuse_input(_("Reason of the refusal"), _("Say why. The person is told."))
		if old and old != new and new not in states.OPEN:
			self.closed_on = getdate()

	def onload(self) -> None:
		"""How many days are left, for the indicator."""
		self.set_onload("days_left", date_diff(self.due_on, getdate()))

	def on_update(self) -> None:
		live.changed(self.doctype, self.name)

	def on_trash(self) -> None:
		frappe.throw(_("A request is never deleted. Refuse it with a reason."), AppendOnlyError)

	def _keep_ours(self) -> None:
		"""What the module writes comes in no other way."""
		before = self.get_doc_before_save()
		for field in OURS:
			self.set(field, before.get(field) if before else None)
		if before and (before.kind, before.person_name) != (self.kind, self.person_name):
			refuse_input(_("Person"), _("It cannot be changed. Refuse this request and enter another."))

	def _check_person(self) -> None:
		if self.person_doctype != PATIENT and not frappe.get_meta(self.person_doctype).has_field("patient"):
			refuse_input(_("Kind of person"), _("Choose a patient, a contact or a lead."))
		if not self.is_new() and self.person_title:
			return
		field = frappe.get_meta(self.person_doctype).title_field or "name"
		self.person_title = frappe.db.get_value(self.person_doctype, self.person_name, field)
		if not self.person_title:
			refuse_input(_("Person"), _("There is no such person."))

	def _set_due(self) -> None:
		self.received_on = getdate(self.received_on)
		if self.received_on > getdate():
			refuse_input(_("Received on"), _("It must not be in the future."))
		days = settings.get("data_request_days") or states.DAYS
		self.due_on = getdate(self.due_on) if self.due_on else getdate(add_days(self.received_on, days))
		if self.due_on < self.received_on:
			refuse_input(_("Answer by"), _("It must not be before the day the request was received."))

	def _verify(self) -> None:
		if not self.verified_how:
			refuse_input(_("Identity shown by"), _("Say how the person was recognised."))
		self.verified_by, self.verified_at = frappe.session.user, now_datetime()


def on_doctype_update() -> None:
	"""Open requests by their last day."""
	frappe.db.add_index("Clinic Data Request", ["status", "due_on"], "clinic_request_due")
