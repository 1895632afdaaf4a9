"""What an appointment's fate means for the waiting list: wishes come true, times become free (F08).

Part of the handler of `clinic_on_appointment_status`; the same events twice change nothing more.
"""

from collections.abc import Iterable
from typing import Any

import frappe
from frappe.utils import get_datetime, now_datetime

from clinic_core.scheduling import states as appointment_states
from clinic_core.scheduling.waiting import entries, freed, offers, states
from clinic_core.scheduling.waiting.reading import ENTRY, OFFER

APPOINTMENT = "Clinic Appointment"
CAUSES = {appointment_states.CANCELLED: freed.CANCELLED, appointment_states.NO_SHOW: freed.NO_SHOW}
STANDING = (appointment_states.BOOKED, appointment_states.CONFIRMED, appointment_states.ARRIVED)


def on_appointment_status(events: list[dict[str, Any]]) -> None:
	"""One query for who got a time, one for what fell through, while nobody waits."""
	_fulfil([event for event in events if event["new"] in STANDING and event["old"] not in STANDING])
	fallen = {event["appointment"]: event["old"] for event in events if event["new"] in CAUSES}
	if fallen and freed.somebody_waits():
		_free([row for row in _appointments(fallen) if row.status in CAUSES], fallen)


def _appointments(names: Iterable[str]) -> list[frappe._dict]:
	return frappe.get_all(
		APPOINTMENT,
		{"name": ("in", sorted(names))},
		["name", "patient", "service", "area", "practitioner", "branch", "start", "end", "status"],
		order_by="name asc",
		limit_page_length=0,
	)


def _fulfil(events: list[dict[str, Any]]) -> None:
	"""Who got an appointment waits no more, whoever booked it; an offer of another time ends."""
	wishes = entries.of_patients(event["patient"] for event in events)
	if not wishes:
		return
	rows = [row for row in _appointments(event["appointment"] for event in events) if row.status in STANDING]
	for wish, appointment in entries.fulfilled(wishes, rows):
		_close(wish, appointment)


def _close(wish: str, appointment: str) -> None:
	doc = frappe.get_doc(ENTRY, wish, for_update=True)
	if doc.status not in states.ON_THE_LIST:
		return
	offer = frappe.db.get_value(OFFER, {"open_entry": wish}, ["name", "appointment"], as_dict=True)
	if offer and offer.appointment == appointment:
		offers.close(offer.name, states.ACCEPTED)
	elif offer:
		offers.withdraw_of(wish)
		doc.reload()
	entries.move(doc, states.BOOKED, appointment=appointment)


def _free(fallen: list[frappe._dict], old: dict[str, str | None]) -> None:
	coming = [row for row in fallen if get_datetime(row.end) > now_datetime()]
	if not fallen:
		return
	_end_offers(fallen)
	freed.record(
		freed.Time(row.practitioner, row.branch, row.start, row.end, _cause(row, old[row.name]))
		for row in coming
	)


def _cause(row: frappe._dict, old: str | None) -> str:
	return freed.HOLD_EXPIRED if old == appointment_states.HELD else CAUSES[row.status]


def _end_offers(fallen: list[frappe._dict]) -> None:
	"""An offer whose held appointment was cancelled at another door, or by the night."""
	rows = frappe.get_all(
		OFFER,
		{"appointment": ("in", [row.name for row in fallen]), "status": states.OPEN},
		["name", "entry", "expires_at"],
		order_by="name asc",
	)
	for row in rows:
		over = get_datetime(row.expires_at) <= now_datetime()
		offers.close(row.name, states.EXPIRED if over else states.WITHDRAWN)
		offers.back_on_the_list(row.entry)
