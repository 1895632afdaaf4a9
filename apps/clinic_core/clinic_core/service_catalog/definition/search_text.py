"""The text services are searched by: one folded column, kept up to date wherever its parts change."""

from collections.abc import Iterable, Mapping
from typing import Any

import frappe
from frappe.query_builder import Case

from clinic_core.people.names import fold

SERVICE = "Clinic Service"
DEPARTMENT = "Clinic Department"
SUGGESTION = "Clinic Suggested Service"
OTHER_NAMES = ("title_en", "title_fa", "title_tr", "title_zh")
PARTS = ("service_name", "display_name", "code", "barcode", "national_code", "relative_value_code")
CHUNK = 500


def text_of(
	service: Mapping[str, Any], department_title: str | None, suggestion: Mapping[str, Any] | None = None
) -> str:
	"""What a service is found by: its names, codes and department, folded (A73).

	One that was adopted is found by its names in all languages of its `suggestion`. Codes stand there as they are read by a scanner too, so `lz-12` and `LZ 12` both find `LZ-12`.
	"""
	parts = [str(service.get(part) or "") for part in PARTS]
	others = [(suggestion or {}).get(name) or "" for name in OTHER_NAMES]
	words = fold(" ".join([*parts, department_title or "", *others])).split()
	return " ".join(dict.fromkeys(words))


def other_names(suggestion: str | None) -> dict[str, Any] | None:
	"""The names of a suggested service in all languages; None without one."""
	return frappe.db.get_value(SUGGESTION, suggestion, OTHER_NAMES, as_dict=True) if suggestion else None


def rewrite(services: Iterable[str]) -> None:
	"""Write the search text of these services anew, as their department is called now.

	One read, one write for each 500 services.
	"""
	names = sorted(set(services))
	for at in range(0, len(names), CHUNK):
		_rewrite(names[at : at + CHUNK])


def rewrite_department(department: str) -> None:
	"""The same for all services of a department: it has a new title."""
	rewrite(frappe.get_all(SERVICE, {"department": department}, pluck="name", order_by="name asc"))


def _rewrite(names: list[str]) -> None:
	service, department = frappe.qb.DocType(SERVICE), frappe.qb.DocType(DEPARTMENT)
	suggestion = frappe.qb.DocType(SUGGESTION)
	rows = (
		frappe.qb.from_(service)
		.left_join(department)
		.on(department.name == service.department)
		.left_join(suggestion)
		.on(suggestion.name == service.suggestion)
		.select(service.name, department.title.as_("department_title"))
		.select(*[service[part] for part in PARTS], *[suggestion[name] for name in OTHER_NAMES])
		.where(service.name.isin(names))
		.run(as_dict=True)
	)
	text = Case()
	for row in rows:
		text = text.when(service.name == row.name, text_of(row, row.department_title, row))
	if rows:
		found = [row.name for row in rows]
		frappe.qb.update(service).set(service.search_text, text).where(service.name.isin(found)).run()
