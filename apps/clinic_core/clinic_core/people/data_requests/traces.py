"""What the framework keeps beside the documents: versions, comments, files, mails, logs (E012)."""

import json

import frappe
from frappe import _
from pypika import Table

from clinic_core.people.data_requests import found
from clinic_core.people.data_requests.found import Found

# Table → the columns it points to a document with. All rows about the person's documents go.
HISTORY = {
	"Version": ("ref_doctype", "docname"),
	"Comment": ("reference_doctype", "reference_name"),
	"Communication": ("reference_doctype", "reference_name"),
	"ToDo": ("reference_type", "reference_name"),
	"Notification Log": ("document_type", "document_name"),
	"Activity Log": ("reference_doctype", "reference_name"),
	"View Log": ("reference_doctype", "reference_name"),
	"Energy Point Log": ("reference_doctype", "reference_name"),
	"Email Queue": ("reference_doctype", "reference_name"),
	"DocShare": ("share_doctype", "share_name"),
	"Document Follow": ("ref_doctype", "ref_docname"),
	"Deleted Document": ("deleted_doctype", "deleted_name"),
	"Tag Link": ("document_type", "document_name"),
	"Access Log": ("export_from", "reference_document"),
}
# Logs in which the person may be named without being pointed to: rows that hold a needle go.
LOGS = {
	"Version": ("data",),
	"Error Log": ("error",),
	"Notification Log": ("subject", "email_content"),
	"Email Queue": ("message",),
	"Email Queue Recipient": ("recipient",),
	"Deleted Document": ("data",),
	"Activity Log": ("subject", "content"),
	"Access Log": ("filters",),
	"Scheduled Job Log": ("details",),
	"Prepared Report": ("filters",),
	"Clinic Idempotency Key": ("response",),
	"Clinic Event Failure": ("payload", "error"),
}
# Texts of people about others: the sentence stays, the person goes out of it.
TEXTS = {"Comment": ("content",), "Communication": ("subject", "content"), "ToDo": ("description",)}


def remove_file(name: str) -> None:
	"""A file and its content; what Frappe would remember of it is forgotten as well."""
	frappe.delete_doc("File", name, force=True, ignore_permissions=True, ignore_missing=True)
	frappe.db.delete("Deleted Document", {"deleted_doctype": "File", "deleted_name": name})


def remove_history(whole: Found) -> None:
	"""Versions, comments, mails, notifications and the like about the person's documents."""
	for table, columns in HISTORY.items():
		if not _is_there(table, columns):
			continue
		for doctype, names in whole.documents.items():
			for part in found.chunks(names):
				frappe.db.delete(table, {columns[0]: doctype, columns[1]: ("in", part)})
	index = Table("__global_search")
	for doctype, names in whole.documents.items():
		for part in found.chunks(names):
			frappe.qb.from_(index).delete().where((index.doctype == doctype) & index.name.isin(part)).run()


def sweep(needles: set[str]) -> None:
	"""Take the person out of logs and of texts that are about somebody else."""
	if not needles:
		return
	for table, columns in LOGS.items():
		if _is_there(table, columns):
			_delete_named(table, columns, needles)
	for table, columns in TEXTS.items():
		_mark_named(table, columns, needles)
	_forget_listed(needles)


def _delete_named(table: str, columns: tuple[str, ...], needles: set[str]) -> None:
	source = frappe.qb.DocType(table)
	# JSON keeps letters beyond ASCII as escapes.
	for needle in sorted(needles | {_escaped(needle) for needle in needles}):
		for column in columns:
			frappe.qb.from_(source).delete().where(source[column].like(_pattern(needle))).run()


def _mark_named(table: str, columns: tuple[str, ...], needles: set[str]) -> None:
	source = frappe.qb.DocType(table)
	is_comment = table == "Comment"
	about = [source.reference_doctype, source.reference_name] if is_comment else []
	for column in columns:
		for needle in sorted(needles, key=len, reverse=True):
			rows = (
				frappe.qb.from_(source)
				.select(source.name, source[column], *about)
				.where(source[column].like(_pattern(needle)))
				.run()
			)
			for name, text, *document in rows:
				marked = text.replace(needle, _("Erased person"))
				frappe.db.set_value(table, name, column, marked, update_modified=False)
				if is_comment:
					_mark_copy(document[0], document[1], needle)


def _mark_copy(doctype: str | None, name: str | None, needle: str) -> None:
	"""Lists show the last comments from a copy in the document itself."""
	if not doctype or not name or not frappe.db.exists("DocType", doctype, cache=True):
		return
	if "_comments" not in frappe.db.get_table_columns(doctype):
		return
	copy = frappe.db.get_value(doctype, name, "_comments")
	if copy:
		marked = copy.replace(needle, _("Erased person")).replace(_escaped(needle), _("Erased person"))
		frappe.db.set_value(doctype, name, "_comments", marked, update_modified=False)


def _escaped(text: str) -> str:
	return json.dumps(text)[1:-1]


def _forget_listed(needles: set[str]) -> None:
	"""Do Not Contact still holds by its fingerprint; the number itself is not kept."""
	frappe.db.set_value(
		"Clinic Do Not Contact",
		{"address": ("in", sorted(needles))},
		{"address": None, "note": None},
		update_modified=False,
	)


def _is_there(table: str, columns: tuple[str, ...]) -> bool:
	"""Tables differ between versions of Frappe."""
	if not frappe.db.exists("DocType", table, cache=True) or not frappe.db.table_exists(table):
		return False
	return set(columns) <= set(frappe.db.get_table_columns(table))


def _pattern(needle: str) -> str:
	escaped = needle.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
	return f"%{escaped}%"
