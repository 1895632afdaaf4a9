"""Services of before this release: search text, address of the public page, one word for practical work."""

import frappe

from clinic_core.service_catalog.definition import search_text, slugs

SERVICE = "Clinic Service"


def execute() -> None:
	"""Fill in what new services get when they are saved. Safe to run twice."""
	search_text.rewrite(frappe.get_all(SERVICE, pluck="name", order_by="name asc"))
	_align_practical_work()
	_give_routes()


def _align_practical_work() -> None:
	service = frappe.qb.DocType(SERVICE)
	frappe.qb.update(service).set(service.is_practical_work, service.is_outpatient_procedure).run()


def _give_routes() -> None:
	rows = frappe.get_all(
		SERVICE, fields=["name", "service_name", "display_name", "route"], order_by="creation asc"
	)
	taken = {row.route for row in rows if row.route}
	for row in rows:
		if row.route:
			continue
		wanted = slugs.slug(row.display_name or row.service_name) or slugs.slug(row.name)
		route = slugs.unused(wanted, taken)
		taken.add(route)
		frappe.db.set_value(SERVICE, row.name, "route", route, update_modified=False)
