"""Endpoints of the rules of booking: what to know before booking, cancelling or moving."""

from typing import Any

import frappe
from frappe.utils import get_datetime

from clinic_core.foundation import events, wire
from clinic_core.scheduling import states
from clinic_core.scheduling.policies import cancelling, door, penalties, reliability

APPOINTMENT = "Clinic Appointment"
PATIENT = "Clinic Patient"


@frappe.whitelist(methods=["GET"])
def booking_notes(patient: str) -> dict[str, Any]:
	"""Before booking: {warnings: [{code, severity, params, text}], record, may_override} (F17, F20).

	`record`: completed, missed and cancelled appointments, `missed_percent` of those whose time came.
	"""
	wire.require_permission(PATIENT, "read", patient)
	wire.require_permission(APPOINTMENT, "read")
	answers = events.gather("clinic_patient_warnings", patient=patient)
	record = reliability.of_patients([patient]).get(patient, reliability.Record())
	return {
		"warnings": [warning for answer in answers for warning in answer],
		"record": {
			"completed": record.completed,
			"missed": record.missed,
			"cancelled": record.cancelled,
			"last_missed_on": record.last_missed_on,
			"missed_percent": record.missed_percent,
		},
		"may_override": int(door.may_override()),
	}


@frappe.whitelist(methods=["GET"])
def penalty(appointment: str, event: str = penalties.CANCELLATION) -> dict[str, Any] | None:
	"""What cancelling or moving it now costs the patient: {text, kind, amount, note}, or None (F11).

	`event`: Cancellation, Move or No Show. `amount` is None for who may not see money.
	"""
	wire.require_permission(APPOINTMENT, "read", appointment)
	fields = ["name", "service", "area", "practitioner", "start", "session", "status"]
	row = frappe.db.get_value(APPOINTMENT, appointment, fields, as_dict=True)
	if row.session or row.status not in states.EXPECTED:
		return None
	fallen = cancelling.Fallen(row.name, row.service, row.practitioner, get_datetime(row.start), row.area)
	found = cancelling.judge([fallen], event).get(row.name)
	if not found:
		return None
	amount = float(found.amount) if 1 in frappe.get_meta(APPOINTMENT).get_permlevel_access("read") else None
	return {"text": found.text, "kind": found.kind, "amount": amount, "note": found.note}
