"""Recalls close by themselves when the patient books or comes, and open again when that falls through (A90, F50).

Handlers of `clinic_on_appointment_status` and `clinic_on_reception`; the same events twice change nothing more.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import frappe
from frappe.model.document import Document
from frappe.utils import getdate

from clinic_core.foundation.state import as_system
from clinic_core.scheduling import states as appointment_states
from clinic_core.scheduling.recalls import states
from clinic_core.scheduling.recalls.candidates import APPOINTMENT, RECALL

STANDING = (appointment_states.BOOKED, appointment_states.CONFIRMED, appointment_states.ARRIVED)
HERE = (appointment_states.ADMITTED, appointment_states.COMPLETED)
FALLEN = (appointment_states.CANCELLED, appointment_states.NO_SHOW)
OPEN_OR_BOOKED = (*states.TO_FOLLOW, states.BOOKED)


def on_appointment_status(events: list[dict[str, Any]]) -> None:
	"""One query while nobody of these patients is to be called, or has an appointment because of it."""
	told = {event["appointment"]: event for event in events if event["new"] != appointment_states.HELD}
	recalls = _recalls([event["patient"] for event in told.values()], OPEN_OR_BOOKED)
	if not recalls:
		return
	rows = frappe.get_all(
		APPOINTMENT,
		{"name": ("in", sorted(told))},
		["name", "patient", "service", "status"],
		order_by="name asc",
		limit_page_length=0,
	)
	by_service: dict[tuple[str, str], list[frappe._dict]] = defaultdict(list)
	for recall in recalls:
		by_service[recall.patient, recall.service].append(recall)
	for row in rows:
		for recall in by_service.get((row.patient, row.service), ()):
			_follow(recall, row)


def _follow(recall: frappe._dict, appointment: frappe._dict) -> None:
	is_its_own = recall.appointment == appointment.name
	if appointment.status in STANDING and recall.status in states.TO_FOLLOW:
		_move(recall.name, states.BOOKED, states.BOOKED, appointment=appointment.name)
	elif appointment.status in HERE:
		_move(recall.name, states.DONE, states.CAME, appointment=appointment.name)
	elif appointment.status in FALLEN and is_its_own and recall.status == states.BOOKED:
		_move(recall.name, states.DUE, None, next_on=getdate(), appointment=None)


def on_reception(events: list[dict[str, Any]]) -> None:
	"""Who came without an appointment came as well."""
	came = [event for event in events if event["action"] == "submitted"]
	services = {(event["patient"], service) for event in came for service in _names(event["services"])}
	for recall in _recalls([event["patient"] for event in came], OPEN_OR_BOOKED):
		if (recall.patient, recall.service) in services:
			_move(recall.name, states.DONE, states.CAME)


def _names(services: Iterable[Any]) -> list[str]:
	return [one["service"] if isinstance(one, dict) else one for one in services]


def _recalls(patients: Iterable[str | None], statuses: tuple[str, ...]) -> list[frappe._dict]:
	names = sorted({name for name in patients if name})
	if not names:
		return []
	return frappe.get_all(
		RECALL,
		{"patient": ("in", names), "status": ("in", statuses)},
		["name", "patient", "service", "status", "appointment"],
		order_by="name asc",
		limit_page_length=0,
	)


def _move(name: str, status: str, outcome: str | None, **values: Any) -> Document:
	doc = frappe.get_doc(RECALL, name, for_update=True)
	if doc.status == status:
		return doc
	doc.update({"status": status, "outcome": outcome, "next_on": None, **values})
	with as_system():
		return doc.save(ignore_permissions=True)
