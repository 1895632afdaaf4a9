from typing import Any

import frappe
from frappe import _
from frappe.utils import getdate

from clinic_core.foundation import counters
from clinic_core.foundation.document import ClinicDocument, write_late
from clinic_core.foundation.errors import AppendOnlyError, refuse_input
from clinic_core.foundation.state import guard_status
from clinic_core.people import names, phones
from clinic_core.service_catalog.proforma import proforma_states as states
from clinic_core.service_catalog.proforma import proformas

COUNTER = "proforma_no"

# What may still change once the prices are promised: the state, and what belongs to it.
_MOVING = frozenset(
	{"status", "cancel_reason", "used_on", "used_by_doctype", "used_by", "title", "proforma_no"}
)


class ClinicProforma(ClinicDocument):
	"""Prices promised to a patient, or to somebody without a file, for some days (پیش‌فاکتور)."""

	def validate(self) -> None:
		old, new = guard_status(self, states.TRANSITIONS)
		if old in (None, states.DRAFT):
			self._check_person()
			self._clear_unused()
			proformas.price(self)
			if new == states.ISSUED:
				self.issued_on = getdate()
				self.valid_until = proformas.last_day(self.issued_on)
		else:
			self._refuse_changes()
		self._require_reason(old, new)
		self.title = self._title()

	def on_update(self) -> None:
		"""The number is taken last: its counter is a lock for everybody who issues."""
		if self.status == states.ISSUED and not self.proforma_no:
			self.proforma_no = counters.next_number(COUNTER, self.branch)
			write_late(self, proforma_no=self.proforma_no)

	def on_trash(self) -> None:
		if self.status != states.DRAFT:
			frappe.throw(
				_("{0} is never deleted. Cancel it instead.").format(_(self.doctype)), AppendOnlyError
			)

	def _check_person(self) -> None:
		"""A patient, or the name (and mobile) of somebody without a file."""
		if self.patient:
			self.person_name = self.person_mobile = None
			return
		self.person_name = names.clean(self.person_name)
		if not self.person_name:
			refuse_input(_("Patient"), _("Choose a patient, or enter the name of a person without a file."))
		if self.person_mobile:
			self.person_mobile = phones.normalise(self.person_mobile, _("Mobile"))

	def _clear_unused(self) -> None:
		"""What only moves set may not be typed."""
		for field in ("issued_on", "valid_until", "used_on", "used_by_doctype", "used_by", "proforma_no"):
			self.set(field, None)

	def _refuse_changes(self) -> None:
		before = self.get_doc_before_save()
		for df in self.meta.fields:
			if df.fieldname in _MOVING or not _has_value(df):
				continue
			if self._value(df) != before._value(df):
				refuse_input(
					_(df.label), _("An issued proforma does not change. Cancel it and issue a new one.")
				)

	def _value(self, df: Any) -> Any:
		if df.fieldtype not in frappe.model.table_fields:
			return _text(self, df)
		return [
			[
				_text(row, field)
				for field in row.meta.fields
				if field.fieldtype not in frappe.model.no_value_fields
			]
			for row in self.get(df.fieldname)
		]

	def _require_reason(self, old: str | None, new: str) -> None:
		if new != states.CANCELLED:
			self.cancel_reason = None
		elif old == states.ISSUED and not (self.cancel_reason or "").strip():
			refuse_input(_("Reason for cancelling"), _("This is missing."))

	def _title(self) -> str:
		return self.person_name or frappe.db.get_value("Clinic Patient", self.patient, "full_name") or ""


def _has_value(df: Any) -> bool:
	return df.fieldtype in frappe.model.table_fields or df.fieldtype not in frappe.model.no_value_fields


def _text(row: Any, df: Any) -> str:
	"""A value as it can be compared: numbers by what they are worth, nothing as nothing."""
	value = row.get(df.fieldname)
	if df.fieldtype in ("Currency", "Float", "Percent", "Int"):
		return f"{float(value or 0):.9f}"
	return str(value or "")


def on_doctype_update() -> None:
	"""Lists of what is open, the latest first; what a patient was promised."""
	frappe.db.add_index("Clinic Proforma", ["status", "valid_until"], "clinic_proforma_open")
	frappe.db.add_index("Clinic Proforma", ["patient", "status"], "clinic_proforma_patient")
