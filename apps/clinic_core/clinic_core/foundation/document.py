"""Base class of the clinic's documents: what must hold at every door (form, REST, import, job)."""

from decimal import Decimal
from typing import Any

import frappe
from frappe import _
from frappe.core.doctype.docfield.docfield import DocField
from frappe.model.document import Document
from frappe.utils import escape_html

from clinic_core.foundation import cached, jalali
from clinic_core.foundation.digits import parse_number, to_latin
from clinic_core.foundation.errors import refuse_input

_WHOLE = frozenset({"Int"})
_NUMBERS = frozenset({"Float", "Currency", "Percent", "Int"})
_DATES = frozenset({"Date", "Datetime", "Time"})
_TYPED = _NUMBERS | _DATES
# What the columns hold; a larger number would end in a database error.
LARGEST_INT = 2**31 - 1
LARGEST_DECIMAL = 10**12 - 1
CHECKS = "clinic_document_checks"
"""Hook: `(doc) -> None`, raises what the person is to hear. For every document of ours, at every door."""


class ClinicDocument(Document):
	"""A document that understands digits and separators of all our languages.

	Frappe reads a number it does not understand as 0; here it is read right or refused by name
	(`design.md` §4.7). Subclasses that need `before_validate` call `super().before_validate()`.
	"""

	def before_validate(self) -> None:
		"""Read what was typed before anything is checked; then the apps may refuse the document."""
		read_typed_numbers(self)
		for check in frappe.get_hooks(CHECKS):
			frappe.get_attr(check)(self)

	def on_change(self) -> None:
		"""Whoever asks the cache does not get what was there before."""
		cached.saved(self)


class RowWithTimes(Document):
	"""A row of a table whose times of day stay empty when nobody gave them.

	Frappe puts the time of the clock there: who wishes “from 8:00 on” would wait for times until now only.
	"""

	def __setup__(self) -> None:
		self.dont_update_if_missing = [df.fieldname for df in self.meta.fields if df.fieldtype == "Time"]


def write_late(doc: Document, **values: Any) -> None:
	"""Write fields that are known only after the insert, such as a number taken last.

	Unlike `db_set` it does not read the document again, and the history begins with the whole document.
	"""
	doc.update(values)
	frappe.db.set_value(doc.doctype, doc.name, values, update_modified=False)


def read_typed_numbers(doc: Document) -> None:
	"""Turn typed numbers and dates of `doc` and its rows into plain ones.

	Raises InvalidInputError naming the field if a number cannot be read or kept.
	"""
	for row in [doc, *doc.get_all_children()]:
		for df in row.meta.fields:
			if df.fieldtype not in _TYPED:
				continue
			value = row.get(df.fieldname)
			if df.fieldtype in _NUMBERS and value not in (None, ""):
				row.set(df.fieldname, _read_number(df, value))
			elif df.fieldtype in _DATES and isinstance(value, str):
				row.set(df.fieldname, _read_date(df, value))


def _read_date(df: DocField, value: str) -> str:
	"""A Jalali day is understood at every door: as a Gregorian one it would lie six centuries back."""
	if df.fieldtype == "Time":
		return to_latin(value)
	try:
		return jalali.read_typed(value) or to_latin(value)
	except ValueError:
		refuse_input(
			_(df.label),
			_("“{0}” is no day of the calendar. Write it like {1}.").format(escape_html(value), "1403/12/29"),
		)


def _read_number(df: DocField, value: Any) -> int | float:
	if not isinstance(value, int | float | Decimal):
		value = _parse(df, str(value))
	largest = LARGEST_INT if df.fieldtype in _WHOLE else LARGEST_DECIMAL
	if not abs(value) <= largest:  # also what is no number at all (NaN)
		refuse_input(_(df.label), _("The number is too large; {0} is the most.").format(f"{largest:,}"))
	return value


def _parse(df: DocField, text: str) -> int | float:
	try:
		number = parse_number(text)
	except ValueError:
		refuse_input(_(df.label), _("“{0}” is not a number.").format(escape_html(text)))
	is_whole = number == number.to_integral_value()
	if df.fieldtype in _WHOLE and not is_whole:
		refuse_input(_(df.label), _("“{0}” is not a whole number.").format(escape_html(text)))
	return int(number) if is_whole else float(number)
