import frappe
from clinic_core.foundation import live
from clinic_core.foundation.document import ClinicDocument
from clinic_core.foundation.errors import refuse_input
from clinic_core.people import phones
from frappe import _
from frappe.utils import get_datetime, now_datetime, time_diff_in_seconds

from clinic_crm.pipeline import teams


class ClinicCall(ClinicDocument):
	"""One telephone call, made or received (C009)."""

	def before_insert(self) -> None:
		self.agent = self.agent or frappe.session.user
		self.started_at = self.started_at or now_datetime()
		self.team = self.team or teams.first_team_of(self.agent)

	def validate(self) -> None:
		if self.channel != "Phone":
			refuse_input(_("Channel"), _("Only a telephone call is a call. Record the rest as an activity."))
		if self.phone and self.has_value_changed("phone"):
			self.phone = phones.normalise(self.phone, _("Phone"))
		self._fill_person()
		if self.ended_at and self.started_at:
			seconds = int(time_diff_in_seconds(get_datetime(self.ended_at), get_datetime(self.started_at)))
			if seconds < 0:
				refuse_input(_("Ended at"), _("The call ended before it began."))
			self.duration_seconds = seconds

	def on_update(self) -> None:
		live.changed(self.doctype, self.name)

	def on_trash(self) -> None:
		frappe.throw(_("A call is never deleted."))

	def _fill_person(self) -> None:
		if self.lead and not self.contact and not self.patient:
			row = frappe.db.get_value("Clinic Lead", self.lead, ["contact", "patient"], as_dict=True)
			self.update(row or {})
		if self.person_name:
			return
		for doctype, name in (("Clinic Patient", self.patient), ("Clinic Contact", self.contact)):
			if name and not self.person_name:
				self.person_name = frappe.db.get_value(doctype, name, "full_name")


def on_doctype_update() -> None:
	"""Calls of a day."""
	frappe.db.add_index("Clinic Call", ["channel", "started_at"], "clinic_channel_started")
