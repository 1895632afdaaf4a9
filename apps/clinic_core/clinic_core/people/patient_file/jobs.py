"""Jobs over all files, a chunk at a time, each made to last; all may run twice."""

from collections.abc import Iterator

import frappe

from clinic_core.foundation import settings
from clinic_core.people import names
from clinic_core.people.patient_file import placeholder_names, returning

PATIENT = "Clinic Patient"
CHUNK = 500


def recompute_returning() -> None:
	"""Compute first and last visits of everybody anew (D50)."""
	for chunk in _chunks():
		returning.refresh(chunk)
		frappe.db.commit()


def rewrite_names() -> None:
	"""Write full names in the order the clinic has chosen, and mark stand-ins (G15).

	They are found in either order, so the search table stays as it is.
	"""
	clinic = settings.get("name_order")
	for chunk in _chunks():
		rows = frappe.get_all(
			PATIENT,
			filters={"name": ("in", chunk)},
			fields=["name", "first_name", "last_name", "full_name", "name_order", "name_is_placeholder"],
			order_by="name asc",
		)
		for row in rows:
			surname_first = (row.name_order or clinic) == "Surname first"
			full_name = names.full_name(row.first_name, row.last_name, surname_first)
			flag = int(placeholder_names.is_placeholder(full_name))
			if (full_name, flag) != (row.full_name, row.name_is_placeholder):
				values = {"full_name": full_name, "name_is_placeholder": flag}
				frappe.db.set_value(PATIENT, row.name, values, update_modified=False)
		frappe.db.commit()


def _chunks() -> Iterator[list[str]]:
	last = ""
	while True:
		found = frappe.get_all(
			PATIENT, filters={"name": (">", last)}, pluck="name", order_by="name asc", limit=CHUNK
		)
		if not found:
			return
		yield found
		last = found[-1]
