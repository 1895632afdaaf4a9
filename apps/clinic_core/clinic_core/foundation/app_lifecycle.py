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


def _names_of(app: str) -> list[tuple[str, str]]:
	root = pathlib.Path(frappe.get_app_path(app))
	found = []
	for kind in NAMED:
		for path in sorted(root.glob(f"*/{kind}/*/*.json")):
			record = json.loads(path.read_text())
			if isinstance(record, dict) and record.get("name"):
				found.append((record["doctype"], record["name"]))
	return found
