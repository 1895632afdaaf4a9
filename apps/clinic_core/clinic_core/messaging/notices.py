"""What happens to appointments, offers and recalls becomes notes in the outbox, in one statement each (G04).

Handlers of the hooks. Written in the caller's transaction and cheap: who may get it, at which number and what
it says is found by the worker (`preparing.py`), from what is true by then.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import frappe
from frappe.utils import get_datetime, now_datetime

from clinic_core.foundation import settings
from clinic_core.messaging import drafts, occasions, outbox, states
from clinic_core.messaging.drafts import Draft
from clinic_core.scheduling.history import keeping

APPOINTMENT, OFFER, RECALL = "Clinic Appointment", "Clinic Waiting Offer", "Clinic Recall"
_SILENT = "clinic_silent_messages"


@contextmanager
def silent() -> Iterator[None]:
	"""Nothing that happens inside is told to patients: old books are brought in, a demo is made."""
	before = frappe.flags.get(_SILENT)
	frappe.flags[_SILENT] = True
	try:
		yield
	finally:
		frappe.flags[_SILENT] = before


def on_appointment_change(events: list[dict[str, Any]]) -> None:
	"""Handler of `clinic_on_appointment_change`: booked, moved or cancelled."""
	outbox.note_many(draft for event in events if (draft := _of_appointment(event)))


def on_waiting_offer(events: list[dict[str, Any]]) -> None:
	"""Handler of `clinic_on_waiting_offer`: a time is held for somebody until he answers."""
	outbox.note_many(
		note
		for event in events
		if (note := draft(occasions.OFFER, event["patient"], (OFFER, event["offer"]), event["expires_at"]))
	)


def on_recall(events: list[dict[str, Any]]) -> None:
	"""Handler of `clinic_on_recall`: somebody is due, and the rule says to write to him."""
	due = [
		event
		for event in events
		if event["old"] is None and event["new"] == "Due" and event["channel"] == "SMS"
	]
	outbox.note_many(
		note
		for event in due
		if (note := draft(occasions.RECALL, event["patient"], (RECALL, event["recall"])))
	)


def draft(
	occasion: str,
	patient: str,
	reference: tuple[str, str],
	expires_at: Any = None,
	*,
	key: str = "",
	branch: str | None = None,
) -> Draft | None:
	"""A note of an occasion on the first of its channels, None if the clinic does not write on it.

	Known by what it is about unless a `key` says more.
	"""
	by = channels(occasion)
	if not by:
		return None
	return Draft(
		occasion,
		key=key or reference[1],
		patient=patient,
		reference=reference,
		branch=branch,
		expires_at=get_datetime(expires_at) if expires_at else None,
		channel=by[0],
	)


def channels(occasion: str) -> tuple[str, ...]:
	"""By which channels the clinic writes on this occasion, from the cache; the text message comes first.

	Codes and what other parts write go by SMS alone.
	"""
	setting = occasions.OCCASIONS[occasion].setting
	if not setting:
		return (states.SMS,)
	found = (states.SMS,) if settings.get(setting) else ()
	template = drafts.template_of(occasion) if settings.get("email_messages") else None
	return (*found, states.EMAIL) if template and template.by_email else found


def is_on(occasion: str) -> bool:
	"""Whether the clinic writes on this occasion at all."""
	return bool(channels(occasion))


def _of_appointment(event: dict[str, Any]) -> Draft | None:
	is_move = bool(event["old_start"]) and (
		(event["old_start"], event["old_practitioner"]) != (event["new_start"], event["new_practitioner"])
	)
	occasion = occasions.of_change(event["old"], event["new"], is_move)
	if not occasion or event["is_automatic"] or frappe.flags.get(_SILENT):
		return None
	start = get_datetime(event["new_start"])
	if start <= now_datetime() or not _is_wanted(occasion, event["notify"]):
		return None
	reference = (APPOINTMENT, event["appointment"])
	return draft(occasion, event["patient"], reference, start, key=event["move"])


def _is_wanted(occasion: str, notify: bool | None) -> bool:
	"""As said at the desk (F15); when nobody was asked a booking is told, a change as the clinic has set it."""
	if notify is not None or occasion != occasions.BOOKING:
		return keeping.wish(notify)
	return True
