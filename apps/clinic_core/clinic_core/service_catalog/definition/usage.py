"""What refers to a service: asked before one is deleted or taken out of use."""

from collections import Counter

import frappe
from frappe import _
from frappe.query_builder.functions import Count
from frappe.utils import now_datetime

from clinic_core.foundation.digits import in_language
from clinic_core.scheduling import states

SERVICE = "Clinic Service"
# Records that a service takes with it or leaves behind as history; they never keep it.
NOT_IN_THE_WAY = frozenset({"Clinic Service Price", "Clinic Recall Rule"})


def references(service: str) -> dict[str, int]:
	"""How many documents of which DocType refer to the service; rows of tables count for their parents.

	One query for the fields that may, one for each of them: asked only when somebody deletes a service.
	"""
	found: Counter[str] = Counter()
	for doctype, fieldname in _link_fields():
		if doctype in NOT_IN_THE_WAY:
			continue
		meta = frappe.get_meta(doctype)
		if meta.istable:
			found.update(_parents(doctype, fieldname, service))
		elif not meta.issingle and (count := frappe.db.count(doctype, {fieldname: service})):
			found[doctype] += count
	return dict(found)


def coming_appointments(service: str) -> int:
	"""How many appointments with the service are still to come."""
	return frappe.db.count(
		"Clinic Appointment",
		{"service": service, "start": (">", now_datetime()), "status": ("in", sorted(states.MOVABLE))},
	)


def in_words(counts: dict[str, int]) -> str:
	"""`12 × Appointment, 3 × Reception`, most frequent first, in the user's language."""
	ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
	lang = frappe.local.lang
	separator = "، " if lang == "fa" else ", "
	return separator.join(f"{in_language(f'{count:,}', lang)} × {_(doctype)}" for doctype, count in ordered)


def _link_fields() -> list[tuple[str, str]]:
	"""(DocType, field) of every link to a service, those a clinic added itself too."""
	links = {"fieldtype": "Link", "options": SERVICE}
	own = frappe.get_all("DocField", links, ["parent", "fieldname"], order_by="parent asc, idx asc")
	added = frappe.get_all("Custom Field", links, ["dt as parent", "fieldname"], order_by="dt asc")
	return sorted({(row.parent, row.fieldname) for row in [*own, *added]})


def _parents(doctype: str, fieldname: str, service: str) -> dict[str, int]:
	row = frappe.qb.DocType(doctype)
	found = (
		frappe.qb.from_(row)
		.select(row.parenttype, Count(row.parent).distinct())
		.where(row[fieldname] == service)
		.groupby(row.parenttype)
		.run()
	)
	return {parenttype: count for parenttype, count in found if parenttype and parenttype != SERVICE}
