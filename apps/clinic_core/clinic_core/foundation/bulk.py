"""Many rows at once, for imports of a hundred thousand: statements with parameters, values by their columns.

`frappe.db.bulk_insert` builds a term for each value first, which takes longer than the database needs to
store it; here only what differs between the rows is sent for each of them.
"""

import datetime
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import frappe
from frappe.model.document import Document
from frappe.utils import cint, cstr, flt
from pypika.terms import Parameter, ValueWrapper

from clinic_core.foundation import compat

ROWS_AT_ONCE = 2000
_VALUES = " VALUES "
_SAME = (str, int, float, datetime.date, type(None))


def insert_many(
	doctype: str, columns: Sequence[str], rows: Sequence[Sequence[Any]], skip_known: bool = False
) -> int:
	"""Insert `rows` into the table of a DocType. Rules and hooks are the caller's business.

	`skip_known`: a row whose unique key is there already is left out. Returns how many were written.
	"""
	if not rows:
		return 0
	first = rows[0]
	varies = [
		not isinstance(value, _SAME) or any(row[at] != value for row in rows)
		for at, value in enumerate(first)
	]
	terms = [
		Parameter("%s") if vary else ValueWrapper(_plain(value))
		for vary, value in zip(varies, first, strict=True)
	]
	query = frappe.qb.into(frappe.qb.DocType(doctype)).columns(*columns).insert(*terms)
	query = query.ignore() if skip_known else query
	head, _values, shape = _escaped(query.get_sql()).partition(_VALUES)
	sent = [at for at, vary in enumerate(varies) if vary]
	written = 0
	for start in range(0, len(rows), ROWS_AT_ONCE):
		part = rows[start : start + ROWS_AT_ONCE]
		values = [row[at] for row in part for at in sent]
		written += compat.execute_with(f"{head}{_VALUES}{','.join([shape] * len(part))}", values)
	return written


def _plain(value: Any) -> Any:
	"""Moments as the database reads them: with the fraction, without a T."""
	return str(value) if isinstance(value, datetime.date) else value


def _escaped(query: str) -> str:
	"""Signs of percent that are no parameters."""
	return query.replace("%", "%%").replace("%%s", "%s")


def insert_documents(doctype: str, rows: Sequence[Mapping[str, Any]]) -> None:
	"""The same for dicts that all have the keys of the first one."""
	if rows:
		columns = list(rows[0])
		insert_many(doctype, columns, [[row[column] for column in columns] for row in rows])


class Columns:
	"""What the table of a DocType stores of a document: the same as an insert would."""

	def __init__(self, doctype: str) -> None:
		meta = frappe.get_meta(doctype)
		self.names = [
			name for name in meta.get_valid_columns() if not getattr(meta.get_field(name), "is_virtual", None)
		]
		self._kinds = [_reader(meta.get_field(name)) for name in self.names]

	def of(self, doc: Document) -> list[Any]:
		"""The values of one document in the order of `names`."""
		held = doc.__dict__
		return [read(held.get(name)) for name, read in zip(self.names, self._kinds, strict=True)]


def _reader(field: Any) -> Callable[[Any], Any]:
	kind = field.fieldtype if field else ""
	if kind == "Check":
		return lambda value: 1 if cint(value) else 0
	if kind == "Int":
		return cint
	if kind in ("Currency", "Float", "Percent"):
		return flt
	if kind in ("Date", "Datetime", "Time"):
		return lambda value: value or None
	if field and field.unique:
		return lambda value: value if cstr(value).strip() else None
	return lambda value: value


class Defaults:
	"""What a new document of a DocType and its rows begin with, read once for many."""

	def __init__(self, doctype: str) -> None:
		self._own = frappe.new_doc(doctype, as_dict=True)
		self._rows = {
			df.fieldname: frappe.new_doc(df.options, parentfield=df.fieldname, as_dict=True)
			for df in frappe.get_meta(doctype).get_table_fields()
		}

	def fill(self, doc: Document) -> None:
		"""Fill in what is missing, as an insert does."""
		doc.update_if_missing(self._own)
		for field, values in self._rows.items():
			for row in doc.get(field) or ():
				row.update_if_missing(values)
		doc.docstatus = 0
