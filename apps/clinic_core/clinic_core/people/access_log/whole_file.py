"""The names a patient's views were written under: his file and those merged into it."""

import frappe

PATIENT = "Clinic Patient"


def names_of(patient: str) -> list[str]:
	"""The file and whatever was merged into it, also by way of another."""
	found, last = [patient], [patient]
	while last:
		last = frappe.get_all(
			PATIENT,
			filters={"merged_into": ("in", last), "name": ("not in", found)},
			pluck="name",
			order_by="name asc",
		)
		found += last
	return found
