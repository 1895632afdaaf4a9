import frappe
from frappe import _

from clinic_core.foundation.coded_master import CodedMaster
from clinic_core.foundation.errors import refuse_input
from clinic_core.service_catalog.definition import search_text


class ClinicDepartment(CodedMaster):
	"""A department services belong to (A09); without a code the next `DEP-` number is given."""

	code_prefix = "DEP"

	def validate(self) -> None:
		self._validate_title()
		self._validate_deactivation()

	def on_update(self) -> None:
		"""Services are also found by their department's title."""
		before = self.get_doc_before_save()
		if before and before.title != self.title:
			search_text.rewrite_department(self.name)

	def _validate_title(self) -> None:
		"""Two departments of one title cannot be told apart in a picker."""
		self.title = (self.title or "").strip()
		if frappe.db.exists(self.doctype, {"title": self.title, "name": ("!=", self.name)}):
			refuse_input(_("Title"), _("There is already a department called “{0}”.").format(self.title))

	def _validate_deactivation(self) -> None:
		"""Services in use need a department in use."""
		if self.is_active or self.is_new():
			return
		count = frappe.db.count("Clinic Service", {"department": self.name, "status": "Active"})
		if count:
			refuse_input(
				_("Is active"),
				_("{0} active services belong to this department. Deactivate or move them first.").format(
					count
				),
			)
