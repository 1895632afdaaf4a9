"""Who a contact or a lead is, for the gate of consents and for requests for one's data (N15, E012)."""

from collections import defaultdict
from typing import Any

import frappe

CONTACT, LEAD, PATIENT = "Clinic Contact", "Clinic Lead", "Clinic Patient"


def clinic_persons(persons: list[list[str]]) -> list[dict[str, Any]]:
	"""Handler of the hook of this name: rows {doctype, name, also, phones, emails}, in a constant number of queries."""
	asked = {
		doctype: [name for kind, name in persons if kind == doctype] for doctype in (CONTACT, LEAD, PATIENT)
	}
	leads = _leads(["name", "in", asked[LEAD]])
	wanted = {*asked[CONTACT], *(row.contact for row in leads if row.contact)}
	patients = {*asked[PATIENT], *(row.patient for row in leads if row.patient)}
	contacts = _contacts(wanted, patients)
	by_name = {row.name: row for row in contacts}
	of_patient = defaultdict(list)
	for row in contacts:
		if row.patient:
			of_patient[row.patient].append(row)
	theirs = _leads(["contact", "in", sorted(by_name)], ["patient", "in", sorted(patients)])
	rows = [_row(CONTACT, name, [by_name[name]], theirs) for name in asked[CONTACT] if name in by_name]
	rows += [_row(PATIENT, name, of_patient[name], theirs) for name in asked[PATIENT]]
	for lead in leads:
		behind = [by_name[lead.contact]] if lead.contact in by_name else of_patient.get(lead.patient, [])
		row = _row(LEAD, lead.name, behind, theirs)
		if lead.patient:
			row["also"].append([PATIENT, lead.patient])
		rows.append(row)
	return [row for row in rows if row["doctype"] != PATIENT or row["also"]]


def _row(doctype: str, name: str, contacts: list[Any], leads: list[Any]) -> dict[str, Any]:
	also = {(CONTACT, row.name) for row in contacts} | {
		(PATIENT, row.patient) for row in contacts if row.patient
	}
	documents = also | {(doctype, name)}
	also |= {
		(LEAD, lead.name)
		for lead in leads
		if (CONTACT, lead.contact) in documents or (PATIENT, lead.patient) in documents
	}
	return {
		"doctype": doctype,
		"name": name,
		"also": [list(other) for other in sorted(also - {(doctype, name)})],
		"phones": [number for row in contacts for number in (row.mobile, row.phone) if number],
		"emails": [row.email for row in contacts if row.email],
	}


def _leads(*either: list[Any]) -> list[Any]:
	filters = [condition for condition in either if condition[2]]
	if not filters:
		return []
	return frappe.get_all(
		LEAD,
		or_filters=filters,
		fields=["name", "contact", "patient"],
		order_by="name asc",
		limit_page_length=0,
	)


def _contacts(names: set[str], patients: set[str]) -> list[Any]:
	if not names and not patients:
		return []
	return frappe.get_all(
		CONTACT,
		or_filters=[["name", "in", sorted(names) or [""]], ["patient", "in", sorted(patients) or [""]]],
		fields=["name", "patient", "mobile", "phone", "email"],
		order_by="name asc",
		limit_page_length=0,
	)


def retention() -> list[dict[str, Any]]:
	"""Handler of `clinic_retention`: where a submission came from is kept for a time only (E003, F84)."""
	return [
		{"doctype": "Clinic Lead Submission", "date_field": "creation", "blank": ["ip_address", "user_agent"]}
	]
