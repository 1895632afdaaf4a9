import frappe
from frappe import _
from frappe.utils import escape_html

from clinic_core.foundation import live
from clinic_core.foundation.coded_master import CodedMaster
from clinic_core.foundation.errors import refuse_input


class ClinicTag(CodedMaster):
	"""A mark on patients, given by hand or by rules as well (D46)."""

	code_prefix = "TAG"

	def validate(self) -> None:
		self.title = " ".join((self.title or "").split())
		if not self.title:
			refuse_input(_("Title"), _("It must not be empty."))
		other = frappe.db.get_value(self.doctype, {"title": self.title, "name": ("!=", self.name)}, "name")
		if other:
			refuse_input(_("Title"), _("There is a tag “{0}” already.").format(escape_html(self.title)))
		if self.kind == "Manual" and frappe.db.exists("Clinic Tag Rule", {"tag": self.name}):
			refuse_input(_("Kind"), _("A rule gives this tag: it stays a smart one."))

	def on_update(self) -> None:
		live.changed(self.doctype, self.name)
