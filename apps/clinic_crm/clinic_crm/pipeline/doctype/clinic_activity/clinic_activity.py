import frappe
from clinic_core.foundation import live
from clinic_core.foundation.document import ClinicDocument
from clinic_core.foundation.errors import refuse_input
from clinic_core.foundation.state import guard_status
from frappe import _
from frappe.utils import getdate, nowdate

from clinic_crm.pipeline import activities, person, states, teams, upcoming

OF_THE_LEAD = ("contact", "patient", "person_type", "team")


class ClinicActivity(ClinicDocument):
	"""Something done, or to be done, for a person: planned ones are Not Done (C016, C017, C074–C083)."""

	def before_insert(self) -> None:
		self.date = self.date or nowdate()
		if self.lead and not self.contact and not self.patient:
			lead = frappe.db.get_value("Clinic Lead", self.lead, OF_THE_LEAD, as_dict=True) or {}
			self.update({field: value for field, value in lead.items() if value})
		self.team = self.team or teams.first_team_of(self.assigned_to or frappe.session.user)
		if self.date_type == "Current Date" and self.contact_method and self.feedback:
			# What has a method and an answer today was done: nobody answers a call to come.
			self.status = states.DONE

	def validate(self) -> None:
		guard_status(self, states.ACTIVITY)
		person.fill(self)
		self._check_dates()
		if self.has_value_changed("assigned_to"):
			teams.check_assignee(self.assigned_to)
		activities.stamp_done(self)
		self.flags.upcoming = upcoming.take_from(self)

	def on_update(self) -> None:
		before = self.get_doc_before_save()
		if self.status == states.DONE and (not before or self._was_recorded_now(before)):
			activities.after_recording(self)
		if plan := self.flags.pop("upcoming", None):
			activities.plan_next(self, plan)
		live.changed(self.doctype, self.name)

	def on_trash(self) -> None:
		frappe.throw(_("An activity is never deleted."))

	def _was_recorded_now(self, before: "ClinicActivity") -> bool:
		watched = ("status", "contact_method", "feedback")
		return any(self.get(field) != before.get(field) for field in watched)

	def _check_dates(self) -> None:
		if self.date_type == "Range":
			if not self.end_date:
				refuse_input(_("Until"), _("Choose the last day of the range."))
			if getdate(self.end_date) < getdate(self.date):
				refuse_input(_("Until"), _("The last day is before the first."))
		else:
			self.end_date = None


def on_doctype_update() -> None:
	"""Indexes of the office, the calendar and the idempotent follow-ups."""
	# Its end says whose it is (`permissions.py`): the office counts without reading the rows.
	whose = ["assigned_to", "team", "owner"]
	frappe.db.add_index("Clinic Activity", ["status", "date", "creation", *whose], "clinic_office_day")
	frappe.db.add_index("Clinic Activity", ["lead", "cause"], "clinic_lead_cause")
	frappe.db.add_index("Clinic Activity", ["done_at"], "clinic_done_at")
