import frappe
from clinic_core.foundation import live
from clinic_core.foundation.document import ClinicDocument
from clinic_core.people import names, phones, search_keys
from frappe import _

from clinic_crm.pipeline import contacts, finding


class ClinicContact(ClinicDocument):
	"""A person who is not a patient yet; perhaps only a handle of a social network."""

	def validate(self) -> None:
		contacts.check_identity(self)
		for field in ("first_name", "last_name", "company_name", "social_handle"):
			self.set(field, names.clean(self.get(field)) or None)
		if self.mobile:
			self.mobile = phones.normalise(self.mobile, _("Mobile"))
		if self.phone:
			self.phone = phones.normalise(self.phone, _("Telephone"))
		self.full_name = (
			names.full_name(self.first_name, self.last_name)
			or self.company_name
			or self.social_handle
			or self.mobile
			or self.phone
			or self.email
		)

	def on_update(self) -> None:
		search_keys.refresh(self.doctype, self.name, *finding.source_of(self))
		before = self.get_doc_before_save()
		if before and (before.full_name, before.mobile) != (self.full_name, self.mobile):
			self._tell_leads()
		live.changed(self.doctype, self.name)

	def on_trash(self) -> None:
		frappe.throw(_("A contact is never deleted."))

	def _tell_leads(self) -> None:
		"""Leads show the person's name and number: keep them the same."""
		table = frappe.qb.DocType("Clinic Lead")
		(
			frappe.qb.update(table)
			.set(table.person_name, self.full_name)
			.set(table.mobile, self.mobile)
			.where((table.contact == self.name) & (table.person_type == "Contact"))
		).run()


def on_doctype_update() -> None:
	"""Who is behind a number is asked at every submission."""
	frappe.db.add_index("Clinic Contact", ["mobile", "creation"], "clinic_mobile_creation")
