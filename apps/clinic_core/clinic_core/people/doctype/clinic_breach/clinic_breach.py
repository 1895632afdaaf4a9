import frappe
from frappe import _
from frappe.utils import get_datetime, getdate, now_datetime

from clinic_core.foundation.document import ClinicDocument
from clinic_core.foundation.errors import AppendOnlyError, refuse_input

OPEN, NOTIFIED, CLOSED = "Open", "Notified", "Closed"


class ClinicBreach(ClinicDocument):
	"""Data that was lost, disclosed or changed; whom it concerns and when they were told (E007)."""

	def validate(self) -> None:
		self._validate_times()
		named = {row.patient for row in self.affected}
		if len(named) < len(self.affected):
			refuse_input(_("Affected"), _("A patient is named twice."))
		self.affected_count = len(named)
		self.to_notify_count = sum(not row.notified_on for row in self.affected)
		if self.status == NOTIFIED and self.to_notify_count:
			refuse_input(
				_("Status"),
				_("{0} people are still to be notified. Write down when each was.").format(
					self.to_notify_count
				),
			)
		if self.status == CLOSED and not (self.measures or "").strip():
			refuse_input(_("Measures taken"), _("Write what was done before you close it."))

	def _validate_times(self) -> None:
		discovered = get_datetime(self.discovered_at)
		if discovered > now_datetime():
			refuse_input(_("Discovered at"), _("It must not be in the future."))
		if self.happened_at and get_datetime(self.happened_at) > discovered:
			refuse_input(_("Happened at"), _("It must not be after it was discovered."))
		if self.seen_from and self.seen_to and get_datetime(self.seen_from) > get_datetime(self.seen_to):
			refuse_input(_("From"), _("It must not be after the end."))
		for row in self.affected:
			if row.notified_on and getdate(row.notified_on) < getdate(discovered):
				refuse_input(_("Notified on"), _("Nobody was notified before it was discovered."))

	def on_trash(self) -> None:
		frappe.throw(_("The register of breaches is never deleted."), AppendOnlyError)


def on_doctype_update() -> None:
	"""Open ones first."""
	frappe.db.add_index("Clinic Breach", ["status", "discovered_at"], "clinic_breach_status")
