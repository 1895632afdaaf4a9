"""What patients are found by, read from the database for many at once (hook `clinic_search_documents`)."""

from collections.abc import Sequence

import frappe

from clinic_core.people.identity import numbers as identity_numbers
from clinic_core.people.names import full_name
from clinic_core.people.search_keys import Source

PATIENT = "Clinic Patient"


def patients(names: Sequence[str]) -> dict[str, Source]:
	"""Names, numbers, codes and file numbers of patients; two queries and one for the identities."""
	rows = frappe.get_all(
		PATIENT,
		filters={"name": ("in", names)},
		fields=["name", "full_name", "first_name", "last_name", "file_no"],
		order_by="name asc",
		limit_page_length=0,
	)
	numbers = frappe.get_all(
		"Clinic Patient Phone",
		filters={"parent": ("in", names), "parenttype": PATIENT},
		fields=["parent", "phone"],
		order_by="parent asc, idx asc",
		limit_page_length=0,
	)
	phones: dict[str, list[str]] = {}
	for row in numbers:
		phones.setdefault(row.parent, []).append(row.phone)
	identities = identity_numbers.of(names)
	return {
		row.name: Source(
			names=[row.full_name, full_name(row.first_name, row.last_name)],
			phones=phones.get(row.name, []),
			codes=[identities[row.name].number] if row.name in identities else [],
			files=[row.file_no] if row.file_no else [],
		)
		for row in rows
	}
