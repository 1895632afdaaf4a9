import frappe
from frappe import _

from clinic_core.foundation.document import ClinicDocument
from clinic_core.foundation.errors import refuse_input


class ClinicHoliday(ClinicDocument):
	"""A day on which the clinic, or one branch, is closed; an extra shift may open it for somebody."""

	def validate(self) -> None:
		filters = {"date": self.date, "title": self.title, "name": ("!=", self.name or "")}
		if self.branch:
			filters["branch"] = self.branch
		if frappe.db.exists(self.doctype, filters):
			refuse_input(_("Date"), _("{0} is already in the list on this day.").format(self.title))


def on_doctype_update() -> None:
	"""Every search for free times asks which days are closed."""
	frappe.db.add_index("Clinic Holiday", ["is_closed", "date"], "is_closed_date")
