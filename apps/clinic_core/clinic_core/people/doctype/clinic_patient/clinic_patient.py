import frappe
from frappe import _
from frappe.model.document import Document

from clinic_core.foundation import counters, live, settings
from clinic_core.foundation.digits import to_latin
from clinic_core.foundation.document import ClinicDocument, write_late
from clinic_core.foundation.errors import AppendOnlyError, refuse_input
from clinic_core.foundation.state import guard_status
from clinic_core.people import coverages, names, search_keys, states
from clinic_core.people.consent import blocking
from clinic_core.people.identity import entry
from clinic_core.people.merging import guard, whole
from clinic_core.people.patient_file import (
	birth_dates,
	placeholder_names,
	renaming,
	required,
	source_changes,
	tables,
)
from clinic_core.people.tags import hand

COUNTER = "file_no"
COMPANY = "Company"
SURNAME_FIRST = "Surname first"


class ClinicPatient(ClinicDocument):
	"""A person with a file (B16–B18, E161, E171). Phones may be shared, identity numbers may not."""

	# Ten tables would be read to ask for a right that each list gives without them (`wire.require_permission`).
	rights_hang_on_no_rows = True

	def before_validate(self) -> None:
		super().before_validate()
		self.birth_date = birth_dates.read(self.birth_date)

	def validate(self) -> None:
		guard.refuse_writing(self)
		before = self.get_doc_before_save()
		guard_status(self, states.PATIENT)
		blocking.check(self)
		self._set_names()
		tables.read_phones(self, before)
		tables.read_addresses(self, before)
		tables.read_hearings(self)
		tables.read_answers(self)
		entry.read(self)
		self._validate_file_no()
		self._validate_referral(before)
		required.check(self, before)
		source_changes.check(self, before)
		coverages.check(self)
		hand.settle(self)
		self._validate_merge()

	def after_insert(self) -> None:
		"""The file number is taken last: its counter is a lock for everybody who registers."""
		if not self.file_no:
			write_late(self, file_no=self._next_file_no())

	def on_update(self) -> None:
		identity = entry.keep(self)
		search_keys.refresh(
			self.doctype,
			self.name,
			names={self.full_name, names.full_name(self.first_name, self.last_name)},
			phones=[row.phone for row in self.phones],
			codes=[identity.number] if identity else [],
			files=[self.file_no] if self.file_no else [],
		)
		source_changes.record(self)
		renaming.follow(self, self.get_doc_before_save())
		live.changed(self.doctype, self.name)

	def on_trash(self) -> None:
		frappe.throw(
			_("Patients are never deleted. Block the file, or merge it into the right one."), AppendOnlyError
		)

	def _set_names(self) -> None:
		self.first_name, self.last_name = names.clean(self.first_name), names.clean(self.last_name)
		if self.person_kind == COMPANY:
			self.last_name, self.contact_person = "", names.clean(self.contact_person)
		else:
			self.contact_person = None
		if not self.first_name:
			refuse_input(_("First name"), _("It must not be empty."))
		order = self.name_order or settings.get("name_order")
		self.full_name = names.full_name(self.first_name, self.last_name, order == SURNAME_FIRST)
		self.name_is_placeholder = int(placeholder_names.is_placeholder(self.full_name))

	def _validate_file_no(self) -> None:
		"""Numbers of an old paper archive are accepted as they are, in Latin digits."""
		self.file_no = to_latin(self.file_no or "").strip() or None
		if self.file_no:
			self._refuse_second("file_no", _("File number"))

	def _refuse_second(self, field: str, label: str) -> None:
		if self.flags.checked_in_bulk:
			return  # an import asks for all its rows at once
		filters = {field: self.get(field), "name": ("!=", self.name or "")}
		other = frappe.db.get_value(self.doctype, filters, ["full_name", "file_no"], as_dict=True)
		if other:
			refuse_input(
				label, _("{0} (file {1}) already has it.").format(other.full_name, other.file_no or "–")
			)

	def _validate_referral(self, before: Document | None) -> None:
		if self.referred_by and self.referred_by == self.name:
			refuse_input(_("Referred by patient"), _("Nobody refers himself. Choose the other patient."))
		source = self.referral_source
		if not source or (before and before.referral_source == source) or self.flags.checked_in_bulk:
			return
		if not frappe.db.exists("Clinic Referral Source", {"name": source, "is_active": 1, "is_group": 0}):
			refuse_input(_("Referral source"), _("This referral source is not in use. Choose another one."))

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
	frappe.db.add_index("Clinic Patient", ["merged_into"], whole.BY_KEPT)
