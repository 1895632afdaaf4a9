"""Arguments as they come over the wire: the desk sends lists and dicts as JSON text."""

import datetime
import inspect
import json
import re
from decimal import Decimal
from typing import Any

import frappe
from frappe import _
from frappe.model.base_document import get_controller
from frappe.model.document import Document
from frappe.utils import escape_html

from clinic_core.foundation import compat, digits
from clinic_core.foundation.errors import refuse_input

_OUR_ENDPOINT = re.compile(r"^/api/(?:v\d+/)?method/(clinic_\w+(?:\.\w+)+)$")


def refuse_missing_arguments() -> None:
	"""Answer a request of ours that lacks an argument with 422 and its name (before_request).

	Frappe would call the function without it: a TypeError, and 500 for a caller's mistake.
	"""
	endpoint = _OUR_ENDPOINT.match(frappe.request.path)
	method = _whitelisted(endpoint[1]) if endpoint else None
	if not method:
		return
	for name, parameter in inspect.signature(method).parameters.items():
		needed = parameter.default is parameter.empty and parameter.kind in (
			parameter.POSITIONAL_OR_KEYWORD,
			parameter.KEYWORD_ONLY,
		)
		if needed and name not in frappe.form_dict:
			refuse_input(name, _("This is missing."))


def _whitelisted(path: str) -> Any:
	"""The endpoint of that name, or None: whatever else it is, Frappe answers as it always does."""
	try:
		method = frappe.get_attr(path)
	except Exception:
		return None
	return method if compat.is_endpoint(method) else None


def parse_list(value: str | list | None, label: str) -> list[Any]:
	"""A list argument, given as a list or as JSON text; None is an empty list.

	`label` is the translated name used in the error. Raises InvalidInputError.
	"""
	return _parse(value, list, label, [])


def parse_dict(value: str | dict | None, label: str) -> dict[str, Any]:
	"""A dict argument, given as a dict or as JSON text; None is an empty dict."""
	return _parse(value, dict, label, {})


def parse_number(value: str | int | float | None, label: str, default: int = 0) -> Decimal:
	"""A number argument as people type it (`design.md` §4.7); None or empty is `default`.

	Raises InvalidInputError naming `label`.
	"""
	if value in (None, ""):
		return Decimal(default)
	try:
		return digits.parse_number(str(value))
	except ValueError:
		refuse_input(label, _("“{0}” is not a number.").format(escape_html(str(value))))


def parse_date(value: str | datetime.date | None, label: str) -> datetime.date | None:
	"""A Gregorian date argument `YYYY-MM-DD`, in any digits; None or empty is None.

	Raises InvalidInputError naming `label`.
	"""
	if isinstance(value, datetime.datetime):
		return value.date()
	if value in (None, "") or isinstance(value, datetime.date):
		return value or None
	try:
		return datetime.date.fromisoformat(digits.to_latin(value).strip()[:10])
	except ValueError:
		refuse_input(label, _("“{0}” is not a date like 2026-11-21.").format(escape_html(value)))


def _parse(value: Any, kind: type, label: str, empty: Any) -> Any:
	if value in (None, ""):
		return empty
	if isinstance(value, str):
		try:
			value = json.loads(value)
		except ValueError:
			refuse_input(label, _("This could not be read. Please send it as JSON."))
	if not isinstance(value, kind):
		refuse_input(label, _("This could not be read. Please send it as JSON."))
	return value


def require_permission(doctype: str, ptype: str = "read", name: str | None = None) -> None:
	"""Check first, at the top of every endpoint. Raises frappe.PermissionError or DoesNotExistError."""
	_require(doctype, ptype, _judged(doctype, name) if name else None)


def require_document(doc: Document, ptype: str = "read") -> None:
	"""The same for a document at hand. Raises frappe.PermissionError."""
	_require(doc.doctype, ptype, doc)


def _judged(doctype: str, name: str) -> Document:
	"""The document a right is asked for; without its rows where no right hangs on them."""
	if not getattr(get_controller(doctype), "rights_hang_on_no_rows", False):
		return frappe.get_doc(doctype, name)
	values = frappe.db.get_value(doctype, name, "*", as_dict=True)
	# Frappe's own words for one that does not exist.
	return frappe.get_doc({"doctype": doctype, **values}) if values else frappe.get_doc(doctype, name)


def _require(doctype: str, ptype: str, doc: Document | None) -> None:
	if not frappe.has_permission(doctype, ptype, doc=doc):
		# Not `throw=True`: early 15 raises a plain ValidationError (417) for it.
		frappe.throw(
			_("You are not allowed to do this with {0}.").format(_(doctype)),
			frappe.PermissionError,
			title=_("Not allowed"),
		)
