import re

import frappe
from clinic_core.foundation.digits import to_latin
from clinic_core.foundation.document import ClinicDocument
from clinic_core.foundation.errors import refuse_input
from frappe import _

from clinic_crm.pipeline import teams, web_forms
from clinic_crm.pipeline.form_fields import FIELDS

ROUTE = re.compile(r"^[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?$")
RESERVED = frozenset({"new", "list", "edit"})
DEFAULT_FIELDS = (("first_name", 1), ("last_name", 0), ("mobile", 1), ("description", 0))


class ClinicLeadForm(ClinicDocument):
	"""A form whose link anybody may be given; each submission is a new lead (C051–C070)."""

	def validate(self) -> None:
		self._check_route()
		self._check_return_url()
		self._check_fields()
		if self.has_value_changed("assigned_to"):
			teams.check_assignee(self.assigned_to)

	def before_save(self) -> None:
		self.web_form = web_forms.sync(self)

	def on_update(self) -> None:
		frappe.clear_document_cache(self.doctype, self.name)

	def on_trash(self) -> None:
		frappe.throw(_("A form is never deleted. Make it inactive."))

	def _check_route(self) -> None:
		self.route = to_latin(self.route or "").strip().strip("/").lower()
		if not ROUTE.match(self.route) or self.route in RESERVED:
			refuse_input(_("Address"), _("Use small Latin letters, digits and dashes, e.g. spring-offer."))

	def _check_return_url(self) -> None:
		self.return_url = (self.return_url or "").strip() or None
		if self.return_url and not web_forms.is_web_address(self.return_url):
			refuse_input(_("Return address"), _("It must begin with https:// or http://."))

	def _check_fields(self) -> None:
		if not self.form_fields:
			for fieldname, is_required in DEFAULT_FIELDS:
				self.append("form_fields", {"fieldname": fieldname, "is_required": is_required})
		names = [row.fieldname for row in self.form_fields]
		for name in names:
			if name not in FIELDS:
				refuse_input(
					_("Fields"), _("There is no field {0}.").format(frappe.utils.escape_html(name or ""))
				)
			if names.count(name) > 1:
				refuse_input(_("Fields"), _("{0} is there twice.").format(_(FIELDS[name].label)))
		if not {"mobile", "phone", "email"} & set(names):
			refuse_input(_("Fields"), _("Ask for a mobile, a telephone or an email: how else to answer?"))
