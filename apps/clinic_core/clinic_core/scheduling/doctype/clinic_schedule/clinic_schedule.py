import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, get_time, getdate

from clinic_core.foundation.document import ClinicDocument
from clinic_core.foundation.errors import refuse_input
from clinic_core.foundation.shown_days import shown_clock, shown_day
from clinic_core.scheduling import working_time
from clinic_core.scheduling.slots import QUEUE

TABLE = "Clinic Schedule Shift"
MOST_NUMBERS = 500


class ClinicSchedule(ClinicDocument):
	"""Working hours of a practitioner from a day on: several shifts a day, in several branches.

	Schedules add up; so that nobody works in two places at once, shifts never lie over each other,
	neither here nor with another schedule valid at the same time.
	"""

	def validate(self) -> None:
		if self.valid_to and getdate(self.valid_to) < getdate(self.valid_from):
			refuse_input(_("Valid to"), _("It lies before the first day."))
		for row in self.shifts:
			self._check_shift(row)
		mine = [_span(row) for row in self.shifts]
		for number, span in enumerate(mine):
			self._refuse_overlap(span, mine[number + 1 :], None)
		if self.is_active:
			self._compare_with_others(mine)
		name = frappe.db.get_value("Clinic Practitioner", self.practitioner, "practitioner_name")
		self.title = _("{0} from {1}").format(name, shown_day(self.valid_from))

	def _check_shift(self, row: Document) -> None:
		label = _("Shifts, row {0}").format(row.idx)
		if row.start in (None, "") or row.end in (None, ""):
			refuse_input(label, _("Please fill in when it begins and when it ends."))
		if get_time(row.end) == get_time(row.start):
			refuse_input(
				label, _("The shift ends when it begins. An earlier end is one of the next morning.")
			)
		if row.kind != QUEUE:
			row.capacity = 0
		elif not 0 <= cint(row.capacity) <= MOST_NUMBERS:
			refuse_input(label, _("It must be between {0} and {1}.").format(0, MOST_NUMBERS))
		if row.resource:
			branch = frappe.db.get_value("Clinic Resource", row.resource, "branch")
			if branch != row.branch:
				refuse_input(label, _("{0} is not in this branch.").format(row.resource))

	def _compare_with_others(self, mine: list[tuple]) -> None:
		schedule, shift = frappe.qb.DocType("Clinic Schedule"), frappe.qb.DocType(TABLE)
		query = (
			frappe.qb.from_(schedule)
			.join(shift)
			.on((shift.parent == schedule.name) & (shift.parenttype == "Clinic Schedule"))
			.select(shift.weekday, shift.start, shift.end, schedule.title)
			.where((schedule.practitioner == self.practitioner) & (schedule.is_active == 1))
			.where(schedule.name != (self.name or ""))
			.where(schedule.valid_to.isnull() | (schedule.valid_to >= self.valid_from))
		)
		if self.valid_to:
			query = query.where(schedule.valid_from <= self.valid_to)
		for row in query.run(as_dict=True):
			self._refuse_overlap(_span(row), mine, row.title)

	def _refuse_overlap(self, shift: tuple, others: list[tuple], schedule: str | None) -> None:
		for other in others:
			if not working_time.meet_in_week(working_time.week_span(*shift), working_time.week_span(*other)):
				continue
			where = f" ({schedule})" if schedule else ""
			problem = _("On {0} two shifts lie over each other: {1}–{2} and {3}–{4}.").format(
				_(shift[0]), *(shown_clock(t) for t in (*shift[1:], *other[1:]))
			)
			refuse_input(_("Shifts"), problem + where)


def _span(row: Document | frappe._dict) -> tuple:
	return row.weekday, get_time(row.start), get_time(row.end)


def on_doctype_update() -> None:
	"""Every search for free times reads the schedules of practitioners."""
	frappe.db.add_index("Clinic Schedule", ["practitioner", "valid_from"], "practitioner_valid_from")
