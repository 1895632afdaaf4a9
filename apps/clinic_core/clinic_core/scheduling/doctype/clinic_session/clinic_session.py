import frappe
from frappe import _

from clinic_core.foundation import live
from clinic_core.foundation.document import ClinicDocument
from clinic_core.foundation.state import guard_status
from clinic_core.scheduling import session_plans, states

FIXED = ("session_plan", "session_no", "patient", "service", "entitlement")


class ClinicSession(ClinicDocument):
	"""One treatment of a plan; its state follows its appointment and its visit."""

	def validate(self) -> None:
		self._old_status, _new = guard_status(self, states.SESSION)
		if before := self.get_doc_before_save():
			for field in FIXED:
				self.set(field, before.get(field))
		self.title = session_plans.title_of(self, _("session {0}").format(self.session_no))

	def on_update(self) -> None:
		if self._old_status not in (None, self.status):
			session_plans.keep_plan(self.session_plan)
		live.changed(self.doctype, self.name)


def on_doctype_update() -> None:
	"""A plan has each number once."""
	frappe.db.add_unique("Clinic Session", ["session_plan", "session_no"], "plan_session_no")
