"""Consents that a service asks for: signed once for each version and patient (F40). Permission-free."""

from collections.abc import Iterable
from typing import Any

import frappe
from frappe import _
from frappe.utils import add_days, get_datetime, getdate

from clinic_core.people.consent import people, policies
from clinic_core.people.consent.purposes import GIVEN, SERVICE_LABEL
from clinic_core.scheduling import states as appointment_states

MISSING = "missing_consent"
SERVICE = "Clinic Service"
_AHEAD = appointment_states.OCCUPYING - {appointment_states.COMPLETED}


def missing(patient: str, services: Iterable[str]) -> list[dict[str, Any]]:
	"""The texts the patient has still to sign for these services: [{policy, title, version_no, services}]."""
	return missing_of({patient: set(services)}).get(patient, [])


def missing_of(wanted: dict[str, set[str]]) -> dict[str, list[dict[str, Any]]]:
	"""The same for many patients, in a constant number of queries."""
	asked = _asked(sorted({service for services in wanted.values() for service in services}))
	if not asked:
		return {}
	known = people.look_up((people.PATIENT, patient) for patient in wanted)
	signed = _signed(known, {row.policy for row in asked.values()})
	found = {}
	for patient, services in wanted.items():
		lacking: dict[str, dict[str, Any]] = {}
		for service in sorted(services & asked.keys()):
			row = asked[service]
			if (patient, row.policy) in signed:
				continue
			entry = {"policy": row.policy, "title": row.title, "version_no": row.version_no, "services": []}
			lacking.setdefault(row.policy, entry)["services"].append(row.service_title)
		if lacking:
			found[patient] = list(lacking.values())
	return found


def _asked(services: list[str]) -> dict[str, Any]:
	"""Service → the version that must be signed for it today."""
	if not services:
		return {}
	rows = frappe.get_all(
		SERVICE,
		{"name": ("in", services), "consent_policy": ("is", "set")},
		["name", "service_name", "consent_policy"],
		order_by="name asc",
	)
	if not rows:
		return {}
	slugs = {
		row.name: row.slug
		for row in frappe.get_all(
			policies.DOCTYPE,
			{"name": ("in", [row.consent_policy for row in rows])},
			["name", "slug"],
			order_by="name asc",
		)
	}
	current = policies.current_of(list(slugs.values()))
	return {
		row.name: frappe._dict(
			policy=version.name,
			title=version.title,
			version_no=version.version_no,
			service_title=row.service_name,
		)
		for row in rows
		if (version := current.get(slugs.get(row.consent_policy)))
	}


def _signed(known: dict[people.Person, people.Known], policy_names: set[str]) -> set[tuple[str, str]]:
	"""(patient, policy) where the last answer to that version was yes, on any file of the patient."""
	owners: dict[str, list[str]] = {}
	for (_doctype, patient), one in known.items():
		for name in people.patients_of(one):
			owners.setdefault(name, []).append(patient)
	rows = frappe.get_all(
		"Clinic Consent",
		{
			"person_doctype": people.PATIENT,
			"person_name": ("in", sorted(owners)),
			"purpose": SERVICE_LABEL,
			"policy": ("in", sorted(policy_names)),
		},
		["person_name", "policy", "decision"],
		order_by="at asc, creation asc, name asc",
	)
	last = {(patient, row.policy): row.decision for row in rows for patient in owners[row.person_name]}
	return {key for key, decision in last.items() if decision == GIVEN}


def clinic_patient_warnings(patient: str) -> list[dict[str, Any]]:
	"""Handler of the hook of this name: what is booked for today or tomorrow and lacks its consent."""
	return of_patients([patient]).get(patient, [])


def of_patients(patients: Iterable[str]) -> dict[str, list[dict[str, Any]]]:
	"""The warnings of many patients: {patient: [{code, severity, params}]}."""
	names = sorted(set(patients))
	if not names:
		return {}
	rows = frappe.get_all(
		"Clinic Appointment",
		{
			"patient": ("in", names),
			"status": ("in", sorted(_AHEAD)),
			"start": ("between", [get_datetime(getdate()), get_datetime(add_days(getdate(), 2))]),
		},
		["patient", "service"],
		order_by="start asc",
	)
	wanted: dict[str, set[str]] = {}
	for row in rows:
		wanted.setdefault(row.patient, set()).add(row.service)
	return {
		patient: [_warning(entry) for entry in entries] for patient, entries in missing_of(wanted).items()
	}


def _warning(entry: dict[str, Any]) -> dict[str, Any]:
	text = _("To be signed: {0}").format(entry["title"])
	return {"code": MISSING, "severity": "warning", "params": entry, "text": text}
