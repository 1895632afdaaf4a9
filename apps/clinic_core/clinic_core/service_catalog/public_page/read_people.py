"""The people on the public page: who gives a service, who wrote an article. One query each; see `reads.py`."""

from typing import Any

import frappe

_PERSON = ("name", "practitioner_name", "department", "photo", "speciality", "biography", "languages")
MOST_PEOPLE = 24


def practitioners(service: str | None = None) -> list[Any]:
	"""Active practitioners with a photo who may be shown; of one service those who give it."""
	person = frappe.qb.DocType("Clinic Practitioner")
	query = (
		frappe.qb.from_(person)
		.select(*(person[field] for field in _PERSON))
		.where((person.is_active == 1) & (person.show_in_profile == 1))
		.where(person.photo.isnotnull() & (person.photo != ""))
		.orderby(person.practitioner_name)
		.orderby(person.name)
		.limit(MOST_PEOPLE)
	)
	if service:
		row = frappe.qb.DocType("Clinic Practitioner Service")
		of_service = frappe.qb.from_(row).select(row.parent).where(row.service == service)
		query = query.where(person.name.isin(of_service))
	return query.run(as_dict=True)


def galleries(people: list[str]) -> dict[str, list[Any]]:
	"""Further pictures of practitioners, {image, caption} by name. One query."""
	rows = (
		frappe.get_all(
			"Clinic Service Image",
			{"parent": ("in", people), "parenttype": "Clinic Practitioner"},
			["parent", "image", "caption"],
			order_by="parent asc, idx asc",
		)
		if people
		else []
	)
	found: dict[str, list[Any]] = {}
	for row in rows:
		found.setdefault(row.parent, []).append(row)
	return found


def author(name: str | None) -> Any:
	"""{practitioner_name} of an article's author, None without one."""
	return (
		frappe.db.get_value("Clinic Practitioner", name, ["practitioner_name"], as_dict=True)
		if name
		else None
	)
