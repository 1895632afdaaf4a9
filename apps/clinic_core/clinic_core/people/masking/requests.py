"""Questions at Frappe's doors that are not lists: nobody finds out by asking what he may not see (F80)."""

import re
from typing import Any

import frappe
from frappe import _

from clinic_core.foundation import compat
from clinic_core.people.masking import events, lists, reports, rules

_RESOURCE = re.compile(r"^/api/(?:v\d+/)?(?:resource|document)/([^/]+)")
_METHOD = re.compile(r"^/api/(?:v\d+/)?method/(.+)$")
# What may hold conditions: a name may be given as conditions as well.
_CONDITIONS = ("filters", "or_filters", "name", "docname", "dn", "current_filters", "link_filters")
# They read past the permissions of lists; the export of the list or the report does the same, hidden.
_WHOLE_TABLES = frozenset(
	{
		"frappe.core.doctype.data_export.exporter.export_data",
		"frappe.core.doctype.data_import.data_import.download_template",
		"frappe.desk.query_report.get_data_for_custom_field",
	}
)


def watch() -> None:
	"""Lists, reports and live events pass through here (hooks `before_request`, `before_job`)."""
	compat.guard_lists(lists.answer)
	compat.guard_reports(reports.hide)
	compat.guard_events(events.hide)


def check() -> None:
	"""Refuse conditions on hidden fields wherever they are given (hook `auth_hooks`: the user is known).

	Raises frappe.PermissionError.
	"""
	form = frappe.local.form_dict
	hidden = rules.hidden_fields() if frappe.session.user != "Guest" else {}
	doctype = _doctype(form)
	if not hidden or not doctype or not frappe.db.exists("DocType", doctype, cache=True):
		return
	own = {doctype, *(df.options for df in frappe.get_meta(doctype).get_table_fields())}
	if not own & hidden.keys():
		return
	form.pop("ignore_user_permissions", None)  # it would let link fields search past every permission
	for argument in _CONDITIONS:
		given = form.get(argument)
		if isinstance(given, dict | list) or (isinstance(given, str) and given[:1] in "[{"):
			if argument == "or_filters":
				continue  # hidden ones are left out of it
			lists.check_filters(doctype, given)
	if _method(form) in _WHOLE_TABLES:
		frappe.throw(
			_("Some of it is hidden from you. Export the list or the report instead."),
			frappe.PermissionError,
			title=_("Not allowed"),
		)


def _method(form: dict[str, Any]) -> str:
	found = _METHOD.match(frappe.request.path)
	return found[1] if found else form.get("cmd") or ""


def _doctype(form: dict[str, Any]) -> str | None:
	found = _RESOURCE.match(frappe.request.path)
	given = found[1] if found else form.get("doctype") or form.get("dt")
	return given if isinstance(given, str) else None
