"""What installing and uninstalling an app of ours has in common."""

import json
import pathlib

import frappe
from frappe import _

from clinic_core.foundation import compat

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

LARGEST_UPLOAD = 50 * 1024**2


def allow_large_files() -> None:
	"""A table of a hundred thousand patients is larger than the 10 MB Frappe takes (E037).

	What somebody has set stays. 50 MB is what the web server of an official bench lets through.
	"""
	if frappe.conf.get("max_file_size") is None:
		compat.set_site_config("max_file_size", LARGEST_UPLOAD)


def check_before_install(app: str) -> None:
	"""Stop before anything is installed on a Frappe we are not written for, or beside an app with our names.

	Raises frappe.ValidationError.
	"""
	refuse_other_frappe(app)
	refuse_name_clashes(app)


def refuse_other_frappe(app: str) -> None:
	"""Raise frappe.ValidationError unless Frappe is one of the supported major versions."""
	if compat.major_version() not in compat.SUPPORTED_VERSIONS:
		frappe.throw(
			_("{0} cannot be installed: it runs on Frappe 15 and 16, and this is Frappe {1}.").format(
				app, frappe.__version__
			)
		)


def refuse_name_clashes(app: str) -> None:
	"""Stop before anything is installed if another app owns one of our names.

	Raises frappe.ValidationError naming the first clash and its owner: an app, or the module of a
	record that somebody made in the desk.
	"""
	modules = frappe.get_module_list(app)
	for doctype, name in [*(("Module Def", module) for module in modules), *_names_of(app)]:
		owner = _other_owner(doctype, name, app, modules)
		if owner:
			frappe.throw(
				_("{0} cannot be installed: {1} “{2}” already belongs to the app {3}.").format(
					app, doctype, name, owner
				)
			)


def _other_owner(doctype: str, name: str, app: str, modules: list[str]) -> str | None:
	"""Who has a record of this name, if it is not the app itself."""
	if not (frappe.db.exists("DocType", doctype) and frappe.db.exists(doctype, name)):
		return None
	module = name if doctype == "Module Def" else frappe.db.get_value(doctype, name, "module")
	owner = frappe.db.get_value("Module Def", module, "app_name") if module else None
	if owner:
		return owner if owner != app else None
	return None if module in modules else module or "–"


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
		# An installation that stopped half-way is undone by the same way out.
		if frappe.db.table_exists(doctype):
			frappe.db.delete(doctype, {field: ("in", gone)})
	frappe.db.delete("List View Settings", {"name": ("in", gone)})
	# Frappe forgets the jobs of an app at the next migrate only; until then each run would fail.
	frappe.db.delete("Scheduled Job Type", {"method": ("like", f"{app}.%")})
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
