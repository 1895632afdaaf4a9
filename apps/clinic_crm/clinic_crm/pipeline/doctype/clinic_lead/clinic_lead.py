import frappe
from clinic_core.foundation import live
from clinic_core.foundation.document import ClinicDocument
from clinic_core.foundation.errors import refuse_input
from clinic_core.foundation.jalali import jalali_month
from clinic_core.foundation.state import as_system, guard_status
from frappe import _
from frappe.utils import getdate, now_datetime

from clinic_crm.pipeline import person, states, status_log, teams, upcoming


class ClinicLead(ClinicDocument):
	"""Somebody who wishes for something: followed until he is received or gives up (C011–C015)."""

	def before_insert(self) -> None:
		self.status = self.status or states.NEW
		self.team = self.team or teams.first_team_of(self.assigned_to or frappe.session.user)
		self.jalali_month = jalali_month(getdate(self.creation))

	def validate(self) -> None:
		self._guard()
		person.fill(self)
		self._once_each("services", "service")
		self._once_each("patients", "patient")
		if self.has_value_changed("assigned_to"):
			teams.check_assignee(self.assigned_to)
		self._keep_reason_and_times()
		self.flags.upcoming = upcoming.take_from(self)

	def on_update(self) -> None:
		before = self.get_doc_before_save()
		old = before.status if before else None
		if old != self.status:
			status_log.record(self, old, self.status)
		if plan := self.flags.pop("upcoming", None):
			upcoming.plan_for_lead(self, plan)
		live.changed(self.doctype, self.name)

	def on_trash(self) -> None:
		frappe.throw(_("A lead is never deleted. Set it to stagnant with a reason."))

	def _guard(self) -> None:
		if self.is_new() and frappe.flags.in_import:
			# History may be brought in as it ended (`design.md` §3); only who may import gets here.
			with as_system():
				guard_status(self, states.LEAD)
		else:
			guard_status(self, states.LEAD)

	def _keep_reason_and_times(self) -> None:
		self.reason = (self.reason or "").strip() or None
		if self.status == states.STAGNANT and not self.reason:
			refuse_input(_("Reason"), _("Say why this lead is stagnant."))
		if self.status != states.STAGNANT:
			self.reason = None
		if self.status == states.CLOSED:
			self.closed_at = self.closed_at or now_datetime()
		else:
			self.closed_at = None

	def _once_each(self, table: str, field: str) -> None:
		seen = set()
		for row in list(self.get(table)):
			if row.get(field) in seen:
				self.remove(row)
			seen.add(row.get(field))


def on_doctype_update() -> None:
	"""Indexes of the office and of the lists."""
	# Its end says whose it is (`permissions.py`): the office counts without reading the rows.
	whose = ["assigned_to", "team", "owner"]
	frappe.db.add_index("Clinic Lead", ["status", "creation", *whose], "clinic_office_waiting")
	frappe.db.add_index("Clinic Lead", ["team", "status"], "clinic_team_status")
	frappe.db.add_index("Clinic Lead", ["creation", "status"], "clinic_creation_status")
	frappe.db.add_index("Clinic Lead", ["closed_at", "status"], "clinic_closed_status")
