"""What of the core stands against an erasure (hook `clinic_erasure_refusals`)."""

from typing import Any

import frappe

from clinic_core.people import states
from clinic_core.people.consent.people import PATIENT
from clinic_core.people.data_requests import states as request_states
from clinic_core.scheduling import states as scheduling_states

AHEAD = scheduling_states.OCCUPYING - {scheduling_states.COMPLETED}
CLAIMS = frozenset({request_states.OBJECTION, request_states.BLOCKING, request_states.CORRECTION})


def clinic_erasure_refusals(patients: list[str]) -> list[dict[str, Any]]:
	"""Handler of the hook of this name: [{code, params}] for all files of one person."""
	if not patients:
		return []
	found = []
	counts = {
		"open_appointments": (
			"Clinic Appointment",
			{"patient": ("in", patients), "status": ("in", sorted(AHEAD))},
		),
		"paid_not_used": ("Clinic Entitlement", {"patient": ("in", patients), "status": "Active"}),
		"open_claim": (
			"Clinic Data Request",
			{
				"person_doctype": PATIENT,
				"person_name": ("in", patients),
				"kind": ("in", sorted(CLAIMS)),
				"status": ("in", sorted(request_states.OPEN)),
			},
		),
		"blocked": (PATIENT, {"name": ("in", patients), "status": states.BLOCKED}),
	}
	for code, (doctype, filters) in counts.items():
		count = frappe.db.count(doctype, filters)
		if count:
			found.append({"code": code, "params": {"count": count}})
	return found
