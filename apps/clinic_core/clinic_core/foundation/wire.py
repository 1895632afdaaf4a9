"""Arguments as they come over the wire: the desk sends lists and dicts as JSON text."""

import json
from typing import Any

import frappe
from frappe import _

from clinic_core.foundation.errors import refuse_input


def parse_list(value: str | list | None, label: str) -> list[Any]:
	"""A list argument, given as a list or as JSON text; None is an empty list.

	`label` is the translated name used in the error. Raises InvalidInputError.
	"""
	return _parse(value, list, label, [])


def parse_dict(value: str | dict | None, label: str) -> dict[str, Any]:
	"""A dict argument, given as a dict or as JSON text; None is an empty dict."""
	return _parse(value, dict, label, {})


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
	doc = frappe.get_doc(doctype, name) if name else None
	frappe.has_permission(doctype, ptype, doc=doc, throw=True)
