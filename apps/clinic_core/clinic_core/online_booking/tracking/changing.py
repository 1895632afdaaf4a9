"""The patient moves or cancels his own appointment (F16). Permission-free: the code in the link is the key."""

from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_datetime

from clinic_core.foundation import compat
from clinic_core.foundation.errors import ConflictError, InvalidInputError, SlotTakenError, refuse_input
from clinic_core.foundation.state import as_patient
from clinic_core.online_booking import catalogue, confirming, holding, times
from clinic_core.online_booking.tracking import reading
from clinic_core.scheduling import booking

MOST_TEXT = 200


def cancel(code: str, why: str | None = None) -> Document:
	"""Cancel it; what that costs was told before. Raises ConflictError when it cannot be changed any more."""
	row = _changeable(code)
	with as_patient():
		return booking.cancel(row.name, _reason(_("Cancelled by the patient online"), why))


def move(code: str, start: str, practitioner: str | None = None) -> Document:
	"""Move it to another free time. Raises SlotTakenError, ConflictError, InvalidInputError."""
	row = _changeable(code)
	moment = holding.read_moment(start)
	holding.refuse_outside(moment)
	giver = practitioner or row.practitioner
	if giver not in givers(row):
		refuse_input(_("Practitioner"), _("This is not booked online. Please choose somebody else."))
	if moment == get_datetime(row.start) and giver == row.practitioner:
		refuse_input(_("Time"), _("This is the time you have. Please choose another one."))
	messages = compat.mark_messages()
	try:
		with as_patient():
			return booking.reschedule(row.name, moment, _("Moved by the patient online"), giver)
	except SlotTakenError:
		compat.forget_messages(messages)
		holding.refuse_taken()
	except InvalidInputError:
		compat.forget_messages(messages)
		confirming.refuse_person()


def free_times(code: str, from_date: Any = None) -> dict[str, Any]:
	"""Where it could be moved to, as `times.of_service`."""
	row = _changeable(code)
	return times.between(row.service, givers(row), row.area, None, from_date, patient=row.patient)


def givers(row: Any) -> set[str]:
	"""Who may give it instead: everybody who is booked online for it, and who gives it now."""
	return {row.practitioner, *(one.name for one in catalogue.practitioners(row.service))}


def _changeable(code: str) -> Any:
	row = reading.find(code)
	if not reading.may_change(row):
		frappe.throw(_("This appointment cannot be changed online any more. Please call us."), ConflictError)
	return row


def _reason(said: str, why: str | None) -> str:
	text = " ".join((why or "").split())[:MOST_TEXT]
	return f"{said}: {text}" if text else said
