import frappe
from frappe import _

from clinic_core.foundation.document import ClinicDocument
from clinic_core.foundation.errors import refuse_input
from clinic_core.foundation.roles import STAFF
from clinic_core.people.masking import matrix, rules


class ClinicMaskingRule(ClinicDocument):
	"""Which roles see one kind of fact about people in full; all others see it hidden (F80, E137, E150)."""

	def validate(self) -> None:
		if self.kind not in matrix.KINDS:
			refuse_input(_("Kind of fact"), _("Choose one of the list."))
		if not self.roles:
			refuse_input(_("Roles that see it in full"), _("Choose at least one role."))
		for row in self.roles:
			if row.role not in STAFF:
				refuse_input(_("Roles that see it in full"), _("Choose roles of the clinic's staff."))

	def on_update(self) -> None:
		rules.forget()
		frappe.cache.delete_value("bootinfo")

	def on_trash(self) -> None:
		if not frappe.flags.in_uninstall:
			frappe.throw(_("The rule stays. Change its roles instead."))
