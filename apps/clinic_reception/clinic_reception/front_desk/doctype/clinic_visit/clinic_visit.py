import frappe
from clinic_core.foundation.document import ClinicDocument
from clinic_core.foundation.errors import AppendOnlyError, refuse_input
from clinic_core.foundation.state import guard_status
from frappe import _

from clinic_reception.front_desk import visits
from clinic_reception.front_desk.states import VISIT

_FIXED = ("patient", "appointment", "branch")


class ClinicVisit(ClinicDocument):
	"""One stay of a patient. Receptions, triages and the appointment follow its status."""

	def before_insert(self) -> None:
		visits.check_new(self)

	def validate(self) -> None:
		self.flags.moved = guard_status(self, VISIT)
		old, new = self.flags.moved
		if old is None:
			return
		before = self.get_doc_before_save()
		for field in _FIXED:
			if (self.get(field) or None) != (before.get(field) or None):
				refuse_input(
					_(self.meta.get_label(field)), _("It cannot be changed. Undo the visit instead.")
				)
		if old != new:
			visits.check_move(self, old, new)

	def after_insert(self) -> None:
		visits.after_insert(self)

	def on_update(self) -> None:
		old, new = self.flags.moved
		if old is not None and old != new:
			visits.after_move(self, old, new)

	def on_trash(self) -> None:
		frappe.throw(_("{0} is never deleted. Undo it instead.").format(_(self.doctype)), AppendOnlyError)


def on_doctype_update() -> None:
	"""The board of a day and branch; whether a patient was here before."""
	frappe.db.add_index("Clinic Visit", ["arrived_at", "branch", "status"], "day_board")
	frappe.db.add_index("Clinic Visit", ["patient", "arrived_at", "status"], "patient_arrived")
