import frappe
from frappe import _
from frappe.utils import getdate

from clinic_core.foundation.document import ClinicDocument
from clinic_core.foundation.errors import refuse_input
from clinic_core.people import own_patients, phones
from clinic_core.people.names import clean
from clinic_core.people.staff import access

# Written by the module that owns them: leaving, PINs, the login itself.
OWNED = (
	"user",
	"status",
	"left_on",
	"leaving_reason",
	"kept_schedules",
	"has_pin",
	"pin_locked",
	"pin_failures",
)


class ClinicStaffMember(ClinicDocument):
	"""Somebody who works here: who he is, what he may do and what he sees, in one form (2.1 "Staff", E150).

	Saving it makes or changes the login in the same transaction (`people/staff/access.py`).
	"""

	def validate(self) -> None:
		self._keep_what_is_ours()
		self.first_name, self.last_name = clean(self.first_name), clean(self.last_name or "")
		self.full_name = " ".join(filter(None, [self.first_name, self.last_name]))
		self.mobile = phones.normalise(self.mobile, _("Mobile"))
		self._check_number()
		self._check_email()
		self._check_practitioner()
		for field, link in (("branches", "branch"), ("departments", "department")):
			self._refuse_twice(field, link)
		if self.hired_on and self.left_on and getdate(self.left_on) < getdate(self.hired_on):
			refuse_input(_("Left on"), _("It must not be before the first day of work."))
		if self.flags.check_access is not False:
			access.check(self)

	def on_update(self) -> None:
		own_patients.forget()
		if self.flags.check_access is not False:
			access.apply(self)
		if self.practitioner and self.user:
			self._give_practitioner_the_login()

	def on_trash(self) -> None:
		frappe.throw(_("Staff members are not deleted: use “Leave of the centre”."), frappe.PermissionError)

	def _keep_what_is_ours(self) -> None:
		before = self.get_doc_before_save()
		if self.flags.written_by_us:
			return
		for field in OWNED:
			self.set(field, before.get(field) if before else None)
		if not before:
			self.status = "Active"

	def _check_number(self) -> None:
		"""One mobile number is one staff member."""
		other = frappe.db.get_value(
			self.doctype, {"mobile": self.mobile, "name": ("!=", self.name or "")}, "full_name"
		)
		if other:
			refuse_input(
				_("Mobile"), _("{0} already has this number.").format(frappe.utils.escape_html(other))
			)

	def _check_email(self) -> None:
		self.email = (self.email or "").strip().lower() or None
		if self.email and not self.user:
			other = frappe.db.get_value(
				self.doctype, {"user": self.email, "name": ("!=", self.name or "")}, "full_name"
			)
			if other:
				refuse_input(
					_("E-mail"), _("{0} already signs in with it.").format(frappe.utils.escape_html(other))
				)

	def _check_practitioner(self) -> None:
		"""A practitioner is one person, and one person one practitioner."""
		self.practitioner = self.practitioner or None
		if not self.practitioner:
			return
		other = frappe.db.get_value(
			self.doctype, {"practitioner": self.practitioner, "name": ("!=", self.name or "")}, "full_name"
		)
		if other:
			refuse_input(
				_("Practitioner"), _("{0} is this practitioner.").format(frappe.utils.escape_html(other))
			)

	def _refuse_twice(self, field: str, link: str) -> None:
		values = [row.get(link) for row in self.get(field)]
		if len(values) != len(set(values)):
			refuse_input(_(self.meta.get_label(field)), _("One of them is listed twice."))

	def _give_practitioner_the_login(self) -> None:
		if frappe.db.get_value("Clinic Practitioner", self.practitioner, "user") == self.user:
			return
		practitioner = frappe.get_doc("Clinic Practitioner", self.practitioner)
		practitioner.user = self.user
		practitioner.save(ignore_permissions=True)


def on_doctype_update() -> None:
	"""The list of who works here, and whose limits a login has."""
	frappe.db.add_index("Clinic Staff Member", ["status", "full_name"], "status_full_name")
