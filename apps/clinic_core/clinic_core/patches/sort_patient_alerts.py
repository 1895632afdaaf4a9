"""What was written freely as an alert becomes an alert of a kind where its words leave no doubt (F41)."""

import frappe
from frappe.utils import now_datetime

from clinic_core.people.alerts import kinds

PATIENT = "Clinic Patient"
ALERT = "Clinic Patient Alert"
CHUNK = 2000


def execute() -> None:
	"""Move those lines; the others stay where they are. Safe to run twice: what was moved is gone there."""
	after = ""
	while rows := _next(after):
		after = rows[-1][0]
		_move(rows)


def _next(after: str) -> list[tuple[str, str, str]]:
	table = frappe.qb.DocType(PATIENT)
	return (
		frappe.qb.from_(table)
		.select(table.name, table.alerts, table.full_name)
		.where((table.name > after) & table.alerts.isnotnull() & (table.alerts != ""))
		.orderby(table.name)
		.limit(CHUNK)
		.run()
	)


def _move(rows: list[tuple[str, str, str]]) -> None:
	now, user = now_datetime(), "Administrator"
	stamps = {"creation": now, "modified": now, "owner": user, "modified_by": user, "docstatus": 0, "idx": 0}
	made = []
	for patient, text, full_name in rows:
		known, free = kinds.split(text)
		if not known:
			continue
		for kind, severity, line in known:
			name = frappe.generate_hash(length=10)
			made.append([name, patient, full_name, kind, severity, line, 1, *stamps.values()])
		frappe.db.set_value(PATIENT, patient, "alerts", free or None, update_modified=False)
	columns = ["name", "patient", "patient_name", "kind", "severity", "text", "is_active", *stamps]
	if made:
		frappe.db.bulk_insert(ALERT, columns, made)
