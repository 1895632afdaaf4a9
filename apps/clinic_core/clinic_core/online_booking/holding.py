"""A visitor holds a time while he says who he is and pays (F05). Permission-free.

What he holds are cells in the calendar like everybody's, under the name of his browser's secret instead of an
appointment: nobody else gets the time, at no door, until the hold is over, and then at once. There is nothing
to tidy up: expired cells do not count and go when somebody wants them. One browser holds one time.
"""

import datetime
import hashlib
from dataclasses import dataclass

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.query_builder.functions import Max, Min
from frappe.utils import add_to_date, get_datetime, now_datetime

from clinic_core.foundation.errors import SlotTakenError, refuse_input
from clinic_core.foundation.locks import lock_rows
from clinic_core.foundation.state import as_patient
from clinic_core.online_booking import catalogue, opening
from clinic_core.scheduling import claims, placement
from clinic_core.scheduling.cells import floor_cell, minute_of
from clinic_core.scheduling.schedule_board import online_holds
from clinic_core.scheduling.slots import patient_key, practitioner_key


@dataclass(frozen=True)
class Wish:
	"""What a visitor wants to book."""

	service: str
	practitioner: str
	start: datetime.datetime
	area: str | None = None
	gender: str = ""


def holder_of(token: str) -> str:
	"""The name cells are held under; the secret itself is stored nowhere."""
	return claims.VISITOR + hashlib.sha256(token.encode()).hexdigest()[:28]


def read_wish(
	service: str, practitioner: str, start: str, area: str | None = None, gender: str | None = None
) -> Wish:
	"""A wish as it was sent, if it is offered online. Raises NotOnlineError, InvalidInputError."""
	catalogue.service(service)
	if practitioner not in {one.name for one in catalogue.practitioners(service)}:
		refuse_input(_("Practitioner"), _("This is not booked online. Please choose somebody else."))
	moment = read_moment(start)
	refuse_outside(moment)
	return Wish(service, practitioner, moment, area or None, gender if gender in ("Female", "Male") else "")


def read_moment(start: str) -> datetime.datetime:
	"""A start as it was sent. Raises InvalidInputError."""
	try:
		moment = get_datetime(start)
	except (ValueError, TypeError):
		moment = None
	if not moment:
		refuse_input(_("Time"), _("Please choose one of the free times."))
	return moment.replace(tzinfo=None)


def refuse_outside(start: datetime.datetime) -> None:
	"""An old page may still show what is not booked online any more. Raises InvalidInputError."""
	if not opening.window().allows(start, now_datetime()):
		refuse_input(_("Time"), _("This time is not booked online any more. Please choose another one."))


def take(token: str, wish: Wish) -> datetime.datetime:
	"""Hold the time; what the same browser held before is free again. Returns until when.

	Chosen once more, the same time is held no longer than before. Raises SlotTakenError.
	"""
	holder = holder_of(token)
	doc = _wished(holder, wish)
	lock_rows([("Clinic Practitioner", wish.practitioner)])
	until = _until(holder, wish) or add_to_date(now_datetime(), minutes=opening.hold_minutes())
	claims.release([holder])
	try:
		with as_patient():
			claims.write(placement.place_unnamed(doc, wish.gender), holder, until)
	except claims.CellTaken:
		refuse_taken()
	online_holds.changed()
	return until


def is_held(token: str) -> bool:
	"""Whether this browser holds a time now."""
	filters = {"appointment": holder_of(token), "hold_until": (">=", now_datetime())}
	return bool(frappe.db.exists(claims.DOCTYPE, filters))


def release(token: str) -> None:
	"""Give the held time back: it is free for others at once."""
	if claims.release([holder_of(token)]):
		online_holds.changed()


def refuse_taken() -> None:
	"""Raises SlotTakenError in words for visitors; what desks are told beside it is not theirs."""
	frappe.local.response.pop("next_slots", None)
	frappe.throw(
		_("This time has just been taken. Please choose another one."), SlotTakenError, title=_("Time taken")
	)


def _wished(holder: str, wish: Wish) -> Document:
	return frappe.get_doc(
		{
			"doctype": "Clinic Appointment",
			"patient": holder,
			"service": wish.service,
			"area": wish.area,
			"practitioner": wish.practitioner,
			"start": wish.start,
		}
	)


def _until(holder: str, wish: Wish) -> datetime.datetime | None:
	"""Until when this browser holds this very time already."""
	table = frappe.qb.DocType(claims.DOCTYPE)
	own, person = patient_key(holder), practitioner_key(wish.practitioner)
	rows = (
		frappe.qb.from_(table)
		.select(table.resource_key, Min(table.cell), Max(table.hold_until))
		.where((table.appointment == holder) & table.resource_key.isin([own, person]))
		.groupby(table.resource_key)
		.run()
	)
	held = {key: (cell, until) for key, cell, until in rows}
	if own not in held or person not in held or held[own][0] != floor_cell(minute_of(wish.start)):
		return None
	until = held[own][1]
	return until if until and until > now_datetime() else None
