"""What the doors of Frappe let somebody see: forms, REST, prints, reports, exports, files (F82).

Our own endpoints say it themselves (`seen.saw`); those of Frappe cannot, so the request that was just
answered is read. Each door has a function; whoever asks for something else costs one look into a table.
"""

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

import frappe

from clinic_core.foundation import compat
from clinic_core.people.access_log import patients_of, rules, seen

Form = dict[str, Any]
IDENTITY = "Clinic Patient Identity"


def note(path: str, method: str, form: Form, answer: Form) -> None:
	"""Remember what this request, which was answered well, has shown of patients."""
	if path.startswith("/api/"):
		_note_api(path, method, form, answer)
	elif path == "/printview":
		_printed(form, "Print")
	elif path.startswith("/private/files/"):
		_downloaded(unquote(path))
	elif called := form.get("cmd"):
		_note_method(called, form, answer)


def _note_api(path: str, method: str, form: Form, answer: Form) -> None:
	parts = [unquote(part) for part in path.split("/") if part][1:]
	if parts and parts[0] in ("v1", "v2"):
		parts = parts[1:]
	if len(parts) < 2:
		return
	if parts[0] == "method":
		_note_method(parts[1], form, answer)
	elif parts[0] in ("resource", "document") and len(parts) == 3 and method == "GET":
		_opened(parts[1], parts[2], "REST")


def _note_method(called: str, form: Form, answer: Form) -> None:
	if door := DOORS.get(called):
		door(form, answer)


def _opened(doctype: Any, name: Any, through: str) -> None:
	if isinstance(doctype, str) and isinstance(name, str | int):
		what = rules.IDENTITY if doctype == IDENTITY else rules.VIEW
		patients = patients_of.documents(doctype, [str(name)])
		seen.saw(patients, what, through, doctype=doctype, document=str(name))


def _form(form: Form, answer: Form) -> None:
	_opened(form.get("doctype"), form.get("name"), "Form")


def _client_get(form: Form, answer: Form) -> None:
	found = answer.get("message") or {}
	_opened(form.get("doctype"), form.get("name") or (found.get("name") if found else None), "REST")


def _printed(form: Form, through: str) -> None:
	"""`doctype` and `name`; several names come as JSON, several DocTypes as names by DocType."""
	kinds = _json(form.get("doctype"))
	if not isinstance(kinds, dict):
		kinds = {form.get("doctype"): _json(form.get("name"))}
	for doctype, names in kinds.items():
		names = [str(name) for name in (names if isinstance(names, list) else [names])]
		if isinstance(doctype, str):
			patients = patients_of.documents(doctype, names)
			seen.saw(patients, rules.PRINT, through, doctype=doctype, document=names[0])


def _print_preview(form: Form, answer: Form) -> None:
	doc = _json(form.get("doc"))
	if isinstance(doc, dict):
		form = {"doctype": doc.get("doctype"), "name": doc.get("name")}
	elif form.get("name"):
		form = {"doctype": form.get("doc"), "name": form.get("name")}
	_printed(form, "Print")


def _exported_list(form: Form, answer: Form) -> None:
	doctype = form.get("doctype")
	if not isinstance(doctype, str) or not frappe.db.exists("DocType", doctype):
		return
	chosen = _json(form.get("selected_items"))
	filters = [["name", "in", chosen]] if chosen else _json(form.get("filters")) or []
	_exported(doctype, filters, "Export")


def _exported_data(form: Form, answer: Form) -> None:
	"""Frappe's data export and the template of its import, which may carry the records."""
	if form.get("export_records") != "blank_template" and form.get("with_data", "1") not in ("0", 0, False):
		filters = _json(form.get("filters") or form.get("export_filters")) or []
		doctype = form.get("doctype")
		_exported(_json(doctype)[0] if isinstance(_json(doctype), list) else doctype, filters, "Data export")


def _exported(doctype: str, filters: Any, through: str) -> None:
	meta = frappe.get_meta(doctype)
	fields = ["name"] if doctype == patients_of.PATIENT else patients_of.link_fields(meta)
	if not fields:
		return
	names = frappe.get_list(
		doctype, filters=filters, fields=fields, order_by="creation desc", limit_page_length=rules.NAMED + 1
	)
	patients = list(dict.fromkeys(row[field] for row in names for field in fields if row[field]))
	many = len(names) > rules.NAMED
	count = compat.count_in_list(doctype, filters) if many else None
	told = _told(filters) if many else None
	seen.saw(patients, rules.EXPORT, through, doctype=doctype, count=count, details=told)


def _report(form: Form, answer: Form) -> None:
	"""A report that ran: of the patient it was filtered by, or so many rows with patients."""
	if form.get("report_name") in patients_of.NOT_A_FILE:
		return None
	message = answer.get("message")
	message = message if isinstance(message, dict) else {}
	if patient := _filtered_by(form):
		return seen.saw([patient], rules.VIEW, "Report", doctype="Report", document=form.get("report_name"))
	fields = [
		column.get("fieldname")
		for column in message.get("columns") or []
		if isinstance(column, dict) and column.get("options") == patients_of.PATIENT
	]
	rows = [row for row in message.get("result") or [] if isinstance(row, dict)]
	shown = {row.get(field) for row in rows for field in fields if row.get(field)}
	if shown:
		seen.saw(
			[],
			rules.VIEW,
			"Report",
			doctype="Report",
			document=form.get("report_name"),
			count=len(shown),
			details=_told(_json(form.get("filters"))),
		)


def _exported_report(form: Form, answer: Form) -> None:
	report, patient = form.get("report_name"), _filtered_by(form)
	patients = [patient] if patient else []
	told = _told(_json(form.get("filters")))
	count = None if patient else 1
	seen.saw(patients, rules.EXPORT, "Report", doctype="Report", document=report, count=count, details=told)


def _downloaded(file_url: str) -> None:
	for doctype, name, patients in patients_of.of_file(file_url):
		seen.saw(patients, rules.FILE, "File", doctype=doctype, document=name)


def _filtered_by(form: Form) -> str | None:
	filters = _json(form.get("filters"))
	patient = filters.get("patient") if isinstance(filters, dict) else None
	return patient if isinstance(patient, str) and frappe.db.exists(patients_of.PATIENT, patient) else None


def _json(value: Any) -> Any:
	if not isinstance(value, str):
		return value
	try:
		return json.loads(value)
	except ValueError:
		return value


def _told(filters: Any) -> str | None:
	return rules.told_text(json.dumps(filters, ensure_ascii=False, default=str)) if filters else None


DOORS: dict[str, Callable[[Form, Form], None]] = {
	"frappe.desk.form.load.getdoc": _form,
	"frappe.client.get": _client_get,
	"frappe.www.printview.get_html_and_style": _print_preview,
	"frappe.utils.print_format.download_pdf": lambda form, answer: _printed(form, "PDF"),
	"frappe.utils.print_format.download_multi_pdf": lambda form, answer: _printed(form, "PDF"),
	"frappe.desk.reportview.export_query": _exported_list,
	"frappe.core.doctype.data_export.exporter.export_data": _exported_data,
	"frappe.core.doctype.data_import.data_import.download_template": _exported_data,
	"frappe.desk.query_report.run": _report,
	"frappe.desk.query_report.export_query": _exported_report,
	"frappe.core.doctype.file.file.download_file": lambda form, answer: _downloaded(
		form.get("file_url") or ""
	),
	"frappe.handler.download_file": lambda form, answer: _downloaded(form.get("file_url") or ""),
	"download_file": lambda form, answer: _downloaded(form.get("file_url") or ""),
}
