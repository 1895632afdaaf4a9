import frappe
from frappe import _

from clinic_core.foundation.document import ClinicDocument
from clinic_core.foundation.errors import refuse_input

LONGEST_IDLE = 240
OWNED = ("registered_at", "registered_by", "last_switch_at")


class ClinicSharedDesk(ClinicDocument):
	"""A computer several people share: who they are, and after how many minutes it covers itself (G10)."""

	def validate(self) -> None:
		before = self.get_doc_before_save()
		for field in OWNED:
			self.set(field, before.get(field) if before else None)
		if not 0 <= (self.idle_minutes or 0) <= LONGEST_IDLE:
			refuse_input(
				_("Cover the screen after (minutes)"),
				_("It must be between {0} and {1}.").format(0, LONGEST_IDLE),
			)
		people = [row.staff_member for row in self.people]
		if len(people) != len(set(people)):
			refuse_input(_("People"), _("One of them is listed twice."))

	def on_trash(self) -> None:
		frappe.throw(_("A shared desk is not deleted: make it inactive."), frappe.PermissionError)
