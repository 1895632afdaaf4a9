"""Endpoint for the family of a patient (Q3)."""

from typing import Any

import frappe

from clinic_core.foundation import wire
from clinic_core.people.family import family

PATIENT = "Clinic Patient"


@frappe.whitelist(methods=["GET"])
def family_of(patient: str) -> list[dict[str, Any]]:
	"""Family and companions of a patient, also those who named him: see `family.of_patient`."""
	wire.require_permission(family.DOCTYPE, "read")
	wire.require_permission(PATIENT, "read", patient)
	return family.of_patient(patient)
