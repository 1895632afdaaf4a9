"""Endpoints for the alerts of a patient (F41)."""

from typing import Any

import frappe

from clinic_core.foundation import wire
from clinic_core.people.alerts import alerts
from clinic_core.people.tags import chips

PATIENT = "Clinic Patient"


@frappe.whitelist(methods=["GET"])
def marks_of(patient: str) -> dict[str, Any]:
	"""What a dialog shows beside a patient's name: {full_name, alerts, tags}."""
	wire.require_permission(PATIENT, "read", patient)
	row = frappe.db.get_value(PATIENT, patient, ["full_name", "alerts"], as_dict=True)
	return {
		"full_name": row.full_name,
		"alerts": alerts.with_free_text(alerts.of_patients([patient]).get(patient, []), row.alerts),
		"tags": chips.of_patients([patient]).get(patient, []),
	}
