"""What tells two people of one name apart wherever only their names are listed (G20)."""

from typing import Any

import frappe

from clinic_core.people import cards
from clinic_core.people.masking import matrix, rows

PATIENT = "Clinic Patient"
TAIL = 4


def of(patients: list[str]) -> dict[str, dict[str, Any]]:
	"""{patient: {file_no, age, phone_tail, is_returning, name_is_placeholder}} of those the user may read.

	One query.
	"""
	if not patients:
		return {}
	found = frappe.get_list(
		PATIENT,
		filters={"name": ("in", sorted(set(patients)))},
		fields=["name", "file_no", "birth_date", "mobile", "is_returning", "name_is_placeholder"],
		order_by="name asc",
		limit_page_length=0,
	)
	return {
		row.name: {
			"file_no": row.file_no or "",
			"age": cards.age(row.birth_date),
			"phone_tail": (rows.shown(matrix.PHONE, row.mobile) or "")[-TAIL:],
			"is_returning": row.is_returning,
			"name_is_placeholder": row.name_is_placeholder,
		}
		for row in found
	}
