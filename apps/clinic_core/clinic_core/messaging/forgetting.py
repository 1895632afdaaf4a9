"""An erased person gets nothing more, and messages to the number alone know it no longer (E012, F84)."""

import frappe
from frappe.utils import now_datetime

from clinic_core.messaging import states, wording
from clinic_core.messaging.drafts import DOCTYPE, PATIENT
from clinic_core.messaging.receiving import INCOMING
from clinic_core.people.consent import people, rules


def forget_person(persons: list[list[str]]) -> None:
	"""Handler of `clinic_forget_person`: what is linked to the file is emptied by the erasure itself.

	A code or an answer has no file, only a number: those of numbers that are nobody else's are emptied here.
	"""
	patients = sorted(name for doctype, name in persons if doctype == PATIENT)
	_stop(patients)
	known = people.look_up([tuple(person) for person in persons])
	numbers = sorted({number for one in known.values() for number in one.phones} - _of_others(known))
	for doctype, field in ((DOCTYPE, "recipient"), (INCOMING, "sender")):
		if numbers:
			empty = {field: None, "text": None}
			mine = {field: ("in", numbers), "patient": ("is", "not set")}
			frappe.db.set_value(doctype, mine, empty, update_modified=False)


def _stop(patients: list[str]) -> None:
	"""What waits for him does not go out."""
	if not patients:
		return
	table = frappe.qb.DocType(DOCTYPE)
	said = {"error_code": rules.ERASED, "error": wording.sentence(rules.ERASED), "sealed_text": None}
	query = frappe.qb.update(table).where(table.patient.isin(patients) & (table.status == states.QUEUED))
	for field, value in {**said, "status": states.NOT_SENT, "modified": now_datetime()}.items():
		query = query.set(table[field], value)
	query.run()


def _of_others(known: dict) -> set[str]:
	"""Numbers that another file has as well: a family shares one."""
	files = {name for one in known.values() for name in people.patients_of(one)}
	numbers = {number for one in known.values() for number in one.phones}
	rows = frappe.get_all(
		"Clinic Patient Phone",
		{"phone": ("in", sorted(numbers) or [""]), "parent": ("not in", sorted(files) or [""])},
		pluck="phone",
		order_by="name asc",
	)
	return set(rows)
