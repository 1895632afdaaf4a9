import datetime

import frappe
from frappe import _
from frappe.utils import getdate

from clinic_core.foundation import counters, live, settings
from clinic_core.foundation.document import ClinicDocument, write_late
from clinic_core.foundation.errors import AppendOnlyError, refuse_input
from clinic_core.foundation.state import guard_status
from clinic_core.people import coverages, names, national_code, phone_rows, phones, search_keys, states
from clinic_core.people.consent import blocking

OLDEST_BIRTH_YEAR = 1880
COUNTER = "file_no"


class ClinicPatient(ClinicDocument):
	"""A person with a file (B16–B18, E161). Phones may be shared, the national code may not."""

	def validate(self) -> None:
		guard_status(self, states.PATIENT)
		blocking.check(self)
		self._set_names()
		self._read_phones()
		self._validate_national_code()
		self._validate_file_no()
		self._validate_birth_date()
		self._require_referral_source()
		coverages.check(self)
		self._validate_merge()

	def after_insert(self) -> None:
		"""The file number is taken last: its counter is a lock for everybody who registers."""
		if not self.file_no:
			write_late(self, file_no=self._next_file_no())

	def on_update(self) -> None:
		search_keys.refresh(
			self.doctype,
			self.name,
			names=[self.full_name],
			phones=[row.phone for row in self.phones],
			codes=[self.national_code] if self.national_code else [],
			files=[self.file_no] if self.file_no else [],
		)
		live.changed(self.doctype, self.name)

	def on_trash(self) -> None:
		frappe.throw(
			_("Patients are never deleted. Block the file, or merge it into the right one."), AppendOnlyError
		)

	def _set_names(self) -> None:
		self.first_name, self.last_name = names.clean(self.first_name), names.clean(self.last_name)
		if not self.first_name:
			refuse_input(_("First name"), _("It must not be empty."))
		self.full_name = names.full_name(self.first_name, self.last_name)

	def _read_phones(self) -> None:
		"""Numbers in E.164, none twice, one of them main; `mobile` is the main one."""
		before = self.get_doc_before_save()
		old = before.mobile if before else None
		mobile = phones.normalise(self.mobile, _("Mobile")) if self.mobile else None
		for row in self.phones:
			row.phone = phones.normalise(row.phone or "", _("Phone"))
			row.kind = row.kind or "Mobile"
		given = [phone_rows.Row(row.phone, bool(row.is_main)) for row in self.phones]
		result = phone_rows.settle(given, mobile, old, mobile_was_typed=mobile != old)
		by_number = {row.phone: row for row in reversed(self.phones)}
		self.set("phones", [])
		for phone, is_main in result:
			row = self.append("phones", by_number.get(phone) or {"phone": phone, "kind": "Mobile"})
			row.is_main = int(is_main)
		self.mobile = next((row.phone for row in self.phones if row.is_main), None)

	def _validate_national_code(self) -> None:
		self.national_code = national_code.normalise(self.national_code) or None
		if not self.national_code:
			return
		if phones.region() == "IR" and not national_code.is_valid(self.national_code):
			refuse_input(
				_("National code"),
				_("It must be ten digits with the right check digit. Leave it empty if unknown."),
			)
		self._refuse_second("national_code", _("National code"))

	def _validate_file_no(self) -> None:
		"""Numbers of an old paper archive are accepted as they are, in Latin digits."""
		self.file_no = national_code.to_latin(self.file_no or "").strip() or None
		if self.file_no:
			self._refuse_second("file_no", _("File number"))

	def _refuse_second(self, field: str, label: str) -> None:
		filters = {field: self.get(field), "name": ("!=", self.name or "")}
		other = frappe.db.get_value(self.doctype, filters, ["full_name", "file_no"], as_dict=True)
		if other:
			refuse_input(
				label, _("{0} (file {1}) already has it.").format(other.full_name, other.file_no or "–")
			)

	def _validate_birth_date(self) -> None:
		if not self.birth_date:
			return
		born: datetime.date = getdate(self.birth_date)
		if born > getdate():
			refuse_input(_("Birth date"), _("It must not be in the future."))
		if born.year < OLDEST_BIRTH_YEAR:
			refuse_input(_("Birth date"), _("The year {0} is too early.").format(born.year))

	def _require_referral_source(self) -> None:
		"""Required at registration when the clinic says so (D24); old files may lack it."""
		before = self.get_doc_before_save()
		if self.referral_source or (before and not before.referral_source):
			return
		if settings.get("require_referral_source"):
			refuse_input(_("Referral source"), _("Choose how the patient came to know the clinic."))

	def _validate_merge(self) -> None:
		if self.status != states.MERGED:
			self.merged_into = None
		elif not self.merged_into or self.merged_into == self.name:
			refuse_input(_("Merged into"), _("Name the file that is kept."))

	def _next_file_no(self) -> str:
		while True:
			number = counters.next_number(COUNTER)
			if not frappe.db.exists(self.doctype, {"file_no": number}):
				return number


def on_doctype_update() -> None:
	"""Lists of a branch's patients by name; what was merged into a file."""
	frappe.db.add_index("Clinic Patient", ["status", "full_name"], "clinic_patient_status_name")
	frappe.db.add_index("Clinic Patient", ["merged_into"], "clinic_patient_merged_into")
