"""The days on which patients were here, for the core's new and returning customers (D50)."""

import frappe
from frappe.query_builder.functions import Max, Min

from clinic_reception.front_desk.states import CANCELLED, CLOSED, DONE

VISIT = "Clinic Visit"
RECEPTION = "Clinic Reception"
TRIAGE = "Clinic Triage"


def clinic_visit_days(patients: list[str]) -> dict[str, tuple[str, str]]:
	"""Handler of the hook of that name: first and last day of each who was here; one query.

	Somebody was here when his visit is done, or when a reception of it stands.
	"""
	visit, reception = frappe.qb.DocType(VISIT), frappe.qb.DocType(RECEPTION)
	rows = (
		frappe.qb.from_(visit)
		.left_join(reception)
		.on((reception.visit == visit.name) & (reception.docstatus == 1))
		.select(visit.patient, Min(visit.arrived_at), Max(visit.arrived_at))
		.where(visit.patient.isin(patients) & (visit.status != CANCELLED))
		.where(visit.status.isin((DONE, CLOSED)) | reception.name.isnotnull())
		.groupby(visit.patient)
		.run()
	)
	return {patient: (str(first)[:10], str(last)[:10]) for patient, first, last in rows}


def on_patient_name(events: list[dict[str, str]]) -> None:
	"""Handler of `clinic_on_patient_name`: visits and triages show the corrected name, drafts too (D08).

	What was submitted or printed keeps the name it had.
	"""
	for event in events:
		for doctype in (VISIT, TRIAGE, RECEPTION):
			table = frappe.qb.DocType(doctype)
			query = frappe.qb.update(table).set(table.patient_name, event["new"])
			query = query.where(table.patient == event["patient"])
			if doctype == RECEPTION:
				query = query.where(table.docstatus == 0)
			query.run()
