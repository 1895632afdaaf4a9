"""Endpoint for identity numbers: the whole number for who may see it."""

from dataclasses import asdict

import frappe

from clinic_core.foundation import wire
from clinic_core.people.access_log import rules, seen
from clinic_core.people.identity import numbers
from clinic_core.people.identity.kinds import Identity


@frappe.whitelist(methods=["GET"])
def identity_number(patient: str) -> dict[str, str]:
	"""The identity of a patient, not hidden (E137, E150) → {kind, number, country, no_code_reason}."""
	wire.require_permission(numbers.DOCTYPE, "read")
	wire.require_permission(numbers.PATIENT, "read", patient)
	seen.saw([patient], rules.IDENTITY, "Identity number")
	identity = numbers.of([patient]).get(patient) or Identity("")
	return asdict(identity)
