"""Prints, as JSON, everything of our apps that a site holds: `python snapshot.py SITE SITES_PATH`."""

import json
import sys

import frappe

MODULES = {
	"clinic_core": ["Foundation", "Service Catalog", "People", "Scheduling", "Messaging", "Online Booking"],
	"clinic_crm": ["Pipeline", "Call Center", "Marketing", "Commissions"],
	"clinic_reception": ["Front Desk", "Cash Desk", "Statement", "Loyalty"],
}
RECORDS = (
	"DocType", "Page", "Report", "Print Format", "Workspace", "Number Card", "Dashboard Chart", "Dashboard Chart Source", "Web Form",
	"Notification", "Custom Field", "Property Setter", "Web Page", "Client Script", "Server Script",
)  # fmt: skip


def take(app):
	"""What one app has in the site."""
	modules = MODULES[app]
	found = {
		doctype: sorted(frappe.get_all(doctype, filters={"module": ("in", modules)}, pluck="name"))
		for doctype in RECORDS
		if frappe.get_meta(doctype).has_field("module")
	}
	found["Module Def"] = sorted(frappe.get_all("Module Def", filters={"app_name": app}, pluck="name"))
	return {doctype: names for doctype, names in found.items() if names}


def _singles():
	table = frappe.qb.Table("tabSingles")
	rows = frappe.qb.from_(table).select(table.doctype).where(table.doctype.like("Clinic %")).distinct().run()
	return sorted(row[0] for row in rows)


def main(site, sites_path):
	frappe.init(site=site, sites_path=sites_path)
	frappe.connect()
	seeded = frappe.get_all("DefaultValue", filters={"defkey": ("like", "clinic_%")}, pluck="defkey")
	print(
		json.dumps(
			{
				"installed": sorted(frappe.get_installed_apps()),
				"apps": {app: take(app) for app in MODULES},
				"tables": sorted(t for t in frappe.db.get_tables(cached=False) if t.startswith("tabClinic ")),
				"roles": sorted(frappe.get_all("Role", filters={"name": ("like", "Clinic %")}, pluck="name")),
				"role_rows": frappe.db.count("Has Role", {"role": ("like", "Clinic %")}),
				"custom_fields": sorted(
					frappe.get_all("Custom Field", filters={"dt": ("like", "Clinic %")}, pluck="name")
				),
				"defaults": sorted(seeded),
				"singles": _singles(),
				"jobs": sorted(
					frappe.get_all("Scheduled Job Type", {"method": ("like", "clinic_%")}, pluck="method")
				),
				"profiles": sorted(
					frappe.get_all("Module Profile", {"name": ("like", "Clinic %")}, pluck="name")
				),
				"list_views": sorted(
					frappe.get_all("List View Settings", {"name": ("like", "Clinic %")}, pluck="name")
				),
			}
		)
	)
	frappe.destroy()


if __name__ == "__main__":
	main(*sys.argv[1:])
