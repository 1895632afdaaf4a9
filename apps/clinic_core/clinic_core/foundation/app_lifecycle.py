"""What installing and uninstalling an app of ours has in common."""

import json
import pathlib

import frappe
from frappe import _

NAMED = (
	"doctype",
	"report",
	"page",
	"print_format",
	"workspace",
	"web_form",
	"number_card",
	"dashboard_chart",
	"dashboard_chart_source",
)


def refuse_name_clashes(app: str) -> None:
	"""Stop before anything is installed if another app owns one of our names.

	Raises frappe.ValidationError naming the first clash and its owner.
	"""
	for doctype, name in _names_of(app):
		if not frappe.db.exists("DocType", doctype):
			continue
		module = frappe.db.get_value(doctype, name, "module")
		owner = frappe.db.get_value("Module Def", module, "app_name") if module else None
		if owner and owner != app:
			frappe.throw(
				_("{0} cannot be installed: {1} “{2}” already belongs to the app {3}.").format(
					app, doctype, name, owner
				)
			)


def leave_no_trace(app: str) -> None:
	"""Before an app goes: what stays must not point to DocTypes that will be gone.

	A link to a DocType that does not exist would refuse every later save of the document.
	"""
	gone = [name for doctype, name in _names_of(app) if doctype == "DocType"]
	for parent in frappe.get_all(
		"DocField", filters={"fieldname": "origin_doctype"}, pluck="parent", order_by="parent asc"
	):
		if parent not in gone:
			nothing = {"origin_doctype": None, "origin_name": None}
			frappe.db.set_value(parent, {"origin_doctype": ("in", gone)}, nothing, update_modified=False)
	for doctype, field in (
		("Clinic Search Key", "reference_doctype"),
		("Comment", "reference_doctype"),
		("Version", "ref_doctype"),
		("DocShare", "share_doctype"),
	):
		frappe.db.delete(doctype, {field: ("in", gone)})
	frappe.db.delete("List View Settings", {"name": ("in", gone)})
	singles = frappe.get_all(
		"DocType", filters={"name": ("in", gone), "issingle": 1}, pluck="name", order_by="name"
	)
	frappe.db.delete("Singles", {"doctype": ("in", [*singles, ""])})
	for file in frappe.get_all(
		"File", filters={"attached_to_doctype": ("in", gone)}, pluck="name", order_by="name asc"
	):
		frappe.delete_doc("File", file, ignore_permissions=True, force=True)


def _names_of(app: str) -> list[tuple[str, str]]:
	root = pathlib.Path(frappe.get_app_path(app))
	found = []
	for kind in NAMED:
		for path in sorted(root.glob(f"*/{kind}/*/*.json")):
			record = json.loads(path.read_text())
			if isinstance(record, dict) and record.get("name"):
				found.append((record["doctype"], record["name"]))
	return found
