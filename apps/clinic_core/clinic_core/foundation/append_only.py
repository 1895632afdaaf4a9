"""Records that are written once: ledgers, logs, submissions."""

import frappe
from frappe import _
from frappe.core.doctype.docfield.docfield import DocField
from frappe.model.document import Document

from clinic_core.foundation.document import ClinicDocument
from clinic_core.foundation.errors import AppendOnlyError


class AppendOnly(ClinicDocument):
	"""A document that is inserted and never changed or deleted, not even by Administrator.

	`mutable_fields` may still be filled in by the module that owns the record (a submission
	learns which lead came of it).
	"""

	mutable_fields: frozenset[str] = frozenset()

	def before_validate(self) -> None:
		"""Refuse every change of what was written. Raises AppendOnlyError."""
		super().before_validate()
		before = None if self.is_new() else frappe.get_doc(self.doctype, self.name)
		if before and differences(self, before) - self.mutable_fields:
			frappe.throw(
				_("{0} is never changed. Record a correction instead.").format(_(self.doctype)),
				AppendOnlyError,
			)

	def on_trash(self) -> None:
		"""Refuse to be deleted. Raises AppendOnlyError."""
		frappe.throw(_("{0} is never deleted.").format(_(self.doctype)), AppendOnlyError)


def differences(doc: Document, before: Document) -> set[str]:
	"""The fields in which a document is not what it was."""
	return {df.fieldname for df in doc.meta.fields if _differs(doc, before, df)}


def _differs(doc: Document, before: Document, df: DocField) -> bool:
	if df.fieldtype in frappe.model.table_fields:
		return _rows(doc, df.fieldname) != _rows(before, df.fieldname)
	return df.fieldtype not in frappe.model.no_value_fields and _value(doc, df) != _value(before, df)


def _value(doc: Document, df: DocField) -> str:
	return str(doc.get(df.fieldname) or "")


def _rows(doc: Document, fieldname: str) -> list[list[str]]:
	"""The rows of a table as text, in their order."""
	return [
		[_value(row, df) for df in row.meta.fields if df.fieldtype not in frappe.model.no_value_fields]
		for row in doc.get(fieldname)
	]
