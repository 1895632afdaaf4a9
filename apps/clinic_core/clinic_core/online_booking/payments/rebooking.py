"""Books the time that was paid for: the held one, or once more where the hold was over meanwhile (F05)."""

import frappe
from frappe.utils import get_datetime, now_datetime

from clinic_core.foundation import compat
from clinic_core.foundation.errors import ConflictError, InvalidInputError
from clinic_core.foundation.state import as_system
from clinic_core.scheduling import booking, states
from clinic_core.scheduling.history.origins import ONLINE

APPOINTMENT = "Clinic Appointment"


def book(appointment: str) -> str | None:
	"""The booked appointment: this one, or a new one at its time. None when somebody else has the time.

	The person has paid: what is asked is whether the time is free, not whether he may book it.
	"""
	doc = frappe.get_doc(APPOINTMENT, appointment)
	if doc.status in (states.BOOKED, states.CONFIRMED, states.ARRIVED, states.ADMITTED, states.COMPLETED):
		return appointment
	if get_datetime(doc.start) <= now_datetime():
		return None
	savepoint = "pay_" + frappe.generate_hash(length=10)
	messages = compat.mark_messages()
	frappe.db.savepoint(savepoint)
	try:
		with as_system():
			return _confirmed(doc)
	except (ConflictError, InvalidInputError):
		frappe.db.rollback(save_point=savepoint)
		compat.forget_messages(messages)
		frappe.local.response.pop("next_slots", None)
		return None


def _confirmed(doc: frappe.model.document.Document) -> str:
	if doc.status == states.HELD:
		return booking.confirm(doc.name).name
	made = booking.book(
		doc.patient,
		doc.service,
		doc.practitioner,
		doc.start,
		doc.branch,
		note=doc.note,
		area=doc.area,
		booked_through=ONLINE,
	)
	return made.name
