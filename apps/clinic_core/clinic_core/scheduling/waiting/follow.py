"""What an appointment's fate means for the waiting list: wishes come true, times become free (F08).

Handler of `clinic_on_appointment_status`; the same events twice change nothing more.
"""

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
	"""One query while nobody waits."""
	told = [event for event in events if event["new"] in (*CAUSES, *STANDING)]
	if not told or not freed.somebody_waits():
		return
	rows = frappe.get_all(
		APPOINTMENT,
		{"name": ("in", [event["appointment"] for event in told])},
		[
			"name",
			"patient",
			"service",
			"area",
			"practitioner",
			"branch",
			"start",
			"end",
			"status",
			"origin_name",
		],
		order_by="name asc",
		limit_page_length=0,
	)
	old = {event["appointment"]: event["old"] for event in told}
	_fulfil([row for row in rows if row.status in STANDING and old[row.name] not in STANDING])
	_free([row for row in rows if row.status in CAUSES], old)


def _fulfil(booked: list[frappe._dict]) -> None:
	"""Who got an appointment waits no more, whoever booked it; an offer of another time ends."""
	for wish, appointment in entries.of_booked(booked):
		doc = frappe.get_doc(ENTRY, wish, for_update=True)
		if doc.status not in states.ON_THE_LIST:
			continue
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
