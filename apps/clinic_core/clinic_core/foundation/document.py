"""Base class of the clinic's documents: what must hold at every door (form, REST, import, job)."""

import frappe
from frappe import _
from frappe.core.doctype.docfield.docfield import DocField
from frappe.model.document import Document

from clinic_core.foundation.digits import parse_number, to_latin
from clinic_core.foundation.errors import refuse_input

_WHOLE = frozenset({"Int", "Check"})
_NUMBERS = frozenset({"Float", "Currency", "Percent", "Int"})
_DATES = frozenset({"Date", "Datetime", "Time"})


class ClinicDocument(Document):
	"""A document that understands digits and separators of all our languages.

	Frappe reads a number it does not understand as 0; here it is read right or refused by name
	(`design.md` §4.7). Subclasses that need `before_validate` call `super().before_validate()`.
	"""

	def before_validate(self) -> None:
		"""Read what was typed before anything is checked."""
		read_typed_numbers(self)


def read_typed_numbers(doc: Document) -> None:
	"""Turn typed numbers and dates of `doc` and its rows into plain ones.

	Raises InvalidInputError naming the field if a number cannot be read.
	"""
	for row in [doc, *doc.get_all_children()]:
		for df in row.meta.fields:
			value = row.get(df.fieldname)
			if not isinstance(value, str) or not value:
				continue
			if df.fieldtype in _NUMBERS:
				row.set(df.fieldname, _read_number(df, value))
			elif df.fieldtype in _DATES:
				row.set(df.fieldname, to_latin(value))


def _read_number(df: DocField, value: str) -> int | float:
	try:
		number = parse_number(value)
	except ValueError:
		refuse_input(_(df.label), _("“{0}” is not a number.").format(frappe.utils.escape_html(value)))
	if df.fieldtype in _WHOLE and number != number.to_integral_value():
		refuse_input(_(df.label), _("“{0}” is not a whole number.").format(frappe.utils.escape_html(value)))
	return int(number) if number == number.to_integral_value() else float(number)
