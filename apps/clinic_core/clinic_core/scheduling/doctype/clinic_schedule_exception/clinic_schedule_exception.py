import datetime

import frappe
from frappe import _
from frappe.utils import get_datetime, getdate

from clinic_core.foundation.document import ClinicDocument
from clinic_core.foundation.errors import refuse_input
from clinic_core.scheduling import booking_rules, roster
from clinic_core.scheduling.cells import minute_of
from clinic_core.scheduling.exceptions import CLOSURE, EXTRA_SHIFT
from clinic_core.scheduling.waiting import freed

LONGEST_SHIFT_HOURS = 24


class ClinicScheduleException(ClinicDocument):
	"""A leave or an extra shift of a practitioner, or a closure of the centre or of a branch (C086, G08).

	The appointments that lie in a leave or a closure stay until somebody moves them:
	`scheduling/affected.py` lists them.
	"""

	def validate(self) -> None:
		self._check_times()
		if self.kind == CLOSURE:
			self.practitioner = None
		elif not self.practitioner:
			refuse_input(_("Practitioner"), _("Please choose one."))
		if self.kind == EXTRA_SHIFT:
			self._check_extra_shift()
		else:
			self.shift_kind, self.gender, self.resource = None, None, None
		self._set_title()

	def on_update(self) -> None:
		if self.kind == EXTRA_SHIFT:
			freed.after_extra_shift(self)
		freed.after_leave(self.get_doc_before_save())

	def after_delete(self) -> None:
		freed.after_leave(self)

	def _check_times(self) -> None:
		start, end = get_datetime(self.start), get_datetime(self.end)
		if end <= start:
			refuse_input(_("Until"), _("It must come after the start."))

	def _check_extra_shift(self) -> None:
		start, end = get_datetime(self.start), get_datetime(self.end)
		if not self.branch:
			refuse_input(_("Branch"), _("Please choose one."))
		if end - start > datetime.timedelta(hours=LONGEST_SHIFT_HOURS):
			refuse_input(_("Until"), _("A shift lasts at most {0} hours.").format(LONGEST_SHIFT_HOURS))
		if self.resource and frappe.db.get_value("Clinic Resource", self.resource, "branch") != self.branch:
			refuse_input(_("Room"), _("{0} is not in this branch.").format(self.resource))
		if self.is_active:
			self._refuse_two_places(minute_of(start), minute_of(end))

	def _refuse_two_places(self, start: int, end: int) -> None:
		"""Nobody works twice at once: neither in the weekly hours nor in another extra shift."""
		for shift in roster.shifts(
			[self.practitioner], getdate(self.start), getdate(self.end), besides=self.name
		):
			if shift.start < end and start < shift.end:
				refuse_input(
					_("From"),
					_("At that time there is a shift already: {0}.").format(booking_rules.hours(shift)),
				)

	def _set_title(self) -> None:
		"""Whom or what it is about; kind and days stand beside it, in the reader's words and calendar."""
		if self.kind == CLOSURE:
			place = frappe.db.get_value("Clinic Branch", self.branch, "title") if self.branch else None
			self.title = place or _("every branch")
		else:
			self.title = frappe.db.get_value("Clinic Practitioner", self.practitioner, "practitioner_name")


def on_doctype_update() -> None:
	"""Every search for free times asks what lies in its days."""
	frappe.db.add_index("Clinic Schedule Exception", ["end", "start"], "clinic_exception_time")
