import frappe
from frappe import _
from frappe.utils import cint

from clinic_core.foundation import live
from clinic_core.foundation.document import ClinicDocument
from clinic_core.foundation.errors import refuse_input
from clinic_core.foundation.state import guard_status
from clinic_core.scheduling import session_plans, states

FIXED = (
	"patient",
	"service",
	"area",
	"area_title",
	"first_date",
	"session_count",
	"interval_days",
	"entitlement",
	"origin_doctype",
	"origin_name",
)


class ClinicSessionPlan(ClinicDocument):
	"""The calendar over one entitlement; it makes its sessions itself, whatever door is used."""

	def validate(self) -> None:
		self._old_status, _new = guard_status(self, states.PLAN)
		if not 1 <= cint(self.session_count) <= session_plans.MAX_SESSIONS:
			refuse_input(
				_("Number of sessions"), _("Please give 1 to {0}.").format(session_plans.MAX_SESSIONS)
			)
		if cint(self.interval_days) < 1:
			refuse_input(_("Interval"), _("Please give at least 1 day."))
		if before := self.get_doc_before_save():
			for field in FIXED:
				self.set(field, before.get(field))
		self.title = session_plans.title_of(self, f"× {cint(self.session_count)}")

	def after_insert(self) -> None:
		session_plans.make_sessions(self)

	def on_update(self) -> None:
		if self.status == states.CANCELLED and self._old_status not in (None, states.CANCELLED):
			session_plans.cancel_open_sessions(self.name, self.flags.cancel_reason)
		live.changed(self.doctype, self.name)


def on_doctype_update() -> None:
	"""Whose courses of a service are over, patient by patient (recalls)."""
	frappe.db.add_index("Clinic Session Plan", ["service", "status", "patient"], "service_status_patient")
